"""Messages of rooms: sent, reflected, archived."""

import pytest

from backendd.api import names
from backendd.core import xml
from backendd.core.messages import CaughtUp, HistoryAnswered
from tests.backendd.session.rooms import Saying, configure, enter, has_role, leave, live_in, say

pytestmark = pytest.mark.every_server


ADMIN = "http://jabber.org/protocol/muc#admin"


def caught_up(home, room):
    return [each for each in home.hub.of(CaughtUp) if each.address == room]


async def test_what_is_said_in_a_room_is_a_message_of_its_conversation(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    say(peer, address, "hello")
    heard = await home.until_message(address, "hello", "unread")
    assert (heard.kind, heard.sender) == ("room", f"{address}/ann")


async def test_what_we_say_in_a_room_is_sent_when_it_comes_back_and_is_there_once(
    make_inmate, room
):
    address, peer = room
    home = await make_inmate()
    await home.send(address, "hello")
    said = await home.until_message(address, "hello", "sent")
    await peer.until(lambda: peer.bodies() == ["hello"])
    assert said.stanza_id
    assert [each.kind for each in await home.messages(address)] == ["room"]
    assert await home.count("outbox") == 0
    (stanza,) = [
        each for each in peer.messages() if xml.child(each, xml.CLIENT, "body") is not None
    ]
    assert stanza.get("type") == "groupchat"
    assert stanza.find(f"{{{xml.RECEIPTS}}}request") is None


async def test_what_a_room_refuses_has_failed(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    await configure(peer, address, moderatedroom="1")
    peer.write(
        f"<iq type='set' to='{address}' id='v'><query xmlns='{ADMIN}'>"
        "<item nick='me' role='visitor'/></query></iq>"
    )
    await home.until(lambda: has_role(home, address, "visitor"))
    await home.send(address, "without a voice")
    failed = await home.until_message(address, "without a voice", "failed")
    assert failed.error[0] == "NotAllowed"
    assert "you have no voice in this room" in failed.error[1]
    assert [each.word for each in home.inside.warnings] == []
    assert await home.count("outbox") == 0


async def test_what_was_said_while_we_were_out_is_caught_up_from_the_archive_of_the_room(
    make_inmate, room
):
    address, peer = room
    home = await make_inmate()
    say(peer, address, "before")
    await home.until_message(address, "before", "unread")
    await leave(home, address)
    await peer.until(lambda: peer.shows_of(address).count("unavailable") == 1)
    for number in range(5):
        say(peer, address, f"missed {number}")
    await peer.sync()
    await enter(home, address)
    await home.until_bodies(address, ["before", *(f"missed {number}" for number in range(5))])


async def test_what_a_room_has_further_back_is_read_in_its_own_archive(make_inmate, room):
    address, peer = room
    bodies = [f"said {number}" for number in range(12)]
    for body in bodies:
        say(peer, address, body)
    await peer.sync()
    home = await make_inmate(archive_page=5)
    older = "server"
    while older == "server":
        home.hub.events.clear()
        _, older, _ = await home.page(address)
        if older == "server":
            (answered,) = await home.until(lambda: home.hub.of(HistoryAnswered))
            older = answered.older
    assert older == "end"
    assert await home.bodies(address) == bodies


async def test_what_a_room_has_is_not_asked_for_from_outside(make_inmate, room):
    address, peer = room
    say(peer, address, "hello")
    home = await make_inmate(archive_page=5)
    await leave(home, address)
    home.hub.events.clear()
    _, older, _ = await home.page(address)
    assert older == "offline"
    assert home.hub.of(HistoryAnswered) == []


async def test_a_room_in_which_we_still_are_is_followed_on(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    say(peer, address, "before")
    await home.until_message(address, "before", "unread")
    sm_id = home.inside.stream.sm_id
    home.hub.events.clear()
    home.cut()
    say(peer, address, "meanwhile")
    await home.until(lambda: caught_up(home, address))
    say(peer, address, "after")
    await home.until_bodies(address, ["before", "meanwhile", "after"])
    assert home.inside.stream.sm_id == sm_id


@pytest.mark.parametrize("is_there", [True, False])
async def test_what_is_uncertain_in_a_room_is_decided_by_the_archive_of_that_room(
    make_inmate, room, is_there
):
    address, peer = room
    home = await make_inmate()
    await home.send(address, "perhaps")
    message = await home.until_message(address, "perhaps", "sent")
    await peer.until(lambda: peer.bodies() == ["perhaps"])
    # As if nothing of it had come back.
    await home.session.disconnect()
    await peer.until(lambda: peer.shows_of(address).count("unavailable") == 1)
    name = message.message_id if is_there else "another"
    await home.execute("UPDATE message SET state = 'pending', stanza_id = ''")
    await home.execute("UPDATE message SET message_id = ?, origin_id = ?, dedupe = ?", *[name] * 3)
    await home.execute("DELETE FROM archived")
    await home.execute("UPDATE archive SET cursor = '', cursor_time = 0 WHERE jid = ?", address)
    await home.execute(
        "INSERT INTO outbox (profile, message, stanza, time, lane, state, settles, resolved, "
        "resolver, stanza_id, tries, composed, sm_id) SELECT profile, id, ?, time, ?, 'uncertain', "
        "'echo', 'archive', ?, ?, 1, 1, 'gone' FROM message",
        f"<message xmlns='jabber:client' to='{address}' type='groupchat' id='{name}'>"
        f"<body>perhaps</body><origin-id xmlns='urn:xmpp:sid:0' id='{name}'/></message>",
        f"conversation {address}", address, name,
    )  # fmt: skip
    await home.send(address, "behind")
    await home.online()
    await home.until_message(address, "behind", "sent")
    await peer.until(lambda: "behind" in peer.bodies())
    assert peer.bodies().count("perhaps") == (1 if is_there else 2)
    assert await home.count("outbox") == 0
    page, _ = await home.call(names.MESSAGES, "list", address, {})
    assert {each.state for each in page} == {"sent"}


@pytest.mark.parametrize("has_archive", [True, False])
async def test_what_was_said_in_a_room_before_one_came_there_first_is_read_and_later_it_is_unread(
    make_home, room, has_archive
):
    address, peer = room
    home = await live_in(await make_home())
    if not has_archive:  # then the room itself tells what was said before
        home.inside.disco = Saying(home.inside.disco, less={xml.MAM})
    for number in range(3):  # since we are online, but before we are there
        say(peer, address, f"before {number}")
    await peer.sync()
    await enter(home, address)
    say(peer, address, "now")
    await home.until_message(address, "now", "unread")
    before = [each for each in await home.messages(address) if each.body != "now"]
    assert [(each.body, each.state, each.source) for each in before] == [
        (f"before {number}", "read", "archive") for number in range(3)
    ]
    await leave(home, address)
    await peer.until(lambda: peer.shows_of(address).count("unavailable") == 1)
    say(peer, address, "meanwhile")
    await peer.sync()
    await enter(home, address)
    await home.until_message(address, "meanwhile", "unread")
    assert (await home.conversation(address)).unread == 2


async def test_what_was_said_since_one_was_in_a_silent_room_without_an_archive_is_unread(
    make_home, room
):
    address, peer = room
    home = await live_in(await make_home())
    home.inside.disco = Saying(home.inside.disco, less={xml.MAM})
    await enter(home, address)
    await leave(home, address)
    await peer.until(lambda: peer.shows_of(address).count("unavailable") == 1)
    say(peer, address, "meanwhile")
    await peer.sync()
    await enter(home, address)
    await home.until_message(address, "meanwhile", "unread")
