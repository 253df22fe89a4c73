"""Typing: told to contacts where the user allows it, never stored, never for ever."""

import pytest

from backendd.api import names
from backendd.core import xml
from backendd.core.messages import ConversationsChanged
from tests.features.test_receipts import befriended

pytestmark = pytest.mark.every_server

STATE = "<message to='{to}' type='chat'><{state} xmlns='http://jabber.org/protocol/chatstates'/></message>"


def states(peer):
    """Return the chat states that came, one for each message."""
    found = []
    for message in peer.messages():
        found += [
            each.tag.rpartition("}")[2]
            for each in message
            if each.tag.startswith("{" + xml.CHAT_STATES)
        ]
    return found


async def set_typing(home, peer, typing):
    await home.call(names.MESSAGES, "set_typing", peer.jid, typing, {})


async def test_a_contact_sees_us_type_and_stop_with_the_message(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await set_typing(home, peer, True)
    await set_typing(home, peer, True)
    await home.send(peer.jid, "typed")
    await peer.until(lambda: peer.bodies() == ["typed"])
    await set_typing(home, peer, False)
    await home.send(peer.jid, "end")
    await peer.until(lambda: peer.bodies() == ["typed", "end"])
    assert states(peer) == ["composing", "active", "active"]
    await home.until_message(peer.jid, "end", "sent")
    assert await home.count("outbox") == 0


async def test_typing_ends_by_itself(make_home, make_peer, monkeypatch):
    monkeypatch.setattr("backendd.features.typing.service.OUT_S", 0.01)
    home, peer = await befriended(make_home, make_peer)
    await set_typing(home, peer, True)
    await peer.until(lambda: states(peer) == ["composing", "paused"])


async def test_typing_ends_with_its_caller(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    leavers = []
    home.inside.when_caller_leaves = lambda caller, callback: leavers.append((caller, callback))
    await set_typing(home, peer, True)
    ((caller, leave),) = leavers
    assert caller == ":1.1"
    leave()
    await peer.until(lambda: states(peer) == ["composing", "paused"])


async def test_who_wasnt_told_that_we_type_isnt_told_that_we_stopped(make_home, make_peer):
    home, _ = await befriended(make_home, make_peer)
    stranger = await make_peer()
    leavers = []
    home.inside.when_caller_leaves = lambda caller, callback: leavers.append(callback)
    await set_typing(home, stranger, True)
    leavers[0]()
    await home.send(stranger.jid, "done")
    await stranger.until(lambda: stranger.bodies() == ["done"])
    assert "paused" not in states(stranger)


async def test_strangers_and_who_shall_not_know_are_told_nothing(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    stranger = await make_peer()
    await home.call(names.MESSAGES, "set_conversation", peer.jid, {"typing_out": False})
    for each in (peer, stranger):
        await set_typing(home, each, True)
        await home.send(each.jid, "done")
        await each.until(lambda each=each: each.bodies() == ["done"])
        assert "composing" not in states(each)


async def test_typing_while_offline_is_no_error_and_is_not_made_up_for(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await home.session.disconnect()
    await set_typing(home, peer, True)
    await home.online()
    await home.send(peer.jid, "later")
    await peer.until(lambda: peer.bodies() == ["later"])
    assert "composing" not in states(peer)


async def test_a_peer_is_shown_typing_until_the_message_comes(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    peer.chat(home.jid, "hi")
    await home.until_message(peer.jid, "hi")
    for end in (
        "<message to='{to}' type='chat'><body>said</body></message>",
        "<message to='{to}'><x xmlns='jabber:x:conference' jid='r@x.localhost'/></message>",
        STATE.replace("{state}", "paused"),
    ):
        peer.write(STATE.format(to=home.jid, state="composing"))
        await home.until(lambda: is_typing(home, peer))
        peer.write(end.format(to=home.jid))
        await home.until(lambda: is_silent(home, peer))
    assert home.hub.of(ConversationsChanged)


async def test_who_reacts_goes_on_typing(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    peer.chat(home.jid, "hi", id="hi")
    await home.until_message(peer.jid, "hi")
    peer.write(STATE.format(to=home.jid, state="composing"))
    peer.write(
        f"<message to='{home.jid}' type='chat' id='r'><body>&gt; hi 👍</body>"
        "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reactions:0'/>"
        "<reactions xmlns='urn:xmpp:reactions:0' id='hi'><reaction>👍</reaction></reactions>"
        "</message>"
    )

    async def has_reacted():
        return (await home.messages(peer.jid))[-1].more.get("reactions") == {"👍": [peer.jid]}

    await home.until(has_reacted)
    await home.until(lambda: is_typing(home, peer))


async def test_a_peer_who_vanishes_stops_typing(make_home, make_peer, monkeypatch):
    monkeypatch.setattr("backendd.features.typing.service.IN_S", 0.01)
    home, peer = await befriended(make_home, make_peer)
    peer.chat(home.jid, "hi")
    await home.until_message(peer.jid, "hi")
    await home.until(lambda: is_at_end(home, peer))
    home.hub.events.clear()
    peer.write(STATE.format(to=home.jid, state="composing"))
    await home.until(lambda: len(home.hub.of(ConversationsChanged)) > 1)
    await home.until(lambda: is_silent(home, peer))


async def is_at_end(home, peer):
    return (await home.page(peer.jid))[1] == "end"


async def is_typing(home, peer):
    return (await home.conversation(peer.jid)).typing == [peer.jid]


async def is_silent(home, peer):
    return (await home.conversation(peer.jid)).typing == []
