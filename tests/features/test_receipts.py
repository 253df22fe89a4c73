"""Receipts: given to contacts who see us, believed from the addressee, in any order."""

import pytest

from backendd.core import xml

pytestmark = pytest.mark.every_server


def receipts(peer):
    found = (xml.child(m, xml.RECEIPTS, "received") for m in peer.messages())
    return [each.get("id") for each in found if each is not None]


async def befriended(make_home, make_peer):
    """Return a home whose account sees the peer and is seen by it, and the peer."""
    peer = await make_peer()
    home = await make_home()
    proxy = await make_peer(home.account, resource="proxy")
    await proxy.befriend(peer)
    await proxy.close()
    return await home.online(), peer


ASK = "<request xmlns='urn:xmpp:receipts'/>"


async def test_a_contact_who_sees_us_gets_a_receipt_and_a_stranger_does_not(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    stranger = await make_peer()
    stranger.chat(home.jid, "who are you", id="s1", more=ASK)
    await home.until_message(stranger.jid, "who are you")
    peer.chat(home.jid, "hi", id="p1", more=ASK)
    await peer.until(lambda: receipts(peer) == ["p1"])
    await home.send(stranger.jid, "nobody")
    await stranger.until(lambda: stranger.bodies() == ["nobody"])
    assert receipts(stranger) == []


async def test_what_was_caught_up_gets_its_receipt_and_history_does_not(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await home.session.disconnect()
    peer.chat(home.jid, "while away", id="p1", more=ASK)
    await peer.sync()
    await home.online()
    await peer.until(lambda: receipts(peer) == ["p1"])
    await home.session.disconnect()
    await home.execute("DELETE FROM archive")
    await home.execute("DELETE FROM conversation")
    await home.online()
    message = await home.until_message(peer.jid, "while away")
    assert message.state == "read"
    await home.send(peer.jid, "done")
    await peer.until(lambda: peer.bodies()[-1:] == ["done"])
    assert receipts(peer) == ["p1"]


async def test_a_receipt_says_delivered_and_the_message_is_not_sent_again(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await home.send(peer.jid, "hello")
    message = await home.until_message(peer.jid, "hello", "sent")
    # As if the acknowledgement had been lost.
    await home.execute(
        "INSERT INTO outbox (profile, message, stanza, time, sm_id, number, tries) "
        "VALUES (1, ?, '<message/>', 0, 'gone', 1, 1)",
        message.id,
    )
    peer.write(
        f"<message to='{home.jid}' type='chat'>"
        f"<received xmlns='urn:xmpp:receipts' id='{message.message_id}'/></message>"
    )
    await home.until_message(peer.jid, "hello", "delivered")
    assert await home.count("outbox") == 0


async def test_a_receipt_before_the_message_of_another_client_is_kept_for_it(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    peer.chat(home.jid, "hi")
    await home.until_message(peer.jid, "hi")
    peer.write(
        f"<message to='{home.jid}' type='chat'>"
        "<received xmlns='urn:xmpp:receipts' id='later'/></message>"
    )
    await peer.sync()
    other = await make_peer(home.account, resource="other")
    other.chat(peer.jid, "mine", id="later")
    await home.until_message(peer.jid, "mine", "delivered")
    assert await home.count("reference") == 0


async def test_receipts_for_what_never_comes_fill_no_disk(make_home, make_peer, monkeypatch):
    monkeypatch.setattr("backendd.store.references.MOST", 5)
    home, peer = await befriended(make_home, make_peer)
    peer.chat(home.jid, "hi")
    await home.until_message(peer.jid, "hi")
    for number in range(20):
        peer.write(
            f"<message to='{home.jid}' type='chat'>"
            f"<received xmlns='urn:xmpp:receipts' id='never{number}'/></message>"
        )
    peer.chat(home.jid, "last")
    await home.until_message(peer.jid, "last")
    assert await home.count("reference") == 5
