"""Typing, markers and receipts, as they are told in rooms and to occupants alone."""

import pytest

from backendd.api import names
from backendd.core import xml
from tests.backendd.session.rooms import join, leave, say

STATE = "<{} xmlns='http://jabber.org/protocol/chatstates'/>"
REQUEST = "<request xmlns='urn:xmpp:receipts'/>"
MARKABLE = "<markable xmlns='urn:xmpp:chat-markers:0'/>"


pytestmark = pytest.mark.every_server


def with_child(peer, namespace, name):
    """Return what came to `peer` that has such a child."""
    return [each for each in peer.messages() if xml.child(each, namespace, name) is not None]


async def typing(home, peer):
    found = await home.conversation(peer)
    return found.typing if found else []


async def read_all(home, peer):
    newest = (await home.messages(peer))[-1]
    await home.call(names.MESSAGES, "mark_read", peer, newest.id, {})


async def test_who_types_in_a_room_is_told_by_nick(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    composing = STATE.format("composing")
    peer.write(f"<message to='{address}' type='groupchat'>{composing}</message>")

    async def typing_here():
        return await typing(home, address)

    assert await home.until(typing_here) == [f"{address}/ann"]
    say(peer, address, "said")
    await home.until_message(address, "said")
    assert await typing_here() == []


async def test_nobody_types_in_a_room_that_we_have_left(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    composing = STATE.format("composing")
    peer.write(f"<message to='{address}' type='groupchat'>{composing}</message>")

    async def typing_here():
        return await typing(home, address)

    await home.until(typing_here)
    await leave(home, address)

    async def nobody_types():
        return not await typing_here()

    await home.until(nobody_types)


async def test_who_types_to_us_alone_does_not_type_in_the_room(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    peer.chat(f"{address}/me", "between us")
    await home.until_message(f"{address}/ann", "between us")
    peer.write(f"<message to='{address}/me' type='chat'>{STATE.format('composing')}</message>")

    async def typing_alone():
        return await typing(home, f"{address}/ann")

    assert await home.until(typing_alone) == [f"{address}/ann"]
    assert await typing(home, address) == []


async def test_a_room_hears_of_our_typing_only_if_that_is_wanted(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    await home.call(names.MESSAGES, "set_typing", address, True, {})
    await home.call(names.MESSAGES, "set_typing", address, False, {})
    await home.call(names.MESSAGES, "set_conversation", address, {"typing_out": True})
    await home.call(names.MESSAGES, "set_typing", address, True, {})
    await peer.until(lambda: with_child(peer, xml.CHAT_STATES, "composing"))
    (told,) = with_child(peer, xml.CHAT_STATES, "composing")
    assert (told.get("type"), told.get("from")) == ("groupchat", f"{address}/me")


async def test_an_occupant_hears_of_our_typing_to_them_alone(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    await home.call(names.MESSAGES, "set_typing", f"{address}/ann", True, {})
    await peer.until(lambda: with_child(peer, xml.CHAT_STATES, "composing"))
    (told,) = with_child(peer, xml.CHAT_STATES, "composing")
    assert (told.get("type"), told.get("from")) == ("chat", f"{address}/me")


async def test_a_room_is_told_what_we_have_read_only_if_that_is_wanted(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    await home.execute("UPDATE room SET nonanonymous = 1, members_only = 1 WHERE room = ?", address)
    for body in ("first", "second"):
        say(peer, address, body)
        await home.until_message(address, body)
        await read_all(home, address)
        await home.call(names.MESSAGES, "set_conversation", address, {"markers": True})
    await peer.until(lambda: with_child(peer, xml.MARKERS, "displayed"))
    (told,) = with_child(peer, xml.MARKERS, "displayed")
    newest = await home.until_message(address, "second")
    # Only the room's own id is the same for all (XEP-0333).
    assert xml.child(told, xml.MARKERS, "displayed").get("id") == newest.stanza_id
    assert (told.get("type"), told.get("from")) == ("groupchat", f"{address}/me")


async def test_what_we_have_read_of_a_room_on_another_client_is_read_here(
    make_inmate, make_peer, room
):
    address, peer = room
    home = await make_inmate()
    say(peer, address, "hello")
    heard = await home.until_message(address, "hello", "unread")
    client = await make_peer(home.account, resource="other")
    await join(client, address, "me")
    displayed = f"<displayed xmlns='{xml.MARKERS}' id='{heard.stanza_id}'/>"
    client.write(f"<message to='{address}' type='groupchat'>{displayed}</message>")
    await home.until_message(address, "hello", "read")


async def test_an_occupant_is_told_alone_what_we_have_and_have_read_of_theirs(make_inmate, room):
    address, peer = room
    home, ann = await make_inmate(), f"{room[0]}/ann"
    peer.chat(f"{address}/me", "between us", id="m1", more=REQUEST + MARKABLE)
    await home.until_message(ann, "between us")
    await read_all(home, ann)
    await peer.until(lambda: with_child(peer, xml.MARKERS, "displayed"))
    for namespace, name in ((xml.RECEIPTS, "received"), (xml.MARKERS, "displayed")):
        (told,) = with_child(peer, namespace, name)
        assert xml.child(told, namespace, name).get("id") == "m1"
        assert (told.get("type"), told.get("from")) == ("chat", f"{address}/me")
    say(peer, address, "to all")
    await home.until_message(address, "to all")


async def test_what_an_occupant_has_and_has_read_of_ours_is_known(make_inmate, room):
    address, peer = room
    home, ann = await make_inmate(), f"{room[0]}/ann"
    await home.send(ann, "between us")
    message = await home.until_message(ann, "between us", "sent")
    for name, namespace, state in (
        ("received", xml.RECEIPTS, "delivered"),
        ("displayed", xml.MARKERS, "displayed"),
    ):
        note = f"<{name} xmlns='{namespace}' id='{message.message_id}'/>"
        peer.write(f"<message to='{address}/me' type='chat'>{note}</message>")
        await home.until_message(ann, "between us", state)


async def test_nobody_in_a_room_gets_a_receipt_for_what_was_said_to_all(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    peer.write(
        f"<message to='{address}' type='groupchat' id='m1'><body>hello</body>{REQUEST}</message>"
    )
    await home.until_message(address, "hello")
    await home.send(address, "behind")
    await peer.until(lambda: "behind" in peer.bodies())
    assert with_child(peer, xml.RECEIPTS, "received") == []
