"""How far conversations are read, in step with our other clients (XEP-0490)."""

from contextlib import suppress

import pytest

from backendd.api import names
from backendd.api.errors import BackendError
from backendd.core import pubsub, xml
from tests.backendd.session.rooms import NICK, be_back, say

NODE = "urn:xmpp:mds:displayed:0"
pytestmark = pytest.mark.every_server


def publication(peer, archive, stanza_id):
    return (
        f"<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='{NODE}'>"
        f"<item id='{peer}'><displayed xmlns='{NODE}'>"
        f"<stanza-id xmlns='urn:xmpp:sid:0' by='{archive}' id='{stanza_id}'/>"
        "</displayed></item></publish></pubsub>"
    )


async def published(other):
    """Return what our account has published: ids by whose they are."""
    query = f"<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='{NODE}'/></pubsub>"
    answer = await other.ask("get", None, query)
    return {item.id: item.payload[0].attrib for item in pubsub.decode_items(answer).items}


async def until_published(other, home, expected):
    while True:
        with suppress(BackendError):  # no such node yet
            if await published(other) == expected:
                return
        await other.sync()


async def hearing(make_home, make_peer, *bodies):
    """Return a home, a peer who has written to it, and another client of ours."""
    peer = await make_peer()
    home = await (await make_home()).online()
    other = await make_peer(home.account, resource="other")
    await home.until(lambda: not home.inside.is_syncing)
    for body in bodies:
        peer.chat(home.jid, body)
        await home.until_message(peer.jid, body)
    return home, peer, other, {m.body: m for m in await home.messages(peer.jid)}


async def states(home, peer):
    return [m.state for m in await home.messages(peer)]


async def test_what_is_read_here_is_published_by_the_id_of_the_archive(make_home, make_peer):
    home, peer, other, said = await hearing(make_home, make_peer, "one", "two")
    await home.call(names.MESSAGES, "mark_read", peer.jid, said["two"].id, {})
    expected = {peer.jid: {"by": home.jid, "id": said["two"].stanza_id}}
    await until_published(other, home, expected)
    # What is read once more, further up, says nothing new.
    await home.call(names.MESSAGES, "mark_unread", peer.jid, said["one"].id, {})
    await home.call(names.MESSAGES, "mark_read", peer.jid, said["one"].id, {})
    await home.send(peer.jid, "done")
    await home.until_message(peer.jid, "done", "sent")
    assert await published(other) == expected
    # Nobody else may know.
    with pytest.raises(BackendError):
        await peer.ask(
            "get",
            home.jid,
            f"<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='{NODE}'/></pubsub>",
        )


async def test_what_is_read_offline_is_published_with_the_next_stream(make_home, make_peer):
    home, peer, other, said = await hearing(make_home, make_peer, "one")
    await home.session.disconnect()
    await home.call(names.MESSAGES, "mark_read", peer.jid, said["one"].id, {})
    await home.online()
    await until_published(other, home, {peer.jid: {"by": home.jid, "id": said["one"].stanza_id}})


async def test_what_another_client_has_read_is_read_here_up_to_there(make_home, make_peer):
    home, peer, other, said = await hearing(make_home, make_peer, "one", "two", "three")
    await other.ask("set", None, publication(peer.jid, home.jid, said["two"].stanza_id))
    await home.until_message(peer.jid, "two", "read")
    assert await states(home, peer.jid) == ["read", "read", "unread"]
    assert (await home.conversation(peer.jid)).unread == 1
    # It only moves on.
    await other.ask("set", None, publication(peer.jid, home.jid, said["one"].stanza_id))
    await other.ask("set", None, publication(peer.jid, home.jid, said["three"].stanza_id))
    await home.until_message(peer.jid, "three", "read")


async def test_what_the_user_marked_unread_stays_so(make_home, make_peer):
    home, peer, other, said = await hearing(make_home, make_peer, "one", "two", "three")
    await home.call(names.MESSAGES, "mark_read", peer.jid, said["one"].id, {})
    expected = {peer.jid: {"by": home.jid, "id": said["one"].stanza_id}}
    await until_published(other, home, expected)  # by two at once, the node isn't there for one
    await home.call(names.MESSAGES, "mark_unread", peer.jid, said["one"].id, {})
    await home.execute("UPDATE message SET marked = 0 WHERE id <> ?", said["one"].id)
    await other.ask("set", None, publication(peer.jid, home.jid, said["three"].stanza_id))
    await home.until_message(peer.jid, "three", "read")
    assert await states(home, peer.jid) == ["unread", "read", "read"]


async def test_what_was_read_elsewhere_while_we_were_away_is_not_unread(make_home, make_peer):
    home, peer, other, _ = await hearing(make_home, make_peer, "one")
    await home.session.disconnect()
    peer.chat(home.jid, "two")
    peer.chat(home.jid, "three")
    await other.until(lambda: "three" in other.bodies())
    (two,) = [m for m in other.messages() if xml.child_text(m, xml.CLIENT, "body") == "two"]
    note = xml.child(two, xml.STANZA_IDS, "stanza-id")
    await other.ask("set", None, publication(peer.jid, home.jid, note.get("id")))
    await home.online()
    await home.until_message(peer.jid, "two", "read")
    await home.until_message(peer.jid, "three", "unread")
    assert await states(home, peer.jid) == ["read", "read", "unread"]


@pytest.mark.parametrize("how", ["by another", "unknown", "of another conversation", "bare"])
async def test_a_state_that_names_none_of_its_conversation_marks_nothing(make_home, make_peer, how):
    home, peer, other, said = await hearing(make_home, make_peer, "one")
    stranger = await make_peer()
    stranger.chat(home.jid, "two")
    await home.until_message(stranger.jid, "two")
    one = said["one"].stanza_id
    await other.ask(
        "set",
        None,
        {
            "by another": publication(peer.jid, stranger.jid, one),
            "unknown": publication(peer.jid, home.jid, "never-there"),
            "of another conversation": publication(stranger.jid, home.jid, one),
            "bare": publication("@", home.jid, one),
        }[how],
    )
    stranger.chat(home.jid, "after")
    await home.until_message(stranger.jid, "after")
    assert set(await states(home, peer.jid) + await states(home, stranger.jid)) == {"unread"}


async def test_nobody_else_says_what_we_have_read(make_home, make_peer):
    home, peer, _, said = await hearing(make_home, make_peer, "one")
    event = publication(peer.jid, home.jid, said["one"].stanza_id)
    inside = event[event.index("<item") : event.index("</publish>")]
    peer.write(
        f"<message to='{home.jid}' type='headline'>"
        "<event xmlns='http://jabber.org/protocol/pubsub#event'>"
        f"<items node='{NODE}'>{inside}</items></event></message>"
    )
    peer.chat(home.jid, "after")
    await home.until_message(peer.jid, "after")
    assert await states(home, peer.jid) == ["unread", "unread"]


async def test_in_a_room_it_goes_by_the_id_of_the_room(make_inmate, make_peer, room):
    address, ann = room
    home = await make_inmate()
    other = await make_peer(home.account, resource="other")
    for body in ("one", "two"):
        say(ann, address, body)
        await home.until_message(address, body)
    one, two = await home.messages(address)
    await other.ask("set", None, publication(address, address, one.stanza_id))
    await home.until_message(address, "one", "read")
    await home.call(names.MESSAGES, "mark_read", address, two.id, {})
    await until_published(other, home, {address: {"by": address, "id": two.stanza_id}})


async def test_what_was_read_of_a_room_elsewhere_while_we_were_away_is_not_unread(
    make_inmate, make_peer, room
):
    address, ann = room
    home = await make_inmate()
    other = await make_peer(home.account, resource="other")
    say(ann, address, "one")
    await home.until_message(address, "one")
    await home.session.disconnect()
    for body in ("two", "three"):
        say(ann, address, body)
    await ann.until(lambda: "three" in ann.bodies())
    (two,) = [m for m in ann.messages() if xml.child_text(m, xml.CLIENT, "body") == "two"]
    note = xml.child(two, xml.STANZA_IDS, "stanza-id")
    await other.ask("set", None, publication(address, address, note.get("id")))
    await be_back(home, address)
    await home.until_message(address, "two", "read")
    assert await states(home, address) == ["read", "read", "unread"]
    assert (await home.conversation(address)).unread == 1


async def test_what_an_occupant_said_to_us_alone_goes_by_room_and_nick(
    make_inmate, make_peer, room
):
    address, ann = room
    home, whom = await make_inmate(), f"{room[0]}/ann"
    other = await make_peer(home.account, resource="other")
    for body in ("one", "two"):
        ann.chat(f"{address}/{NICK}", body, id=body)
        await home.until_message(whom, body)
    one, two = await home.messages(whom)
    await other.ask("set", None, publication(whom, home.jid, one.stanza_id))
    await home.until_message(whom, "one", "read")
    await home.call(names.MESSAGES, "mark_read", whom, two.id, {})
    await until_published(other, home, {whom: {"by": home.jid, "id": two.stanza_id}})


async def test_in_a_room_the_user_s_unread_stays_so_and_nobody_there_reads_for_us(
    make_inmate, make_peer, room
):
    address, ann = room
    home = await make_inmate()
    other = await make_peer(home.account, resource="other")
    for body in ("one", "two"):
        say(ann, address, body)
        await home.until_message(address, body)
    _, two = await home.messages(address)
    await home.call(names.MESSAGES, "mark_unread", address, two.id, {})
    # Our account names nothing that is said in a room.
    await other.ask("set", None, publication(address, home.jid, two.stanza_id))
    say(ann, address, "three")
    three = await home.until_message(address, "three")
    assert await states(home, address) == ["unread"] * 3
    await other.ask("set", None, publication(address, address, three.stanza_id))
    await home.until_message(address, "three", "read")
    assert await states(home, address) == ["read", "unread", "read"]
