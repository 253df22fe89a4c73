"""Calls for attention (XEP-0224): those of contacts ring, of now, and of a flood the first."""

import pytest

from backendd.api import names
from backendd.api.errors import NotAllowed, NotConnected, NotSupported
from backendd.core import clock, xml
from backendd.features.attention.model import LINE, ONCE_IN_US
from tests.features.test_mentions import have
from tests.features.test_receipts import befriended

NAMESPACE = "urn:xmpp:attention:0"
CALL = f"<attention xmlns='{NAMESPACE}'/>"


def call(peer, home, *, body="", more="", type="headline"):
    said = f"<body>{body}</body>" if body else ""
    peer.write(f"<message to='{home.jid}' type='{type}'>{CALL}{said}{more}</message>")


def is_call(stanza):
    return xml.child(stanza, NAMESPACE, "attention") is not None


@pytest.mark.every_server
async def test_ours_goes_out_at_once_and_stands_in_the_conversation(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await home.call(names.MESSAGES, "attention", peer.jid, {})
    await peer.until(lambda: any(map(is_call, peer.messages())))
    (stanza,) = filter(is_call, peer.messages())
    assert stanza.get("type") == "headline"
    line = await home.until_message(peer.jid, LINE, "sent")
    assert (line.type, line.direction) == ("system", "out")
    await home.execute("UPDATE message SET state = 'failed' WHERE id = ?", line.id)
    with pytest.raises(NotAllowed, match="the backend wrote this"):
        await home.call(names.MESSAGES, "retry", line.id, {})


async def test_nobody_is_called_later_and_no_room(make_inmate, room, make_peer):
    address, _ = room
    home, peer = await make_inmate(), await make_peer()
    with pytest.raises(NotSupported):
        await home.call(names.MESSAGES, "attention", address, {})
    await home.session.disconnect()
    with pytest.raises(NotConnected):
        await home.call(names.MESSAGES, "attention", peer.jid, {})
    assert await home.messages(peer.jid) == ()


@pytest.mark.every_server
async def test_a_call_of_a_contact_is_a_line_that_asks_for_attention(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    call(peer, home)
    line = await home.until_message(peer.jid, LINE)
    assert (line.type, line.more) == ("system", {"attention": True})
    call(peer, home, body="hello?")
    text = await home.until_message(peer.jid, "hello?")
    assert (text.type, text.more) == ("message", {})


async def test_a_flood_of_calls_is_one_line_and_one_call(make_home, make_peer, monkeypatch):
    home, peer = await befriended(make_home, make_peer)
    for _ in range(200):
        call(peer, home)
    for number in range(50):
        call(peer, home, body=f"m{number}")
    await home.until_message(peer.jid, "m49")
    found = await home.messages(peer.jid)
    assert [each.body for each in found] == [LINE, *(f"m{number}" for number in range(50))]
    assert [each.id for each in found if each.more] == [found[0].id]
    now = clock.now_us
    monkeypatch.setattr(clock, "now_us", lambda: now() + ONCE_IN_US)
    call(peer, home)
    await home.until(lambda: home.messages(peer.jid))
    last = await home.until_message(peer.jid, "m49")
    await peer.sync()

    async def is_called_again():
        newest = (await home.messages(peer.jid))[-1]
        return newest.id != last.id and newest.more == {"attention": True}

    await home.until(is_called_again)


async def test_strangers_and_who_was_held_up_are_read_and_do_not_call(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    stranger = await make_peer()
    call(stranger, home, body="you there")
    delay = "<delay xmlns='urn:xmpp:delay' stamp='2026-01-01T00:00:00Z'/>"
    call(peer, home, body="late", more=delay)
    assert (await home.until_message(stranger.jid, "you there")).more == {}
    assert (await home.until_message(peer.jid, "late")).more == {}


async def test_who_wants_no_calls_gets_the_line_alone_and_announces_nothing(make_home, make_peer):
    peer = await make_peer()
    home = await make_home()
    assert NAMESPACE in features(home)
    have(home, attention=False)
    assert NAMESPACE not in features(home)
    await home.online()
    call(peer, home)
    assert (await home.until_message(peer.jid, LINE)).more == {}


def features(home):
    return {name for part in home.session.parts for name in part.disco_features}
