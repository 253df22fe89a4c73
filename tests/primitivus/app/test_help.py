"""Help: what is needed most first, then all, narrowed down by typing."""

import pytest

from tests.primitivus.fake import BOB


def most_needed(pilot):
    rows = pilot.terminal.rows
    start = next(n for n, row in enumerate(rows) if "Most needed here" in row)
    found = []
    for row in rows[start + 1 :]:
        text = row.strip(" │")
        if not text or "──" in text:
            return found
        found.append(text)
    return found


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("mode insert", "send what is typed"),
        ("focus contacts", "accept a request to see your presence"),
        ("focus conversations", "mark it as read"),
        ("focus messages", "select a message"),
    ],
)
async def test_one_screen_of_at_most_ten_keys_comes_first(account, fly, keymap, line, says):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.keyboard.run_line(line)
    await pilot.press("F1")
    needed = most_needed(pilot)
    assert 5 <= len(needed) <= 10
    assert any(says in each for each in needed)


async def test_typing_narrows_help_down_and_enter_explains(pilot):
    await pilot.press("F1")
    await pilot.type("unread next")
    assert "Most needed here" not in pilot.screen
    assert "next-unread" in pilot.screen
    assert "clear-input" not in pilot.screen
    await pilot.press("Down", "Up", "Enter")
    assert "Help: next-" in pilot.screen
    await pilot.press("Esc")
    assert "Help" not in pilot.screen


async def test_what_is_called_so_comes_before_what_is_explained_so(pilot):
    await pilot.press("F1")
    await pilot.type("reply")
    await pilot.press("Enter")
    assert "Help: reply" in pilot.screen


SELECTED = {
    "select": "select a message",
    "reply": "answer it",
    "edit": "change what you said",
    "retract": "take back what you said",
    "open": "open its link or file",
    "copy": "copy it",
    "download": "fetch the file",
    "retry": "send it again",
    "discard": "give it up",
}


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
@pytest.mark.parametrize(
    ("text", "state", "told"),
    [
        ("well", "unread", {"reply", "copy"}),
        ("see https://example.org/", "unread", {"reply", "copy", "open"}),
        ("well", "sent", {"reply", "copy", "edit", "retract"}),
        ("well", "pending", {"reply", "copy", "edit", "retract", "discard"}),
        ("well", "failed", {"reply", "copy", "retract", "retry", "discard"}),
    ],
)
async def test_of_the_selected_message_only_what_is_of_use_for_it(
    account, fly, keymap, text, state, told
):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    account.message(BOB, text, out=state != "unread", state=state)
    await pilot.see(text)
    await pilot.keyboard.run_line("select")
    await pilot.press("F1")
    needed = " ".join(most_needed(pilot))
    assert {line for line, said in SELECTED.items() if said in needed} == told


async def test_what_nothing_fits_is_said_and_taken_back(pilot):
    await pilot.press("F1")
    await pilot.type("xyzzy")
    assert "nothing matches this" in pilot.screen
    await pilot.press("Enter", "C-u")
    assert "Most needed here" in pilot.screen


async def test_all_of_help_can_be_gone_through(pilot):
    await pilot.press("F1")
    await pilot.press(*["PageDown"] * 60)
    assert "there is more below" in pilot.screen
    await pilot.press(*["PageUp"] * 60)
    assert "Most needed here" in pilot.screen


async def test_the_switcher_is_gone_through_with_the_arrows(pilot):
    await pilot.press("Esc", "C-p", "Down", "Enter")
    await pilot.see("an older one")


async def test_what_a_sign_means_is_found_in_help(pilot):
    await pilot.press("F1")
    await pilot.type("they have seen")
    assert "Signs: beside what you wrote" in pilot.screen
    assert "they have seen it" in pilot.screen


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_of_messages_it_tells_first_what_one_does_with_them(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.keyboard.run_line("focus messages")
    await pilot.press("F1")
    needed = " ".join(most_needed(pilot))
    for does in ("answer it", "change what you said", "take back what you said", "open its link"):
        assert does in needed
