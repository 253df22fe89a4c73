"""Rooms and occupants of rooms: shown by nick, each a conversation of its own."""

import pytest

CAVE = "cave@rooms.example.org"
ANN = f"{CAVE}/ann"


@pytest.fixture
async def cave(pilot, account):
    """A room, in which ann has said something."""
    account.message(CAVE, "to all", kind="room", sender=ANN)
    await pilot.until(lambda: CAVE in pilot.state.account.conversations)
    return pilot


def calls(account, name):
    return [call[1:3] for call in account.calls if call[0] == name]


async def test_a_private_conversation_is_opened_written_to_and_left_as_one_of_its_own(
    cave, account
):
    await cave.command(f"chat {ANN}")
    await cave.until(lambda: cave.state.layout.place.peer == ANN)
    assert ANN in cave.terminal.rows[0]
    await cave.type("between us\n")
    await cave.until(lambda: calls(account, "Send") == [(ANN, "between us")])
    assert ("SetTyping", ANN, True) in [call[:3] for call in account.calls]
    await cave.type("not yet")
    await cave.command("chat cave")
    await cave.until(lambda: cave.state.layout.place.peer == CAVE)
    await cave.until(lambda: (ANN, "not yet") in calls(account, "SetDraft"))
    await cave.command("chat ann")
    await cave.until(lambda: cave.state.layout.place.peer == ANN)
    await cave.command("close")
    await cave.until(lambda: ANN not in account.conversations)
    assert CAVE in account.conversations


async def test_a_room_shows_who_said_what_and_who_types_by_nick(cave, account):
    await cave.command(f"chat {CAVE}")
    await cave.see(" ann ")
    account.message(CAVE, "as well", kind="room", sender=f"{CAVE}/ben")
    await cave.until(
        lambda: any("ben" in row and "as well" in row for row in cave.screen.splitlines())
    )
    account.converse(CAVE, typing=[f"{CAVE}/ben", ANN])
    await cave.see("ben, ann")
    assert f"{CAVE}/" not in cave.screen


async def test_what_was_said_in_a_room_is_found_with_who_said_it(cave, account):
    account.message(ANN, "to you alone", kind="private", sender=ANN)
    await cave.command("search to")
    await cave.see("ann in cave")
    assert f"{CAVE}/" not in "\n".join(
        row for row in cave.screen.splitlines() if "ann in cave" in row
    )


async def test_an_occupant_who_is_called_as_somebody_else_is_told_apart(cave, account):
    account.know("ann@example.org", name="ann")
    account.message(ANN, "it is me", kind="private", sender=ANN)
    await cave.until(lambda: ANN in cave.state.account.conversations)
    assert cave.state.account.label(ANN) == "ann in cave"


async def test_what_is_said_in_a_room_rings_only_where_all_of_it_is_wanted(cave, account):
    account.converse(CAVE, notify="mentions")
    await cave.until(lambda: cave.state.account.conversation(CAVE).notify == "mentions")
    rung = cave.terminal.rung
    account.message(CAVE, "to all again", kind="room", sender=ANN)
    account.message(ANN, "to you alone", kind="private", sender=ANN)
    await cave.until(lambda: cave.terminal.rung > rung)
    assert cave.terminal.rung == rung + 1
