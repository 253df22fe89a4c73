"""Ignoring occupants of a room: said, listed, seen where they stand, and taken back."""

import pytest

from primitivus.model.rooms.rooms import Rooms
from tests.primitivus.app.test_rooms import GARDEN, people, somebody


@pytest.fixture
async def garden(pilot, account):
    """A room, shown, with ben, whom one can tell from others, and eve, who has spoken."""
    account.message(GARDEN, "welcome", kind="room", sender=f"{GARDEN}/eve", occupant_id="e")
    people(account, "eve")
    account.occupants[GARDEN]["eve"] = somebody("eve", occupant_id="e")
    account.occupants[GARDEN]["ben"] = somebody("ben")
    account.enter(GARDEN, "me")
    await pilot.until(lambda: pilot.state.account.of(Rooms).is_in(GARDEN))
    await pilot.command(f"chat {GARDEN}")
    await pilot.see("● ben")
    return pilot


async def test_who_is_ignored_by_nick_is_seen_no_more_until_heard_again(garden, account):
    await garden.command("ignore eve")
    await account.called("Ignore", GARDEN, "e", "eve")
    await garden.see("you no longer see anything of eve; :unignore eve ends that")
    await garden.see("(ignored)")
    await garden.lose("welcome")
    await garden.see("eve  ignored")
    await garden.command("ignore eve")
    await garden.see('"eve" is ignored already')
    await garden.command("unignore eve")
    await account.called("Unignore", GARDEN, "e")
    await garden.see("welcome")
    await garden.command("unignore eve")
    await garden.see('"eve" is not ignored; :ignored shows who is')


async def test_the_marked_one_is_ignored_by_a_key(garden, account):
    await garden.command("occupants on")
    await garden.press("j", "j", "I")
    await account.called("Ignore", GARDEN, "e", "eve")


async def test_who_wrote_the_selected_message_is_ignored_though_they_have_left(garden, account):
    account.message(GARDEN, "bye", kind="room", sender=f"{GARDEN}/adam", occupant_id="a")
    await garden.see("bye")
    await garden.press("Esc", "v")
    await garden.command("ignore")
    await account.called("Ignore", GARDEN, "a", "adam")
    await garden.command("unignore")
    await account.called("Unignore", GARDEN, "a")
    await garden.command("ignore adam")
    await garden.command("ignored")
    await garden.see("adam in garden")
    await garden.press("Enter")
    await garden.lose("adam in garden")
    calls = [call for call in account.calls if call[0] == "Unignore"]
    assert calls == [("Unignore", GARDEN, "a")] * 2


async def test_who_is_ignored_is_known_under_another_nick(garden, account):
    await garden.command("ignore eve")
    await garden.see("eve  ignored")
    account.appear(GARDEN, somebody("adam", occupant_id="e"))
    await garden.see("adam  ignored")
    await garden.command("unignore adam")
    await account.called("Unignore", GARDEN, "e")
    await garden.see("you see what eve says again")


async def test_whom_nobody_could_know_again_is_not_ignored(garden, account):
    await garden.command("ignore ben")
    await garden.see('"garden" doesn\'t tell who is who: "ben" would be back under another nick')
    await garden.command("ignore nobody")
    await garden.see('nobody here is called "nobody"; :occupants shows who is')
    await garden.command("ignore me")
    await garden.see("this is yourself")
    await garden.command("ignored")
    await garden.see("nobody is ignored")
    assert not [call for call in account.calls if call[0] == "Ignore"]


async def test_what_is_ignored_is_no_preview(garden, account):
    await garden.command("ignore eve")
    await garden.see("(ignored)")
    await garden.command("chat bob")
    await garden.lose("welcome")
