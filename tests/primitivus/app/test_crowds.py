"""What comes in thousands: it costs no frame more, and takes the screen from nothing else."""

from dataclasses import replace

import pytest

from backendd.api.names import ROOMS
from backendd.api.records import Invitation, Left, Occupant
from primitivus.model.questions.invitations import Invitations
from primitivus.model.rooms.rooms import Rooms
from tests.lab.hostile import steps
from tests.primitivus.fake import MIA
from tests.primitivus.fake.account import START_US

GARDEN = "garden@rooms.example.org"


async def invite(pilot, account, count):
    """Return when so many invitations wait, that came at once."""
    came = [
        Invitation(id=f"i{number}", room=f"r{number}@rooms.example.org", from_=MIA, time=START_US)
        for number in range(count)
    ]
    account.emit(ROOMS, "InvitationsChanged", came, [])
    await pilot.until(lambda: len(pilot.state.account.of(Invitations)) == count)


def frame(pilot):
    """Return how many steps a frame takes."""
    draw = pilot.app.display._draw
    draw()  # what is found out once
    return steps(draw)


async def test_a_thousand_invitations_leave_room_for_conversations(pilot, account):
    await invite(pilot, account, 1000)
    for each in ("+ r0@rooms", "993 more wait", "● bob", "◐ mia"):
        await pilot.see(each)
    await pilot.command("requests")
    await pilot.type("r999")
    await pilot.see("invites you to r999@rooms.example.org")


async def test_many_invitations_at_once_ring_once(pilot, account):
    await pilot.press("F1")  # the messages lie below the help
    await invite(pilot, account, 100)
    assert pilot.terminal.rung == 1


async def test_a_frame_costs_no_more_with_a_thousand_invitations(pilot, account):
    await invite(pilot, account, 20)
    few = frame(pilot)
    await invite(pilot, account, 1000)
    assert frame(pilot) == pytest.approx(few, rel=0.05)


@pytest.fixture
async def garden(pilot, account):
    """Call it for a room with so many others in it, shown with who is there."""

    async def make(count, **more):
        account.occupants[GARDEN] = {
            f"n{number:04}": Occupant(nick=f"n{number:04}", role="participant", show="online")
            for number in range(count)
        }
        account.enter(GARDEN, "me", **more)
        await pilot.until(lambda: pilot.state.account.of(Rooms).is_in(GARDEN))
        await pilot.command(f"chat {GARDEN}")
        await pilot.until(lambda: len(held(pilot)) == count + 1)
        await pilot.see("● n0000")
        return pilot

    return make


def held(pilot):
    return pilot.state.account.of(Rooms).occupants(GARDEN) or ()


async def test_a_frame_costs_no_more_in_a_room_of_thousands(garden, account):
    pilot = await garden(100)
    few = frame(pilot)
    crowd = [Occupant(nick=f"n{n:04}", role="participant", show="online") for n in range(5000)]
    account.appear(GARDEN, *crowd)
    await pilot.until(lambda: len(held(pilot)) == 5001)
    assert frame(pilot) == pytest.approx(few, rel=0.05)


async def test_a_frame_costs_no_more_where_a_topic_is_long(garden, account):
    pilot = await garden(10, subject="about flowers " * 10)
    few = frame(pilot)
    account.change_room(GARDEN, subject="about flowers " * 300)
    await pilot.until(lambda: len(pilot.state.account.of(Rooms).get(GARDEN).subject) > 4000)
    assert frame(pilot) == pytest.approx(few, rel=0.05)


async def test_a_storm_of_nicks_is_summed_up_in_a_few_words(garden, account):
    pilot = await garden(10)
    account.message(GARDEN, "welcome", kind="room", sender=f"{GARDEN}/n0001")
    await pilot.command("set room_presence all")
    await pilot.see("welcome")
    nick = "n0001"
    for number in range(500):
        account.appear(
            GARDEN,
            Occupant(nick=f"other{number}", role="participant", show="online"),
            left=[Left(nick=nick, cause="nick", new_nick=f"other{number}")],
        )
        nick = f"other{number}"
    await pilot.see("n0001 is now other499")
    assert len(held(pilot)) == 11


async def test_a_frame_costs_no_more_with_a_thousand_conversations(pilot, account):
    def talk(first, last):
        for number in range(first, last):
            account.message(f"c{number:04}@example.org", "hello")
        return pilot.until(lambda: len(pilot.state.account.conversations) == last + 2)

    await talk(0, 50)
    few = frame(pilot)
    await talk(50, 1000)
    await pilot.see("1000 unread")
    assert frame(pilot) == pytest.approx(few, rel=0.05)


async def test_a_frame_costs_no_more_with_thousands_of_contacts(pilot, account):
    await pilot.command("contacts on")
    for number in range(100):
        account.know(f"c{number:04}@example.org", show="online")
    await pilot.until(lambda: len(pilot.state.account.roster) == 102)
    few = frame(pilot)
    for number in range(100, 5000):
        account.know(f"c{number:04}@example.org", show="online")
    await pilot.until(lambda: len(pilot.state.account.roster) == 5002)
    assert frame(pilot) == pytest.approx(few, rel=0.05)


async def test_who_comes_or_goes_costs_no_more_among_thousands_of_contacts(pilot, account):
    await pilot.command("contacts on")
    roster, draw = pilot.state.account.roster, pilot.app.display._draw
    first = "c0000@example.org"

    async def know(first, last):
        for number in range(first, last):
            account.know(f"c{number:04}@example.org", show="online")
        await pilot.until(lambda: len(roster) == last + 2)

    def come_and_go():
        known = roster.get(first)
        for show in ("", "online", "away", ""):
            roster.merge([replace(known, show=show)])
            draw()
        roster.merge([known])

    await know(0, 100)
    come_and_go()  # what is found out once
    few = steps(come_and_go)
    await know(100, 5000)
    draw()  # who is called the same is found out once
    assert steps(come_and_go) == pytest.approx(few, rel=0.05)
