"""What the keys of the line editor do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from primitivus.model.editing.editor import Editor
from primitivus.model.editing.history import History
from primitivus.model.editing.kills import Kills
from primitivus.model.editing.line import clean

OPERATIONS = [
    "newline",
    "left",
    "right",
    "word_left",
    "word_right",
    "line_start",
    "line_end",
    "text_start",
    "text_end",
    "up",
    "down",
    "delete",
    "backspace",
    "kill_line",
    "kill_to_start",
    "kill_whole_line",
    "kill_word",
    "kill_word_back",
    "yank",
    "yank_pop",
    "transpose",
    "undo",
    "redo",
    "history_previous",
    "history_next",
    "take",
]


def editor(marked: str) -> Editor:
    """Return an editor of the text, its cursor where `|` is."""
    made = Editor()
    before, _, after = marked.partition("|")
    made.reset(before + after)
    made.move_to(len(before))
    return made


def shown(edited: Editor) -> str:
    return edited.text[: edited.cursor] + "|" + edited.text[edited.cursor :]


@pytest.mark.parametrize(
    ("before", "operation", "after"),
    [
        ("a|b", "left", "|ab"),
        ("|ab", "left", "|ab"),
        ("a|b", "right", "ab|"),
        ("one two|", "word_left", "one |two"),
        ("|one two", "word_right", "one| two"),
        ("one\ntw|o", "line_start", "one\n|two"),
        ("o|ne\ntwo", "line_end", "one|\ntwo"),
        ("one\ntw|o", "text_start", "|one\ntwo"),
        ("o|ne\ntwo", "text_end", "one\ntwo|"),
        ("a|bc", "delete", "a|c"),
        ("ab|", "delete", "ab|"),
        ("ab|c", "backspace", "a|c"),
        ("|ab", "backspace", "|ab"),
        ("👨‍👩‍👧|x", "backspace", "|x"),
        ("|e\u0301x", "delete", "|x"),
        ("o|ne\ntwo", "kill_line", "o|\ntwo"),
        ("one|\ntwo", "kill_line", "one|two"),
        ("one\ntw|o", "kill_to_start", "one\n|o"),
        ("one\nt|wo\nthree", "kill_whole_line", "one\n|three"),
        ("one\nt|wo", "kill_whole_line", "one|"),
        ("o|ne two", "kill_word", "o| two"),
        ("run /a/b.c| now", "kill_word_back", "run | now"),
        ("ab|cd", "transpose", "acb|d"),
        ("abcd|", "transpose", "abdc|"),
        ("a|", "transpose", "a|"),
        ("|ab", "transpose", "|ab"),
        ("a\n|b", "transpose", "a\n|b"),
        ("a|b", "newline", "a\n|b"),
    ],
)
def test_an_operation_does_what_readline_does(before, operation, after):
    edited = editor(before)
    getattr(edited, operation)()
    assert shown(edited) == after


def test_typing_goes_before_the_cursor():
    edited = editor("a|c")
    edited.insert("b")
    assert shown(edited) == "ab|c"


def test_pasted_text_keeps_its_lines_and_loses_its_control_characters():
    edited = Editor()
    edited.paste("one\r\ntwo\rthree\x1b[31m\x00\tfour\ud800")
    assert edited.text == "one\ntwo\nthree[31m\tfour"
    edited.undo()
    assert edited.text == ""


def test_up_and_down_keep_the_column_over_a_short_line():
    edited = editor("long line\nx\nlong ag|ain")
    assert edited.up()
    assert shown(edited) == "long line\nx|\nlong again"
    assert edited.up()
    assert shown(edited) == "long li|ne\nx\nlong again"
    assert not edited.up()
    assert edited.down()
    assert edited.down()
    assert shown(edited) == "long line\nx\nlong ag|ain"
    assert not edited.down()


def test_kills_in_a_row_are_yanked_as_one():
    edited = editor("one two three|")
    edited.kill_word_back()
    edited.kill_word_back()
    edited.line_start()
    edited.yank()
    assert shown(edited) == "two three|one "


def test_kills_forward_are_joined_in_their_order():
    edited = editor("|one two")
    edited.kill_word()
    edited.kill_word()
    edited.yank()
    assert edited.text == "one two"


def test_a_kill_after_something_else_is_one_of_its_own():
    edited = editor("one two|")
    edited.kill_word_back()
    edited.left()
    edited.kill_to_start()
    edited.yank()
    assert edited.text == "one "
    edited.yank_pop()
    assert shown(edited) == "two| "
    edited.yank_pop()
    assert shown(edited) == "one| "


def test_yank_pop_does_nothing_but_after_yank():
    edited = editor("one|")
    edited.kill_word_back()
    edited.yank_pop()
    assert edited.text == ""


def test_kills_are_shared_by_editors_that_share_them():
    kills = Kills()
    first, second = Editor(kills=kills), Editor(kills=kills)
    first.insert("one")
    first.kill_to_start()
    second.yank()
    assert second.text == "one"


def test_undo_takes_back_a_word_at_a_time():
    edited = Editor()
    for key in "one two":
        edited.insert(key)
    edited.undo()
    assert edited.text == "one"
    edited.undo()
    assert edited.text == ""
    edited.undo()
    edited.redo()
    edited.redo()
    assert edited.text == "one two"


def test_a_change_after_undo_leaves_nothing_to_redo():
    edited = editor("one|")
    edited.backspace()
    edited.undo()
    edited.insert("!")
    edited.redo()
    assert edited.text == "one!"


def test_replacing_the_text_can_be_undone():
    edited = editor("/jo|")
    edited.replace("/join ", 6)
    assert shown(edited) == "/join |"
    edited.undo()
    assert shown(edited) == "/jo|"


def test_taking_the_text_leaves_an_empty_line_and_the_text_in_the_history():
    edited = editor("hello|")
    assert edited.take() == "hello"
    assert edited.text == ""
    edited.undo()
    assert edited.text == ""
    assert edited.history_previous()
    assert shown(edited) == "hello|"


@pytest.mark.parametrize(
    "empty",
    [
        lambda edited: edited.replace(""),
        lambda edited: edited.reset(),
        lambda edited: edited.kill_to_start(),
        lambda edited: edited.kill_whole_line(),
        lambda edited: edited.kill_word_back(),
        lambda edited: (edited.line_start(), edited.kill_line()),
        lambda edited: (edited.line_start(), edited.kill_word()),
        lambda edited: [edited.backspace() for _ in "one"],
        lambda edited: (edited.line_start(), [edited.delete() for _ in "one"]),
        lambda edited: edited.cut(0, 3),
        lambda edited: [edited.undo() for _ in "12"],
    ],
)
def test_who_empties_the_line_walks_from_the_newest_again(empty):
    edited = Editor(History(["one", "two"]))
    assert edited.history_previous()
    assert edited.history_previous()
    empty(edited)
    assert edited.text == ""
    assert not edited.history_next()
    assert edited.history_previous()
    assert edited.text == "two"


def test_the_history_comes_back_to_what_was_being_typed():
    edited = Editor(History(["one", "two"]))
    edited.insert("thr")
    assert edited.history_previous()
    assert edited.history_previous()
    assert edited.text == "one"
    assert not edited.history_previous()
    assert edited.history_next()
    assert edited.text == "two"
    assert edited.history_next()
    assert edited.text == "thr"
    assert not edited.history_next()


@given(st.lists(st.one_of(st.sampled_from(OPERATIONS), st.text(max_size=4)), max_size=30))
def test_whatever_is_done_the_cursor_stands_between_clusters(steps):
    edited = Editor(History(["a\nb", "日本"]))
    for step in steps:
        if step in OPERATIONS:
            getattr(edited, step)()
        else:
            edited.paste(step)
        places = [0]
        for cluster in iter_graphemes(edited.text):
            places.append(places[-1] + len(cluster))
        assert edited.cursor in places
        assert clean(edited.text) == edited.text


@given(st.lists(st.one_of(st.sampled_from(OPERATIONS[:21]), st.text(max_size=4)), max_size=30))
def test_everything_can_be_undone_and_done_again(steps):
    edited = Editor()
    for step in steps:
        if step in OPERATIONS:
            getattr(edited, step)()
        else:
            edited.insert(step)
    final = edited.text
    for _ in steps:
        edited.undo()
    assert edited.text == ""
    for _ in steps:
        edited.redo()
    assert edited.text == final


def test_a_long_text_has_fewer_steps_back_than_a_short_one():
    editor = Editor()
    editor.paste("x" * (15 << 20))
    for _ in range(4):
        editor.paste("y")
    assert [editor.undo(), editor.undo(), editor.undo()] == [True, True, False]
