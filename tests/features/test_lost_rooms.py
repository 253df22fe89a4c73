"""Rooms that we are out of: what was on its way there, and those that are gone without a word."""

import asyncio
from dataclasses import replace

import pytest

from backendd.api import names
from backendd.api.errors import NotConnected, Timeout, UnknownItem
from backendd.core import disco, xml
from backendd.features.rooms.model import Seen
from backendd.features.rooms.service import Rooms
from backendd.inbound import INBOUND
from backendd.session.stages import MessageStage
from backendd.xmpp.faults import StanzaUnknownItem
from tests.backendd.session.rooms import Saying, deaf, enter, join, live_in, set_role

pytestmark = pytest.mark.every_server

SELF_PING = "http://jabber.org/protocol/muc#self-ping-optimization"


async def record(home, room):
    found = await home.call(names.ROOMS, "list", {})
    return next((each for each in found if each.room == room), None)


def without_reflections():
    """Return an order in which is lost what rooms say back to us of what we say."""
    lost = MessageStage("lost", _reflected, lambda ledger, context, envelope, found: None)
    return replace(INBOUND, messages=(lost, *INBOUND.messages))


def _reflected(context, envelope):
    is_ours = envelope.way == "live" and envelope.sender.resource == "me"
    return True if is_ours and not envelope.is_error else None


@pytest.mark.parametrize("is_kicked", [True, False])
async def test_what_is_on_its_way_when_we_are_out_has_failed_until_the_room_tells_that_it_came(
    make_home, room, is_kicked
):
    address, peer = room
    home = await live_in(await make_home(), inbound=without_reflections())
    await enter(home, address)
    await home.send(address, "in time?")
    await peer.until(lambda: peer.bodies() == ["in time?"])
    if is_kicked:
        await set_role(peer, address, "me", "none", "enough")
    else:
        await home.call(names.ROOMS, "leave", address, {})
    failed = await home.until_message(address, "in time?", "failed")
    assert failed.error[0] == ("NotAllowed" if is_kicked else "UnknownRoom")
    assert ("enough" in failed.error[1]) == is_kicked
    assert "may have arrived" in failed.error[1]
    assert await home.count("outbox") == 0
    await enter(home, address)
    await home.until_message(address, "in time?", "sent")
    assert await home.bodies(address) == ["in time?"]


def unheard():
    """Return an order in which is lost that we are in a room, until there is more in the list."""
    heard = []

    def lossy(find):
        def found(context, received, sender):
            seen = find(context, received, sender)
            is_lost = isinstance(seen, Seen) and seen.is_us and not heard
            return None if is_lost else seen

        return found

    stages = [replace(stage, find=lossy(stage.find)) for stage in INBOUND.presence]
    return replace(INBOUND, presence=tuple(stages)), heard


async def test_a_room_that_was_being_entered_without_a_connection_left_is_entered_with_the_next(
    make_home, room
):
    address, _ = room
    inbound, heard = unheard()
    home = await live_in(await make_home(), inbound=inbound)
    entering = asyncio.gather(
        home.call(names.ROOMS, "join", address, "me", {}), return_exceptions=True
    )

    async def is_begun():
        found = await record(home, address)
        return found is not None and found.state == "joining"

    await home.until(is_begun)
    await home.session.disconnect()
    (error,) = await entering
    assert isinstance(error, NotConnected)
    assert "is entered when there is a connection" in str(error)
    heard.append(True)
    await home.online()

    async def is_in():
        return (await record(home, address)).state == "in"

    await home.until(is_in)


async def test_what_waits_for_a_room_fails_when_the_user_leaves_it(make_home, room):
    address, peer = room
    home = await (await make_home()).online()
    await enter(home, address)
    await home.session.disconnect()
    await home.send(address, "too late")
    await home.call(names.ROOMS, "leave", address, {})
    failed = await home.until_message(address, "too late", "failed")
    assert "may have arrived" not in failed.error[1]
    await home.online()
    await peer.sync()
    assert peer.bodies() == []


async def gone(make_home, room, *, answers_pings):
    """Return a home that has not heard that its room was destroyed."""
    address, peer = room
    home = await live_in(await make_home(), inbound=deaf())
    if not answers_pings:
        home.inside.disco = Saying(home.inside.disco, less={SELF_PING})
    await enter(home, address)
    await peer.ask("set", address, f"<query xmlns='{xml.MUC}#owner'><destroy/></query>")
    # ejabberd says so a little before: what comes in between it answers to nobody.
    while await is_there(peer, address):
        pass
    return home


async def is_there(peer, address):
    try:
        await peer.ask("get", address, f"<query xmlns='{disco.INFO}'/>")
    except UnknownItem:
        return False
    except Timeout:
        pass
    return True


def ask_if_we_are_in(home):
    """Have the rooms asked, as the time does that passes."""
    (rooms,) = [each for each in home.session.parts if isinstance(each, Rooms)]
    for attendance in rooms.known:
        rooms._following.check(attendance)


@pytest.mark.parametrize("answers_pings", [True, False])
async def test_a_room_that_is_gone_without_a_word_is_made_anew_as_open_as_it_was(
    make_home, room, make_peer, answers_pings
):
    address, _ = room
    home = await gone(make_home, room, answers_pings=answers_pings)
    ask_if_we_are_in(home)

    async def is_made():
        found = await record(home, address)
        return found if found.created else None

    found = await home.until(is_made)
    assert (found.state, found.affiliation, found.members_only) == ("in", "owner", False)
    await join(await make_peer(), address, "bob")


async def test_a_room_whose_nick_nobody_has_just_now_is_asked_if_it_is_there_at_all(
    make_home, room
):
    address, _ = room
    home = await make_home()
    await live_in(home)
    home.inside.disco = Saying(home.inside.disco, less={SELF_PING})
    await enter(home, address)
    answered = nobody_has_our_nick(home)
    ask_if_we_are_in(home)
    await home.until(lambda: answered)
    await home.inside.disco.info(address, anew=True)
    assert (await record(home, address)).state == "in"


def nobody_has_our_nick(home):
    """Have pings answered as by a room while the nick changes; return what will be asked."""
    asked, request = [], home.inside.stream.request

    async def answered(kind, to, payload, **options):
        if payload.tag != "{urn:xmpp:ping}ping":
            return await request(kind, to, payload, **options)
        asked.append(to)
        home.hub.changed.set()
        raise StanzaUnknownItem("item-not-found", sender=to)

    home.inside.stream.request = answered
    return asked
