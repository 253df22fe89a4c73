"""Deleting what was said in a conversation: it is gone here, and does not come back."""

import pytest

from backendd.api import names
from backendd.core.messages import MessagesRemoved
from backendd.features.deletion import store
from backendd.store import conversations
from tests.backendd.session.rooms import say

pytestmark = pytest.mark.every_server

# As if nothing of the archive had been read.
UNREAD = "UPDATE archive SET cursor = '', cursor_time = 1, caught_up = 0"


def numbered(first, last):
    return [f"m{n}" for n in range(first, last)]


async def talk(peer, home_jid, bodies):
    for body in bodies:
        peer.chat(home_jid, body, id=f"id-{body}")
    await peer.sync()


async def delete(home, peer):
    await home.call(names.MESSAGES, "delete_local", peer, {})


async def talking(make_home, make_peer, count):
    """Return a home with so many messages of a peer, and the peer."""
    peer = await make_peer()
    home = await (await make_home(archive_page=5)).online()
    await home.until(lambda: not home.inside.is_syncing)
    await talk(peer, home.jid, numbered(0, count))
    await home.until_bodies(peer.jid, numbered(0, count))
    return home, peer


async def test_what_is_deleted_is_nowhere_here_any_more(make_home, make_peer, monkeypatch):
    monkeypatch.setattr(store, "AT_ONCE", 2)
    home, peer = await talking(make_home, make_peer, 5)
    await home.call(names.MESSAGES, "set_draft", peer.jid, "draft", {})
    ids = [message.id for message in await home.messages(peer.jid)]
    await delete(home, peer.jid)
    assert await home.bodies(peer.jid) == []
    assert await home.conversation(peer.jid) is None
    assert await home.call(names.MESSAGES, "search", "m1", {}) == []
    assert [id for each in home.hub.of(MessagesRemoved) for id in each.ids] == ids
    assert await home.count("archived") == 0
    await delete(home, peer.jid)  # again it is nothing
    await home.call(names.MESSAGES, "open", peer.jid, {})
    assert await home.page(peer.jid) == ([], "end", False)
    assert (await home.conversation(peer.jid)).draft == ""


async def test_it_does_not_come_back_by_catching_up(make_home, make_peer):
    home, peer = await talking(make_home, make_peer, 12)
    await delete(home, peer.jid)
    await home.session.disconnect()
    await home.execute(UNREAD)
    await talk(peer, home.jid, ["after"])
    await home.online()
    await home.until(lambda: not home.inside.is_syncing)
    assert await home.bodies(peer.jid) == ["after"]


async def test_what_was_never_here_comes_though_it_was_said_before_that(make_home, make_peer):
    home, peer = await talking(make_home, make_peer, 3)
    await home.session.disconnect()
    await talk(peer, home.jid, ["unseen"])
    await delete(home, peer.jid)
    await home.execute(UNREAD)
    await home.online()
    await home.until_message(peer.jid, "unseen", "unread")
    await home.until(lambda: not home.inside.is_syncing)
    assert await home.bodies(peer.jid) == ["unseen"]


async def test_what_is_said_again_with_the_same_id_is_not_what_was_deleted(make_home, make_peer):
    home, peer = await talking(make_home, make_peer, 1)
    await delete(home, peer.jid)
    await talk(peer, home.jid, ["m0"])
    await home.until_bodies(peer.jid, ["m0"])


async def test_what_waits_to_be_sent_is_not_sent(make_home, make_peer):
    home, peer = await make_home(), await make_peer()
    await home.send(peer.jid, "never said")
    await delete(home, peer.jid)
    await home.online()
    await home.send(peer.jid, "said")
    await peer.until(lambda: peer.bodies() == ["said"])


async def test_who_is_killed_amid_it_has_all_removed_after_the_next_start(make_home, make_peer):
    home, peer = await talking(make_home, make_peer, 3)

    def begin(ledger):
        store.begin(ledger, conversations.find(ledger, peer.jid))

    await home.inside.store.write(begin)
    await home.crash()
    await home.come_back()
    await home.until_bodies(peer.jid, [])


async def test_a_room_in_which_we_are_stays_and_goes_on(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    say(peer, address, "before")
    await home.until_bodies(address, ["before"])
    await delete(home, address)
    assert await home.bodies(address) == []
    assert (await home.conversation(address)).joined
    say(peer, address, "after")
    await home.until_bodies(address, ["after"])
