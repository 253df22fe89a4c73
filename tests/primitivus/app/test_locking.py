"""A profile that is locked takes along what it had to say, wherever that stood."""

import pytest

from tests.primitivus.fake import BOB

SECRETS = ("bob", "have you seen this", "secret", "tada", "🎉")


@pytest.fixture
async def telling(pilot, account):
    """The program with a profile that has a password, and has said something."""
    account.protect("open sesame")
    account.message(BOB, "a secret")
    await pilot.see("a secret")
    await pilot.type("/react tada\n")
    await pilot.see("🎉 to: a secret")
    return pilot


def is_silent(pilot):
    return not [each for each in SECRETS if each in pilot.screen]


async def lock(pilot, account):
    account.become("locked")
    await pilot.see("The profile is locked")


async def unlock(pilot):
    await pilot.command("unlock")
    await pilot.see("Profile password")
    await pilot.type("open sesame\n")
    await pilot.see("have you seen this?")


async def test_what_was_said_of_it_is_out_of_sight_until_it_is_unlocked(telling, account):
    await lock(telling, account)
    assert is_silent(telling)
    await telling.command("messages")
    await telling.see("Messages of the program")
    assert is_silent(telling)
    await telling.press("Esc")
    await telling.see("Profile password")
    await telling.type("open sesame\n")
    await telling.see("have you seen this?")
    await telling.command("messages")
    await telling.see("🎉 to: a secret")


@pytest.mark.parametrize("line", ["messages", "switch", "details", "contacts"])
async def test_what_was_opened_in_it_is_closed(telling, account, line):
    await telling.press("Esc", "v")
    await telling.command(line)
    await lock(telling, account)
    assert is_silent(telling)
    assert telling.state.view.popup is None


async def test_a_question_that_was_asked_in_it_is_given_up(telling, account):
    account.message(BOB, "a failed secret", out=True, state="failed", error=("TooLarge", "no"))
    await telling.see("a failed secret")
    await telling.command("discard")
    await telling.see("Discard a message")
    await lock(telling, account)
    assert is_silent(telling)
    await unlock(telling)
    await telling.see("a failed secret")


async def test_hints_of_whom_it_knows_are_gone(telling, account):
    await telling.type("/chat ")
    await telling.press("Tab")
    await telling.see("mia@example.org")
    account.become("locked")
    await telling.see("The profile is locked")
    assert "mia" not in telling.screen


async def test_that_it_is_locked_is_said_all_the_same(telling, account):
    await lock(telling, account)
    await telling.press("Esc", "i")
    await telling.type("x")
    await telling.see("alice is locked: :unlock alice asks for its password")


async def test_nothing_that_was_shown_before_can_be_gone_back_to(telling, account):
    await telling.command("chat mia")
    await telling.see("an older one")
    await lock(telling, account)
    await telling.press("Esc", "Backspace")
    assert is_silent(telling)
    assert "older" not in telling.screen
    assert telling.terminal.title == "primitivus alice"


async def test_without_a_password_it_shows_no_more_once_somebody_has_locked_it(pilot, account):
    await pilot.type("a secret draft")
    await pilot.command("lock")
    await pilot.see("The profile is locked (:unlock opens it without a password)")
    assert is_silent(pilot)
    await pilot.press("i")
    await pilot.type("x")
    await pilot.see("alice is locked: :unlock alice opens it")
    await pilot.command("unlock")
    await pilot.see("> a secret draft")
    assert "draftx" not in pilot.screen


async def test_what_was_typed_in_it_is_not_typed_once_more_elsewhere(fake, account, fly):
    club = fake.add_profile("club", "alice@example.com")
    club.message("romeo@example.com", "hello there", tell=False, state="read")
    club.record("romeo@example.com")
    pilot = await fly(keymap="vi").start(until="have you seen this?")
    await pilot.type("a secret draft")
    await pilot.press("Esc", "A")
    await pilot.type(", tada")
    await pilot.press("Esc")
    await pilot.command("profile club")
    await pilot.command("chat romeo@example.com")
    await pilot.see("hello there")
    await pilot.press("Esc", ".")
    assert pilot.state.chat.editor.text == ", tada"
    await pilot.press("u")
    account.become("locked")
    await pilot.until(lambda: pilot.state.accounts["alice"].is_locked)
    await pilot.press(".")
    await pilot.see("no change to repeat yet")
    assert is_silent(pilot)
    assert pilot.state.chat.editor.text == ""
