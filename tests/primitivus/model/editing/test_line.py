"""A line, its cursor and grapheme clusters."""

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from primitivus.model.editing.line import Line, boundary_after, snap, width

FAMILY = "👨‍👩‍👧"
FRANCE = "🇫🇷"
ACCENT = "e\u0301"

# Whatever makes clusters: marks, joiners, flags, Hangul, emoji with skin, line ends.
PIECES = st.sampled_from(
    [
        "a",
        "é",
        " ",
        "\n",
        ACCENT,
        "\u0301",
        "\u200d",
        FAMILY,
        FRANCE,
        "🇫",
        "👍🏽",
        "한",
        "ᄒ",
        "ᅡ",
        "日",
        "क्षि",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=20))


def boundaries(text: str) -> list[int]:
    found = [0]
    for cluster in iter_graphemes(text):
        found.append(found[-1] + len(cluster))
    return found


@given(TEXTS)
def test_going_right_visits_every_cluster_and_going_left_the_same(text):
    line, forward = Line(text, 0), [0]
    while line.right > line.cursor:
        line = line.at(line.right)
        forward.append(line.cursor)
    backward = [line.cursor]
    while line.left < line.cursor:
        line = line.at(line.left)
        backward.append(line.cursor)
    assert forward == boundaries(text)
    assert backward[::-1] == forward


@given(TEXTS, st.integers(-2, 60))
def test_any_index_snaps_to_the_next_boundary(text, index):
    places = boundaries(text)
    inside = max(0, min(index, len(text)))
    assert snap(text, index) == min(place for place in places if place >= inside)


@given(TEXTS, TEXTS, st.data())
def test_the_cursor_never_stands_inside_a_cluster(text, other, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    changed = Line(text).at(start).replace(start, end, other)
    assert changed.text == text[:start] + other + text[end:]
    assert changed.cursor in boundaries(changed.text)


def test_what_looks_like_one_character_is_walked_over_as_one():
    text = FAMILY + FRANCE + ACCENT + "x"
    assert boundary_after(text, 0) == len(FAMILY)
    assert Line(text, len(FAMILY + FRANCE)).left == len(FAMILY)


def test_a_mark_joins_the_letter_before_it():
    assert Line("ex", 1).insert("\u0301") == Line("e\u0301x", 2)


def test_start_and_end_are_those_of_the_line_of_several():
    line = Line("one\ntwo\nthree", 5)
    assert (line.line_start, line.line_end) == (4, 7)
    assert (Line("one", 1).line_start, Line("one", 1).line_end) == (0, 3)


def test_words_are_letters_digits_and_marks():
    line = Line("go to cafe\u0301, mia_2!", 0)
    ends = []
    while line.cursor < len(line.text):
        line = line.at(line.word_right)
        ends.append(line.text[: line.cursor])
    assert ends == [
        "go",
        "go to",
        "go to cafe\u0301",
        "go to cafe\u0301, mia_2",
        "go to cafe\u0301, mia_2!",
    ]
    assert Line("go to café, ", 12).word_left == 6
    assert Line("go", 0).word_left == 0


def test_blanks_alone_part_what_control_w_kills():
    assert Line("cat /etc/hosts  ", 16).blank_left == 4
    assert Line("a\nb", 3).blank_left == 2
    assert Line("", 0).blank_left == 0


def test_columns_count_wide_characters_twice():
    assert Line("日本x", 2).column == 4
    assert width(FAMILY) == 2
    assert width("a\u0301") == 1


def test_a_column_inside_a_wide_character_is_before_it():
    line = Line("abcd\n日本", 0)
    assert line.at_column(5, 3).cursor == 6
    assert line.at_column(5, 9).cursor == 7
    assert line.at_column(0, 2).cursor == 2


@given(TEXTS, st.integers(0, 30))
def test_a_column_is_found_in_any_line(text, column):
    found = Line(text).at_column(0, column)
    assert "\n" not in text[: found.cursor]
    assert found.cursor in boundaries(text)
