"""Readline's keys as one writes: words, arguments, counts, and looking for what was sent before."""

import pytest

from primitivus.widgets.terminal import Paste
from tests.primitivus.fake import BOB

KEYMAPS = pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])


def typed(pilot):
    """Return what is typed, with a bar where the cursor is."""
    editor = pilot.state.chat.editor
    return f"{editor.text[: editor.cursor]}|{editor.text[editor.cursor :]}"


def sent(account):
    return [call[2] for call in account.calls if call[0] == "Send"]


@pytest.fixture
async def emacs(account, fly):
    return await fly(keymap="emacs").start(until="have you seen this?")


async def say(account, pilot, *texts):
    for text in texts:
        for number, line in enumerate(text.split("\n")):
            if number:
                await pilot.press("M-Enter")
            await pilot.type(line)
        await pilot.press("Enter")
    await pilot.until(lambda: sent(account)[-1:] == [texts[-1]])


@pytest.mark.parametrize(
    ("text", "keys", "made"),
    [
        ("one two", ["C-a", "M-u"], "ONE| two"),
        ("ONE TWO", ["C-a", "M-l"], "one| TWO"),
        ("one two", ["C-a", "M-c", "M-c"], "One Two|"),
        ("one two", ["M-t"], "two one|"),
        ("a b c", ["C-a", "M-2", "C-f"], "a |b c"),
        ("a", ["M-3", "x"], "axxx|"),
        ("a", ["M-1", "0", "x"], "axxxxxxxxxx|"),
        ("a", ["M-1", "M-2", "x"], "axxxxxxxxxxxx|"),
        ("a", ["M-3", "C-g", "x"], "ax|"),
        ("one two three", ["C-a", "M-2", "M-d"], "| three"),
        ("a", ["C-v", "Tab", "b"], "a\tb|"),
        ("a", ["C-q", "C-j", "C-v", "/"], "a\n/|"),
        ("a  b", ["Left", "M-\\"], "a|b"),
        ("some words", ["M-r", "C-_"], "|"),
        ("one two one", ["C-a", "C-]", "t"], "one |two one"),
        ("one two one", ["C-M-]", "t"], "one |two one"),
    ],
)
async def test_the_line_is_edited_as_in_readline(emacs, text, keys, made):
    await emacs.type(text)
    await emacs.press(*keys)
    assert typed(emacs) == made


async def test_an_argument_makes_no_text_that_nobody_could_mean(emacs):
    await emacs.paste("one word more, " * 20)
    await emacs.press("C-a", "C-k", "C-y", "M-9", *"999999", "C-y")
    await emacs.see("a count makes at most 1048576 characters")
    assert typed(emacs) == "one word more, " * 20 + "|"
    await emacs.press("M-3", "C-y")
    assert typed(emacs) == "one word more, " * 80 + "|"
    await emacs.press("C-_")
    assert typed(emacs) == "one word more, " * 20 + "|"


async def test_the_last_word_of_what_was_sent_comes_back(account, emacs):
    await say(account, emacs, "see the garden", "meet at noon", "bye")
    await emacs.type("to ")
    await emacs.press("M-.")
    assert typed(emacs) == "to bye|"
    await emacs.press("M-.", "M-.")
    assert typed(emacs) == "to garden|"
    await emacs.press("M-.")
    assert typed(emacs) == "to garden|"
    await emacs.type("!")
    await emacs.press("M-.")
    assert typed(emacs) == "to garden!bye|"
    await emacs.press("C-u", "C-M-y")
    assert typed(emacs) == "|"
    await say(account, emacs, "meet at noon")
    await emacs.press("C-M-y")
    assert typed(emacs) == "at|"


async def test_nothing_was_sent_whose_words_could_come(emacs):
    await emacs.type("a")
    await emacs.press("M-.", "C-M-y", "M-<", "M->")
    assert typed(emacs) == "a|"
    await emacs.press("C-r")
    assert "nothing was sent from here yet" in emacs.screen


async def test_the_first_text_and_what_is_being_typed_are_a_key_away(account, emacs):
    await say(account, emacs, "one", "two", "three")
    await emacs.type("four")
    await emacs.press("M-<")
    assert typed(emacs) == "one|"
    await emacs.press("C-p", "M->")
    assert typed(emacs) == "four|"


async def test_what_was_sent_behind_it_comes_when_it_is_sent_again(account, emacs):
    await say(account, emacs, "one", "two", "three")
    await emacs.press("M-<", "C-o")
    await emacs.until(lambda: sent(account)[3:] == ["one"])
    await emacs.until(lambda: typed(emacs) == "two|")
    await emacs.press("C-o")
    await emacs.until(lambda: typed(emacs) == "three|")
    await emacs.type("!")
    await emacs.press("C-o")
    await emacs.until(lambda: sent(account)[3:] == ["one", "two", "three!"])
    await emacs.until(lambda: typed(emacs) == "one|")
    await emacs.press("C-u")
    await emacs.type("new")
    await emacs.press("C-o")
    await emacs.until(lambda: sent(account)[-1] == "new")


@KEYMAPS
async def test_what_was_sent_is_found_by_some_letters(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await say(account, pilot, "tea in the garden", "no\nmore Tea", "coffee")
    await pilot.type("written")
    await pilot.press("C-r")
    await pilot.see('(sent with "") written')
    await pilot.type("tea")
    await pilot.see('(sent with "tea") no')
    assert "more Tea" in pilot.screen
    await pilot.press("C-r")
    await pilot.see('(sent with "tea") tea in the garden')
    assert pilot.terminal.cursor == (len(' (sent with "tea") '), 29)
    await pilot.press("C-r")
    await pilot.see('(nothing sent has "tea") tea in the garden')
    await pilot.press("Down")
    await pilot.see('(sent with "tea") no')
    assert typed(pilot) == "written|"
    assert account.calls.count(("SetDraft", BOB, "no\nmore Tea")) == 0
    await pilot.press("Enter")
    assert typed(pilot) == "no\nmore |Tea"
    await pilot.press("Enter")
    await pilot.until(lambda: sent(account)[3:] == ["no\nmore Tea"])


@KEYMAPS
@pytest.mark.parametrize("key", ["Esc", "C-g"])
async def test_who_looks_no_further_has_what_was_typed(account, fly, keymap, key):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await say(account, pilot, "tea", "coffee")
    await pilot.type("written")
    await pilot.press("Left", "C-r")
    await pilot.type("tea")
    await pilot.see('(sent with "tea") tea')
    await pilot.press(key)
    await pilot.see("> written")
    assert typed(pilot) == "writte|n"
    await pilot.type("!")
    assert typed(pilot) == "writte!|n"


async def test_what_is_looked_for_is_typed_and_taken_back_by_letters(account, pilot):
    await say(account, pilot, "👍🏽 yes", "tea", "ten")
    await pilot.press("C-r")
    await pilot.type("te")
    await pilot.see('(sent with "te") ten')
    await pilot.type("a")
    await pilot.see('(sent with "tea") tea')
    await pilot.press("Backspace")
    await pilot.see('(sent with "te") ten')
    await pilot.press("Backspace", "Backspace", "Backspace")
    await pilot.see('(sent with "")')
    pilot.terminal.on_keys([Paste("👍🏽\x1b")])
    await pilot.see('(sent with "👍🏽") 👍🏽 yes')
    await pilot.press("Esc", "C-r")
    await pilot.type("x.*")
    await pilot.see('(nothing sent has "x.*")')
    await pilot.press("Enter")
    assert typed(pilot) == "|"


async def test_what_was_looked_for_last_is_again(account, emacs):
    await say(account, emacs, "tea", "coffee")
    await emacs.press("C-r")
    await emacs.type("ea")
    await emacs.press("Enter", "C-u", "C-r", "C-r")
    await emacs.see('(sent with "ea") tea')


async def test_a_key_that_edits_takes_what_was_found(account, emacs):
    await say(account, emacs, "tea in the garden", "coffee")
    await emacs.press("C-r")
    await emacs.type("in")
    await emacs.press("M-u")
    assert typed(emacs) == "tea IN| the garden"
    await emacs.press("C-_", "C-_")
    assert typed(emacs) == "|"
    await emacs.press("C-r")
    await emacs.type("tea")
    await emacs.press("C-n")
    await emacs.see('(nothing sent has "tea") tea')
    await emacs.press("C-a", "C-n")
    assert typed(emacs) == "coffee|"


@KEYMAPS
async def test_commands_are_found_as_messages_are(fly, account, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    for line in ("presence away", "messages"):
        await (pilot.press("M-x") if keymap == "emacs" else pilot.press("Esc", ":"))
        await pilot.type(f"{line}\n")
    await pilot.see("Messages of the program")
    await pilot.press("Esc")
    await (pilot.press("M-x") if keymap == "emacs" else pilot.press(":"))
    await pilot.press("C-r")
    await pilot.type("aw")
    await pilot.see('(sent with "aw") presence away')
    await pilot.press("Enter")
    assert pilot.state.command_line.text == "presence away"
    await pilot.press("C-r", "Esc", "Esc")
    assert pilot.state.view.mode == "normal"


async def test_help_tells_the_keys_of_a_search(account, pilot):
    await say(account, pilot, "tea")
    await pilot.press("C-r", "F1")
    await pilot.see("take what was found")
    await pilot.press("Esc")
    await pilot.type("te")
    await pilot.see('(sent with "te") tea')


async def test_a_press_in_what_was_found_takes_it(account, pilot):
    await say(account, pilot, "tea in the garden")
    await pilot.type("a")
    await pilot.press("C-r")
    await pilot.type("in")
    await pilot.see('(sent with "in") tea')
    before = '(sent with "in") tea in the '
    await pilot.point(before, beside=len(before))
    assert typed(pilot) == "tea in the |garden"


async def test_a_search_fits_on_a_narrow_screen(account, fly):
    pilot = await fly(columns=24).start(until="have you")
    await say(account, pilot, "tea in the garden")
    await pilot.press("C-r")
    await pilot.type("tea in the garden")
    await pilot.see('("tea in')
    await pilot.type("x")
    await pilot.see('(no "tea')
    await pilot.press("Esc")
    await pilot.lose("(no")


@KEYMAPS
async def test_who_discards_what_is_typed_walks_from_the_newest_again(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    discard = "M-k" if keymap == "emacs" else "C-c"
    await say(account, pilot, "one", "two")
    for _ in range(2):
        await pilot.press("Up", "Up", "Up")
        assert typed(pilot) == "one|"
        await pilot.press(discard)
        assert typed(pilot) == "|"
        await pilot.press("Down")
        assert typed(pilot) == "|"
