"""Commands that are not done after a while: it is said of those that wait for no user."""

import asyncio

import pytest

from primitivus.commands import overdue
from tests.primitivus.fake import Entity

LATE = "is not done yet"
SERVER = "example.org"


@pytest.fixture
def account(account):
    account.entities[SERVER, ""] = Entity()
    return account


@pytest.fixture
def hurried(monkeypatch):
    """Have it be said of whatever is not done at once."""
    monkeypatch.setattr(overdue, "PATIENT_S", 0)


async def test_a_command_that_waits_for_an_answer_says_so_until_it_comes(pilot, account):
    account.held["Ping"] = answer = asyncio.Event()
    await pilot.command(f"ping {SERVER}")
    await pilot.see(":ping is not done yet")
    # One goes on meanwhile, and then looks again.
    await pilot.press("i")
    await pilot.type("half a text")
    await pilot.see("> half a text")
    answer.set()
    await pilot.see("answers in 12 ms")
    await pilot.lose(LATE)
    assert LATE not in " ".join(each.text for each in pilot.state.told())


async def test_where_the_user_is_waited_for_nothing_is_said(pilot, account, hurried):
    await pilot.command("new-profile")
    await pilot.see("Enter goes on, Esc cancels")
    await pilot.type("perhaps")
    await pilot.see("perhaps")
    assert LATE not in pilot.screen
    # And what is asked for then is waited for again.
    await pilot.press("Esc")
    await pilot.lose("Esc cancels")
    account.held["Ping"] = answer = asyncio.Event()
    await pilot.command(f"ping {SERVER}")
    await pilot.see(LATE)
    answer.set()
    await pilot.lose(LATE)


async def test_what_a_command_says_itself_stays(pilot, account, hurried, monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    await pilot.command("paste-image sleep 60")
    await pilot.see('"sleep 60" runs')
    await pilot.press("F2")
    await pilot.see("Contacts")
    assert LATE not in pilot.screen
    await pilot.press("Esc")
    await pilot.see("was ended")


async def test_what_a_command_has_begun_is_not_late_for_it(pilot, hurried):
    is_over = asyncio.Event()

    async def begun():
        await is_over.wait()
        with overdue.said_when_late(pilot.state, "begun"):
            pass

    with overdue.said_when_late(pilot.state, "command"):
        rest = asyncio.gather(begun())
        await pilot.see(":command is not done yet")
    await pilot.lose(LATE)
    is_over.set()
    await rest
    await pilot.press("F2")
    await pilot.see("Contacts")
    assert LATE not in pilot.screen
