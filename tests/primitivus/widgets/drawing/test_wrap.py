"""Breaking text into lines."""

from hypothesis import given
from hypothesis import strategies as st

from primitivus.widgets.drawing.cells import clusters, width
from primitivus.widgets.drawing.wrap import wrap, wrap_runs

WORDS = st.text(st.sampled_from("abc  \té日本😀👍🏽\u0301-"), max_size=60)


def lines(text, columns):
    return [text[start:end] for start, end in wrap(text, columns)]


@given(WORDS, st.integers(2, 20))
def test_no_line_is_too_wide_but_for_a_cluster_that_is(text, columns):
    for line in lines(text.replace("\t", " "), columns):
        assert width(line) <= columns or len(list(clusters(line))) == 1 or not line.strip()


@given(WORDS, st.integers(2, 20))
def test_nothing_but_blanks_is_lost(text, columns):
    assert "".join("".join(lines(text, columns)).split()) == "".join(text.split())


@given(WORDS, st.integers(2, 20))
def test_the_stretches_are_in_order(text, columns):
    place = 0
    for start, end in wrap(text, columns):
        assert place <= start <= end
        place = end


def test_words_stay_whole():
    assert lines("the quick brown fox", 9) == ["the quick", "brown fox"]


def test_a_link_stays_whole_where_it_fits_on_a_line_of_its_own():
    assert lines("see https://example.org/x now", 21) == ["see", "https://example.org/x", "now"]


def test_a_word_too_long_for_a_line_is_broken():
    assert lines("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_wide_text_breaks_between_its_characters():
    assert lines("日本語日本語", 5) == ["日本", "語日", "本語"]


def test_indentation_is_kept_and_blanks_at_a_break_are_not():
    assert lines("  ab cd", 5) == ["  ab", "cd"]


def test_styles_go_with_their_characters():
    assert wrap_runs("one two", [("a", 2), ("b", 5)], 3) == [
        (("a", "on"), ("b", "e")),
        (("b", "two"),),
    ]


def rows(text, columns):
    runs = [("plain", len(text) // 2), ("strong", len(text) - len(text) // 2)]
    return ["".join(part for _, part in row) for row in wrap_runs(text, runs, columns)]


def test_all_lines_of_a_paragraph_have_its_indentation():
    assert rows("  one two three", 8) == ["  one", "  two", "  three"]
    assert rows("    . /a/long/path/to/it", 14) == ["    .", "    /a/long/pa", "    th/to/it"]
    assert rows("  茶茶茶茶", 6) == ["  茶茶", "  茶茶"]


def test_where_it_leaves_little_room_the_first_line_alone_has_it():
    assert rows("     one two", 8) == ["     one", "two"]


@given(st.integers(0, 12), st.text(min_size=1), st.integers(2, 30))
def test_an_indented_line_is_not_too_wide_either_and_loses_nothing(blanks, text, columns):
    text = " " * blanks + text.strip() + "x"
    found = rows(text, columns)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(width(row) <= columns or len([*clusters(row.strip())]) == 1 for row in found)
