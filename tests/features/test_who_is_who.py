"""Who is who in a room: what only the room may say of somebody, and what anybody could write."""

import pytest

from backendd.api import names
from backendd.core import xml
from tests.backendd.session.rooms import NICK, enter, join, live_in, say

pytestmark = pytest.mark.every_server

FORGED = f"<occupant-id xmlns='{xml.OCCUPANT_IDS}' id='somebody else'/>"
HATS = (
    "<hats xmlns='urn:xmpp:hats:0'><hat uri='h#1' title='Judge'/><hat uri='h#2' title=''/></hats>"
)


async def occupant(home, room, nick, **like):
    """Return the record of an occupant once it is like this."""

    async def found():
        listed = await home.call(names.ROOMS, "occupants", room, {})
        return [
            each
            for each in listed
            if each.nick == nick and all(getattr(each, key) == now for key, now in like.items())
        ]

    return (await home.until(found))[0]


async def speakers(home, room, expected):
    """Return whether these have spoken, each once: which way, and by nick."""
    found = await home.messages(room)
    told = {(each.direction, each.sender.removeprefix(f"{room}/")) for each in found}
    return told == expected and len(found) == len(expected)


def appear(peer, room, nick, more):
    """Have `peer` come, or show something else, with this in its presence."""
    x = "<x xmlns='http://jabber.org/protocol/muc'/>"
    peer.write(f"<presence to='{room}/{nick}'><show>away</show>{x}{more}</presence>")


async def test_what_the_room_does_not_announce_is_believed_of_nobody(make_home, make_peer, room):
    address, _ = room
    home, eve = await live_in(await make_home(), gives_ids=False), await make_peer()
    await enter(home, address)
    appear(eve, address, "eve", FORGED + HATS)
    seen = await occupant(home, address, "eve", show="away")
    assert (seen.occupant_id, seen.hats) == ("", [])


async def test_nobody_writes_an_id_of_their_own_where_the_room_gives_them(
    make_inmate, make_peer, room
):
    address, _ = room
    home, eve = await make_inmate(), await make_peer()
    appear(eve, address, "eve", FORGED)
    seen = await occupant(home, address, "eve", show="away")
    assert seen.occupant_id != "somebody else"


async def test_hats_are_told_where_the_room_announces_that_it_gives_them(
    make_home, make_peer, room
):
    address, _ = room
    home, judge = await live_in(await make_home(), gives_hats=True), await make_peer()
    await enter(home, address)
    appear(judge, address, "judge", HATS)
    assert (await occupant(home, address, "judge", show="away")).hats == ["Judge"]
    appear(judge, address, "judge", "")
    await occupant(home, address, "judge", hats=[])


@pytest.mark.parametrize("gives_ids", [True, False])
async def test_nobody_repeats_what_we_say_in_our_name(make_home, make_peer, room, gives_ids):
    address, ann = room
    home, eve = await live_in(await make_home(), gives_ids=gives_ids), await make_peer()
    await enter(home, address)
    await join(eve, address, "eve")
    await home.send(address, "hello")
    ours = await home.until_message(address, "hello", "sent")
    say(eve, address, "hello", id=ours.message_id, more=_origin(ours.origin_id))
    say(ann, address, "after")
    await home.until_message(address, "after")
    await home.until(lambda: speakers(home, address, {("out", NICK), ("in", "eve"), ("in", "ann")}))


@pytest.mark.parametrize("gives_ids", [True, False])
async def test_nobody_makes_ours_sent_by_saying_it_before_it_is(
    make_home, make_peer, room, gives_ids
):
    address, ann = room
    home, eve = await live_in(await make_home(), gives_ids=gives_ids), await make_peer()
    await enter(home, address)
    await join(eve, address, "eve")
    await home.session.disconnect()
    await home.send(address, "hello")
    (ours,) = await home.messages(address)
    say(eve, address, "hello", id=ours.message_id, more=_origin(ours.origin_id))
    await eve.sync()
    await home.online()
    await home.until_message(address, "hello", "sent")
    await ann.until(lambda: ann.bodies() == ["hello", "hello"])
    await home.until(lambda: speakers(home, address, {("out", NICK), ("in", "eve")}))


def _origin(id):
    return f"<origin-id xmlns='{xml.STANZA_IDS}' id='{id}'/>"
