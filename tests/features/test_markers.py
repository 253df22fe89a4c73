"""Displayed markers: told to contacts where the user allows it, read from all our clients."""

import pytest

from backendd.api import names
from backendd.core import xml
from backendd.core.messages import ConversationsChanged, MessagesChanged
from tests.backendd.session.rooms import say
from tests.features.test_receipts import befriended

MARKABLE = "<markable xmlns='urn:xmpp:chat-markers:0'/>"


def marked(peer):
    found = (xml.child(m, xml.MARKERS, "displayed") for m in peer.messages())
    return [each.get("id") for each in found if each is not None]


async def read_all(home, peer_jid):
    last = (await home.messages(peer_jid))[-1]
    await home.call(names.MESSAGES, "mark_read", peer_jid, last.id, {})


async def test_reading_tells_a_contact_the_newest_message_that_may_be_marked(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    peer.chat(home.jid, "one", id="a", more=MARKABLE)
    peer.chat(home.jid, "two", id="b", more=MARKABLE)
    peer.chat(home.jid, "three", id="c")
    await home.until_bodies(peer.jid, ["one", "two", "three"])
    await read_all(home, peer.jid)
    await peer.until(lambda: marked(peer) == ["b"])
    assert {m.state for m in await home.messages(peer.jid)} == {"read"}
    conversation = await home.conversation(peer.jid)
    assert (conversation.unread, conversation.first_unread) == (0, 0)


async def test_neither_strangers_nor_who_shall_not_know_are_told(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    stranger = await make_peer()
    await home.call(names.MESSAGES, "set_conversation", peer.jid, {"markers": False})
    for each in (peer, stranger):
        each.chat(home.jid, "hi", id="a", more=MARKABLE)
        await home.until_message(each.jid, "hi")
        await read_all(home, each.jid)
        await home.send(each.jid, "done")
        await each.until(lambda each=each: each.bodies() == ["done"])
        assert marked(each) == []


@pytest.mark.every_server
async def test_a_marker_of_the_peer_says_displayed_of_all_before_it(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    for body in ("one", "two", "three"):
        await home.send(peer.jid, body)
    await peer.until(lambda: len(peer.bodies()) == 3)
    ids = [m.get("id") for m in peer.messages() if xml.child_text(m, xml.CLIENT, "body")]
    peer.write(
        f"<message to='{home.jid}' type='chat'>"
        f"<displayed xmlns='urn:xmpp:chat-markers:0' id='{ids[1]}'/></message>"
    )
    await home.until_message(peer.jid, "two", "displayed")
    await home.until_message(peer.jid, "three", "sent")
    assert [m.state for m in await home.messages(peer.jid)] == ["displayed", "displayed", "sent"]


@pytest.mark.every_server
async def test_what_another_client_of_ours_has_shown_is_read_here(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    other = await make_peer(home.account, resource="other")
    peer.chat(home.jid, "one", id="a", more=MARKABLE)
    peer.chat(home.jid, "two", id="b", more=MARKABLE)
    await home.until_bodies(peer.jid, ["one", "two"])
    other.write(
        f"<message to='{peer.jid}' type='chat'>"
        "<displayed xmlns='urn:xmpp:chat-markers:0' id='a'/></message>"
    )
    await home.until_message(peer.jid, "one", "read")
    assert (await home.until_message(peer.jid, "two")).state == "unread"


@pytest.mark.every_server
async def test_what_the_user_marked_unread_stays_so_whatever_another_client_shows(
    make_home, make_peer
):
    home, peer = await befriended(make_home, make_peer)
    other = await make_peer(home.account, resource="other")
    for name in ("a", "b"):
        peer.chat(home.jid, name, id=name, more=MARKABLE)
    await home.until_bodies(peer.jid, ["a", "b"])
    one, _ = await home.messages(peer.jid)
    await home.call(names.MESSAGES, "mark_unread", peer.jid, one.id, {})
    peer.chat(home.jid, "c", id="c", more=MARKABLE)
    await home.until_message(peer.jid, "c")
    other.write(
        f"<message to='{peer.jid}' type='chat'>"
        "<displayed xmlns='urn:xmpp:chat-markers:0' id='c'/></message>"
    )
    await home.until_message(peer.jid, "c", "read")
    assert [m.state for m in await home.messages(peer.jid)] == ["unread", "unread", "read"]


async def test_reading_moves_forward_only_and_can_be_taken_back(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    bodies = ["one", "two", "three"]
    for body in bodies:
        peer.chat(home.jid, body)
    await home.until_bodies(peer.jid, bodies)
    ids = [m.id for m in await home.messages(peer.jid)]
    await home.call(names.MESSAGES, "mark_read", peer.jid, ids[2], {})
    await home.call(names.MESSAGES, "mark_read", peer.jid, ids[0], {})
    assert (await home.conversation(peer.jid)).read_up_to == ids[2]
    await home.call(names.MESSAGES, "mark_unread", peer.jid, ids[1], {})
    conversation = await home.conversation(peer.jid)
    assert (conversation.unread, conversation.first_unread) == (2, ids[1])
    assert conversation.read_up_to == ids[0]


async def test_what_is_read_is_told_by_the_record_of_its_conversation_alone(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    for body in ("one", "two"):
        peer.chat(home.jid, body)
    await home.until_bodies(peer.jid, ["one", "two"])
    before = (await home.messages(peer.jid))[-1].revision
    home.hub.events.clear()
    await read_all(home, peer.jid)
    assert home.hub.of(MessagesChanged) == []
    (told,) = home.hub.of(ConversationsChanged)
    assert [(each.unread, each.first_unread) for each in told.conversations] == [(0, 0)]
    assert told.conversations[0].last.state == "read"
    changed, _ = await home.call(names.MESSAGES, "changes", before, {})
    assert [(each.body, each.state) for each in changed] == [("one", "read"), ("two", "read")]


async def test_what_an_answer_has_not_read_of_all_before_it_is_told_one_by_one(
    make_home, make_peer
):
    home, peer = await befriended(make_home, make_peer)
    for body in ("one", "two"):
        peer.chat(home.jid, body)
    await home.until_bodies(peer.jid, ["one", "two"])
    ids = [each.id for each in await home.messages(peer.jid)]
    await read_all(home, peer.jid)
    await home.call(names.MESSAGES, "mark_unread", peer.jid, ids[1], {})
    peer.chat(home.jid, "three")
    await home.until_bodies(peer.jid, ["one", "two", "three"])
    home.hub.events.clear()
    other = await make_peer(home.account, resource="other")
    other.chat(peer.jid, "answer")
    await home.until_bodies(peer.jid, ["one", "two", "three", "answer"])
    told = [each for event in home.hub.of(MessagesChanged) for each in event.messages]
    assert ("three", "read") in [(each.body, each.state) for each in told]
    conversation = await home.conversation(peer.jid)
    assert (conversation.unread, conversation.first_unread) == (1, ids[1])


# -- in rooms


def marks(peer, address, stanza_id):
    marker = f"<displayed xmlns='urn:xmpp:chat-markers:0' id='{stanza_id}'/>"
    peer.write(f"<message to='{address}' type='groupchat'>{marker}</message>")


async def seen(home, address):
    found = await home.messages(address)
    return {each.body: each.more.get("displayed_by", []) for each in found}


async def until_seen(home, address, expected):
    async def is_so():
        return await seen(home, address) == expected

    await home.until(is_so)


@pytest.mark.every_server
async def test_who_has_seen_what_we_said_in_a_room_is_told_up_to_there(make_inmate, room):
    address, ann = room
    home = await make_inmate()
    for body in ("one", "two", "three"):
        await home.send(address, body)
        await home.until_message(address, body, "sent")
    one, two, _ = await home.messages(address)
    marks(ann, address, two.stanza_id)
    by_ann = [f"{address}/ann"]
    await until_seen(home, address, {"one": by_ann, "two": by_ann, "three": []})
    # They only move on, and nobody names a message by another id than that of the room.
    marks(ann, address, one.stanza_id)
    marks(ann, address, two.message_id)
    say(ann, address, "after")
    await home.until_message(address, "after")
    assert await seen(home, address) == {"one": by_ann, "two": by_ann, "three": [], "after": []}


async def test_a_flood_of_markers_keeps_the_last_of_each(make_inmate, room):
    address, ann = room
    home = await make_inmate()
    await home.send(address, "one")
    one = await home.until_message(address, "one", "sent")
    for number in range(200):
        marks(ann, address, f"never-there-{number}")
        marks(ann, address, one.stanza_id)
    await until_seen(home, address, {"one": [f"{address}/ann"]})
    assert await home.count("seen") == 1


@pytest.mark.parametrize("is_closed", [True, False])
async def test_a_room_is_told_what_we_read_where_members_know_each_other(
    make_inmate, room, is_closed
):
    address, ann = room
    home = await make_inmate()
    await home.call(names.MESSAGES, "set_conversation", address, {"markers": True})
    await home.execute(
        "UPDATE room SET nonanonymous = ?, members_only = 1 WHERE room = ?", is_closed, address
    )
    say(ann, address, "hello")
    message = await home.until_message(address, "hello")
    await home.call(names.MESSAGES, "mark_read", address, message.id, {})
    await home.send(address, "done")
    await ann.until(lambda: "done" in ann.bodies())
    assert marked(ann) == ([message.stanza_id] if is_closed else [])
