"""In normal mode, where nothing is typed, keys of the messages are for them at once."""

import pytest

from primitivus.commands.all import registry
from primitivus.keymaps.checks import load_keymap
from tests.primitivus.fake import BOB

MODAL = pytest.mark.parametrize("keymap", ["primitivus", "vi"])


async def two_messages(account, pilot):
    """Have a message of ours and below it one of theirs in view; return them."""
    ours = account.message(BOB, "it is mine", out=True)
    theirs = account.message(BOB, "it is theirs")
    await pilot.see("it is theirs")
    return ours, theirs


@MODAL
async def test_the_newest_is_answered_without_being_selected_first(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await two_messages(account, pilot)
    await pilot.press("Esc", "r")
    await pilot.see("reply to bob: it is theirs")
    await pilot.type("so it is\n")
    await pilot.until(lambda: [call for call in account.calls if call[0] == "Send"])


@MODAL
async def test_ones_own_newest_is_changed_from_there(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await two_messages(account, pilot)
    await pilot.press("Esc", "e")
    await pilot.see("edit: it is mine")
    assert pilot.state.chat.editor.text == "it is mine"
    assert "INSERT" in pilot.screen


@MODAL
async def test_what_is_copied_is_seen_to_be(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    _, theirs = await two_messages(account, pilot)
    await pilot.press("Esc", "y")
    await pilot.until(lambda: pilot.terminal.copied == ["it is theirs"])
    assert pilot.state.conversation.selected == theirs.id
    assert pilot.state.focus == "messages"


@MODAL
async def test_what_is_taken_back_is_seen_to_be_and_asked_for(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    ours, _ = await two_messages(account, pilot)
    await pilot.press("Esc", "d")
    await pilot.see("y/N")
    assert pilot.state.conversation.selected == ours.id
    assert [call for call in account.calls if call[0] == "Retract"] == []


@MODAL
async def test_what_waits_or_failed_is_seen_to_be_before_it_is_discarded(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    failed = account.message(BOB, "never came", out=True, state="failed")
    account.message(BOB, "hello?")
    await pilot.see("hello?")
    await pilot.press("Esc", "D")
    await pilot.see("Discard a message")
    assert pilot.state.conversation.selected == failed.id


async def test_going_up_or_down_begins_with_the_newest_in_view(account, pilot):
    ours, theirs = await two_messages(account, pilot)
    conversation = pilot.state.conversation
    await pilot.press("Esc", "k")
    assert conversation.selected == theirs.id
    await pilot.press("k")
    assert conversation.selected == ours.id
    await pilot.press("y")
    await pilot.until(lambda: pilot.terminal.copied == ["it is mine"])
    await pilot.press("Esc", "Esc", "j")
    assert conversation.selected == theirs.id


async def test_where_something_is_typed_keys_are_not_for_messages(account, pilot):
    await two_messages(account, pilot)
    await pilot.type("a draft")
    await pilot.press("Esc", "s")
    await pilot.see('"s" is for: messages; C-f b goes there')
    assert pilot.state.conversation.selected == 0
    assert pilot.state.chat.editor.text == "a draft"


async def test_keys_that_vi_has_for_text_are_for_it_where_there_is_some(account, fly):
    pilot = await fly(keymap="vi").start(until="have you seen this?")
    await two_messages(account, pilot)
    await pilot.type("a draft")
    await pilot.press("Esc", "0", "r", "A")
    assert pilot.state.chat.editor.text == "A draft"
    await pilot.press("d", "d")
    assert pilot.state.chat.editor.text == ""
    assert "y/N" not in pilot.screen


async def test_keys_that_do_something_without_text_as_well_stay_the_inputs(account, fly):
    pilot = await fly(keymap="vi").start(until="have you seen this?")
    await two_messages(account, pilot)
    await pilot.type("a draft")
    await pilot.press("Esc", "d", "d", "u")
    assert pilot.state.chat.editor.text == "a draft"
    await pilot.press("d", "d", "o")
    assert "INSERT" in pilot.screen


async def test_without_modes_it_is_so_of_keys_that_type_nothing(account, fly):
    pilot = await fly(keymap="emacs").start(until="have you seen this?")
    _, theirs = await two_messages(account, pilot)
    await pilot.press("r", "C-Space")
    assert pilot.state.conversation.selected == 0
    assert pilot.state.chat.editor.text == "r"
    await pilot.press("Backspace", "M-w")
    await pilot.until(lambda: pilot.terminal.copied == ["it is theirs"])
    assert pilot.state.conversation.selected == theirs.id


async def test_keys_of_ones_own_for_messages_are_for_them_too(account, pilot, tmp_path):
    _, theirs = await two_messages(account, pilot)
    (tmp_path / "mine.toml").write_text('[normal.messages]\n"Z z" = "copy"\n')
    keymap, problems = load_keymap("mine", registry(), tmp_path)
    assert not problems
    pilot.keyboard.use(keymap)
    await pilot.press("Esc", "Z", "z")
    await pilot.until(lambda: pilot.terminal.copied == ["it is theirs"])
    assert pilot.state.conversation.selected == theirs.id


async def test_where_nothing_was_said_such_a_key_says_so(pilot):
    await pilot.command("chat nobody@example.org")
    await pilot.see("this is where it began")
    await pilot.press("Esc", "k", "r")
    await pilot.see("there is no message from them here to answer")


@MODAL
async def test_help_tells_there_what_can_be_done_with_messages(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.press("Esc", "F1")
    needed = pilot.screen.partition("Most needed here")[2].partition("──")[0]
    assert "write a message" in needed
    assert all(line in needed for line in ("reply", "edit", "copy"))
    assert "retry" not in needed
    # Where nothing is typed, too, vi has a key of its own for that.
    assert ("open" in needed) == (keymap != "vi")


async def test_lines_are_opened_above_a_text_only(account, fly):
    pilot = await fly(keymap="vi").start(until="have you seen this?")
    await pilot.press("Esc", "O")
    await pilot.see("no message here has a file")
    await pilot.press("o")
    await pilot.type("one")
    await pilot.press("Esc", "O")
    await pilot.type("two")
    assert pilot.state.chat.editor.text == "two\none"
