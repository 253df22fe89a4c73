"""What the completion key offers and fills in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.commands.line.complete import Completion, Written, complete
from primitivus.commands.line.completers import complete_written
from primitivus.commands.line.completions import Candidate
from primitivus.commands.line.cycle import Cycle
from tests.primitivus.commands.sample import REGISTRY, Sample


def offered(line: str, *contexts: str, cursor: int | None = None) -> list[str]:
    where = len(line) if cursor is None else cursor
    found = complete(REGISTRY, line, where, Sample(), contexts)
    return [candidate.text for candidate in found.candidates]


def pressed(line: str, times: int = 1) -> tuple[str, int]:
    cycle = Cycle(complete(REGISTRY, line, len(line), Sample()))
    return [cycle.next() for _ in range(times)][-1]


def test_names_of_commands_are_offered_with_what_they_do():
    found = complete(REGISTRY, ":jo", 3, Sample())
    assert found.candidates == (Candidate("join", "Enter a room."),)


def test_only_commands_of_the_context_are_offered():
    assert offered("line") == []
    assert offered("line", "messages") == ["line-down"]


def test_an_alias_is_offered_where_no_name_fits():
    assert offered("de") == ["detach"]
    assert "detach" not in offered("")


def test_the_second_word_of_a_name_is_offered_beside_the_first_argument():
    assert offered("join a") == ["all"]
    assert offered("join m") == ["mia@example.org", "mike@example.org"]
    assert offered("join all k") == ["keep"]
    assert offered("join mia all") == []


def test_arguments_are_offered_by_their_type(tmp_path):
    (tmp_path / "a file").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / ".hidden").touch()
    assert offered("presence a") == ["away"]
    assert offered("help qu") == ["quit"]
    assert offered("open m") == ["mia@example.org", "mike@example.org"]
    assert offered("open 'm") == ["mia@example.org", "mike@example.org"]
    assert offered(f"attach {tmp_path}/") == [f"{tmp_path}/a file", f"{tmp_path}/folder/"]
    assert offered(f"attach {tmp_path}/.h") == [f"{tmp_path}/.hidden"]
    assert offered("attach /no/such/folder/x") == []
    for name in ("esc\x1b[31m", "esc\nx", "esc\udcff"):
        (tmp_path / name).touch()
    assert offered(f"attach {tmp_path}/esc") == []  # no line holds it: the chooser sends it
    assert offered("set sy") == ["symbols"]
    assert offered("set symbols u") == ["utf-8"]
    assert offered("set theme d") == ["dark"]
    assert offered("set theme default") == ["default"]
    assert offered("set keymap v") == ["vi"]
    assert offered("set nothing x") == []


def test_nothing_is_offered_behind_the_last_argument_or_an_unknown_command():
    assert offered("quit ") == []
    assert offered("xyzzy m") == []
    assert offered("size 1") == []


def test_only_what_is_before_the_cursor_counts():
    assert offered("quxx mia", cursor=2) == ["quit"]


def written(text: str, cursor: int | None = None) -> list[Candidate]:
    where = len(text) if cursor is None else cursor
    found = complete_written(Written(text, where, Sample(), REGISTRY))
    return list(found.candidates)


def test_text_in_the_message_input_completes_nothing():
    for line in (
        "jo",
        "//jo",
        "he said: join",
        "at 10:30",
        "http://sm",
        "::sm",
        "a:sm",
        "b :",
    ):
        assert written(line) == []
    assert written("/jo", 0) == []
    assert written("/jo")[0].text == "join"


def test_an_emoji_is_offered_by_some_letters_of_its_name_behind_a_colon():
    assert written(":thumb")[:2] == [Candidate("👍", "thumbsup"), Candidate("👎", "thumbsdown")]
    assert written("so (:+1") == [Candidate("👍", "+1")]
    assert written("so :thumbsup: it is", 13) == [Candidate("👍", "thumbsup")]
    assert written("so :nothing-so-called") == []
    assert written("/me is :tada")[0].text == "🎉"


def test_an_emoji_is_offered_once_whatever_names_it_has():
    texts = [each.text for each in written("x :thumbs")]
    assert texts == ["👍", "👎"]


def test_a_command_comes_before_an_emoji_where_a_line_begins_so():
    assert written(":jo")[0].text == "join"
    assert "joy" in [each.description for each in written("x :jo")]


def test_what_was_written_is_replaced_as_it_stands():
    cycle = Cycle(complete_written(Written("it's :tad here", 9, Sample(), REGISTRY)))
    assert cycle.next() == ("it's 🎉 here", 7)
    cycle = Cycle(complete_written(Written("it's :thumbs", 12, Sample(), REGISTRY)))
    assert [cycle.next()[0] for _ in range(3)] == ["it's 👍", "it's 👎", "it's 👍"]


def test_a_single_candidate_is_filled_in_with_a_space():
    assert pressed("/jo") == ("/join ", 6)


def test_the_first_press_fills_in_what_all_have_in_common_and_the_next_go_round():
    assert pressed("open m", 1) == ("open mi", 7)
    assert pressed("open m", 2)[0] == "open mia@example.org"
    assert pressed("open m", 3)[0] == "open mike@example.org"
    assert pressed("open m", 4)[0] == "open mia@example.org"


def test_it_goes_back_as_well():
    cycle = Cycle(complete(REGISTRY, "open m", 6, Sample()))
    assert cycle.previous()[0] == "open mi"
    assert cycle.previous()[0] == "open mike@example.org"
    assert cycle.previous()[0] == "open mia@example.org"
    assert cycle.index == 0


def test_a_run_ends_when_the_line_changes():
    cycle = Cycle(complete(REGISTRY, "open m", 6, Sample()))
    line, cursor = cycle.next()
    assert cycle.is_at(line, cursor)
    assert not cycle.is_at(line + "a", cursor + 1)


def test_a_candidate_is_quoted_where_it_has_to_be():
    assert pressed("open o") == ('open "o\'hara@example.org" ', 26)
    assert complete(REGISTRY, "open 'o", 7, Sample()).candidates[0].text == "o'hara@example.org"


def test_an_address_with_a_backslash_is_completed_as_it_is_written():
    found = Completion("open d", 5, 6, (Candidate(r"d\27artagnan@example.org"),))
    assert found.apply(found.prefix, finished=True)[0] == r"open d\27artagnan@example.org "
    assert Completion(r"open d\27a", 5, 10).typed == r"d\27a"


def test_a_folder_goes_on():
    found = Completion("attach /u", 7, 9, (Candidate("/usr/"),))
    assert found.apply("/usr/", finished=True) == ("attach /usr/", 12)


def test_a_common_prefix_with_a_blank_leaves_the_quote_open():
    found = Completion("attach a", 7, 8, (Candidate("a b1"), Candidate("a b2")))
    line, cursor = found.apply(found.prefix, finished=False)
    assert (line, cursor) == ("attach 'a b", 11)
    assert Completion(line, 7, cursor).typed == "a b"


def test_what_follows_the_cursor_stays():
    found = complete(REGISTRY, "jo mia", 2, Sample())
    assert found.apply("join", finished=True) == ("join mia", 5)


@given(st.text(), st.data())
def test_any_line_and_cursor_can_be_completed(line, data):
    cursor = data.draw(st.integers(0, len(line)))
    cycle = Cycle(complete(REGISTRY, line, cursor, Sample(), ("messages",)))
    for press in (cycle.next, cycle.next, cycle.previous):
        after, where = press()
        assert 0 <= where <= len(after)


@pytest.mark.parametrize("line", ["", ":", "/", "  "])
def test_an_empty_line_offers_all_names(line):
    assert "join" in offered(line)
