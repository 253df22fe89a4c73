"""The last change of the text in the input is made once more by `.` of vi."""

import pytest

from tests.primitivus.fake import BOB, MIA

# Keys as they are pressed one after the other; `Space` is a blank.
CHANGES = [
    ("one two", "0 x .", "e two"),
    ("one two three", "0 d w .", "three"),
    ("one two three", "0 2 d w u l .", "othree"),
    ("one\ntwo", "$ d $ k $ .", "on\ntw"),
    ("one\ntwo\nthree", "k k d d .", "three"),
    ("one two three", "0 c w X Esc w .", "X X three"),
    ("one two three four", "0 c w X Space Y Esc w .", "X Y X Y three four"),
    ("one two", "0 c w Esc w .", " "),
    ("one two three", "0 c i w X Esc w w .", "X two X"),
    ("abc", "0 i X Esc l l .", "XaXbc"),
    ("abc", "0 a X Esc .", "aXXbc"),
    ("abc", "I X Esc .", "XXabc"),
    ("one\ntwo", "k A X Esc j .", "oneX\ntwoX"),
    ("one", "o X Esc .", "one\nX\nX"),
    ("one\ntwo", "k o X Esc j .", "one\nX\ntwo\nX"),
    ("one", "O X Esc .", "X\nX\none"),
    ("one ", "y i w p .", "one   "),
    ("one two", "0 x p .", "nooe two"),
    ("one two", "0 r X w .", "Xne Xwo"),
    ("one two", "0 ~ ~ w .", "ONe Two"),
    ("one\ntwo\nthree", "k k J .", "one two three"),
    ("a.b.c", "0 d f . .", "c"),
    ("a,b,c", "0 c t , X Esc l l .", "X,X,c"),
    ("one two", "0 s X Esc l .", "XXe two"),
    ("one two", "0 C X Esc u $ .", "one twX"),
    ("one two", "0 S X Esc .", "X"),
    ("one two", "0 d w P .", "oneone  two"),
    # A count takes the place of the one before, and stays.
    ("abcdefg", "0 x 2 .", "defg"),
    ("abcdefgh", "0 3 x .", "gh"),
    ("abcdefgh", "0 3 x 2 . .", "h"),
    ("one two three four", "0 d w 2 .", "four"),
    ("one two three four", "0 c w X Esc w 2 .", "X X four"),
    ("a", "0 i X Y Esc 3 .", "XXYXYXYYa"),
    ("a", "o X Esc 2 .", "a\nX\nX\nX"),
    ("a b c", "0 2 r X w .", "XXb c"),
    # A count of insert mode says how often what is typed is there.
    ("a", "0 3 i X Y Esc", "XYXYXYa"),
    ("a", "3 A - Esc .", "a------"),
    ("a", "2 o X Esc", "a\nX\nX"),
    ("a", "2 O X Esc", "X\nX\na"),
    # Motions, copies and what is looked for are no changes.
    ("one two three", "0 x w y w f e .", "ne two thre"),
    ("one two", "0 x u .", "ne two"),
    ("one two", "0 x u C-r 0 .", "e two"),
    # What was typed is what is left of it.
    ("a", "0 i X Y Backspace Z Esc .", "XXZZa"),
    ("abc", "$ i X Backspace Backspace Y Esc", "aYc"),
    ("one two", "0 c w X Y Z C-w Q Esc w .", "Q Q"),
    # Where the cursor is moved meanwhile, the change is what comes behind that.
    ("ab", "0 i X End Y Esc 0 .", "YXabY"),
]


@pytest.fixture
async def vi(account, fly):
    return await fly(keymap="vi").start(until="have you seen this?")


@pytest.mark.parametrize(("text", "keys", "after"), CHANGES)
async def test_a_change_is_made_once_more(vi, text, keys, after):
    await vi.paste(text)
    await vi.press("Esc", *keys.split())
    assert vi.state.chat.editor.text == after


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("one two three", "0 c w X Space Y Esc w"),
        ("one", "o X Space Y Esc"),
        ("one\ntwo\nthree", "k k J"),
        ("abcdef", "0 2 i X Esc"),
        ("one two", "0 x"),
    ],
)
async def test_undo_takes_it_back_in_one_go_and_what_was_typed_first_too(vi, text, keys):
    await vi.paste(text)
    await vi.press("Esc", *keys.split())
    once = vi.state.chat.editor.text
    await vi.press(".")
    twice = vi.state.chat.editor.text
    assert twice != once
    await vi.press("u")
    assert vi.state.chat.editor.text == once
    await vi.press("u")
    assert vi.state.chat.editor.text == text
    await vi.press("C-r", "C-r")
    assert vi.state.chat.editor.text == twice


async def test_it_says_so_where_nothing_was_changed_yet(vi):
    await vi.press("Esc", ".")
    await vi.see("no change to repeat yet")
    assert vi.state.chat.editor.text == ""
    assert "NORMAL" in vi.screen


async def test_what_was_sent_can_be_typed_once_more_and_is_not_sent(account, vi):
    await vi.type("so it is\n")
    await vi.until(lambda: [call for call in account.calls if call[0] == "Send"])
    await vi.press("Esc", ".")
    assert vi.state.chat.editor.text == "so it is"
    assert "NORMAL" in vi.screen
    assert [call for call in account.calls if call[0] == "Send"] == [("Send", BOB, "so it is")]


async def test_a_count_of_insert_mode_is_for_esc_and_never_sends_more(account, vi):
    await vi.press("Esc", "3", "i")
    await vi.type("once\n")
    await vi.until(lambda: [call for call in account.calls if call[0] == "Send"])
    assert [call for call in account.calls if call[0] == "Send"] == [("Send", BOB, "once")]


LONG = "one word more, "
TOO_LONG = "a count makes at most 1048576 characters"


@pytest.mark.parametrize(
    "keys",
    ["9 9 9 9 9 9 9 9 p", "9 9 9 9 9 9 9 9 P", "p 9 9 9 9 ."],
)
async def test_a_count_makes_no_text_that_nobody_could_mean(vi, keys):
    await vi.paste(LONG * 20)
    *begun, last = keys.split()
    await vi.press("Esc", "y", "y", *begun)
    before = vi.state.chat.editor.text
    await vi.press(last)
    await vi.see(TOO_LONG)
    assert vi.state.chat.editor.text == before
    assert "NORMAL" in vi.screen


async def test_what_is_typed_is_there_once_where_its_count_makes_too_much_of_it(vi):
    await vi.press("Esc", "9", "9", "9", "9", "i")
    await vi.paste(LONG * 20)
    await vi.press("Esc")
    await vi.see(TOO_LONG)
    assert vi.state.chat.editor.text == LONG * 20
    await vi.until(lambda: "NORMAL" in vi.screen)
    await vi.press("u")
    assert vi.state.chat.editor.text == ""


async def test_it_is_made_in_another_conversation_as_well(vi):
    await vi.command(f"chat {MIA}")
    await vi.type("three four")
    await vi.command(f"chat {BOB}")
    await vi.type("one two")
    await vi.press("Esc", "0", "c", "w", "X", "Esc")
    await vi.command(f"chat {MIA}")
    await vi.press("Esc", "0", ".")
    assert vi.state.chat.peer == MIA
    assert vi.state.chat.editor.text == "X four"


async def test_what_is_typed_elsewhere_is_no_change_of_the_text(vi):
    await vi.type("one two")
    await vi.press("Esc", "0", "x")
    await vi.command("set timestamps off")
    await vi.press(".")
    assert vi.state.chat.editor.text == "e two"


async def test_a_paste_is_put_once_more(vi):
    await vi.press("Esc", "i")
    await vi.paste("one\ntwo ")
    await vi.press("Esc", ".")
    assert vi.state.chat.editor.text == "one\ntwoone\ntwo  "


@pytest.mark.parametrize(
    ("keymap", "table", "keys", "after"),
    [
        ("emacs", "insert", "C-a M-d Right C-x .", " "),
        ("emacs", "insert", "C-a X Y Z Backspace C-e C-x . C-x .", "XYone twoXYXY"),
        ("primitivus", "insert", "C-a C-k X C-x .", "XX"),
        ("primitivus", "normal.input", "Esc a X Esc C-x .", "one twoXX"),
        ("vi", "insert", "Esc 0 c w X C-x .", "XX"),
    ],
)
async def test_a_map_of_ones_own_may_bind_it(account, fly, tmp_path, keymap, table, keys, after):
    own = tmp_path / "config/primitivus/keymaps" / f"{keymap}.toml"
    own.parent.mkdir(parents=True)
    own.write_text(f'[{table}]\n"C-x ." = "repeat-change"\n')
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.paste("one two")
    await pilot.press(*keys.split())
    assert pilot.state.chat.editor.text == after
