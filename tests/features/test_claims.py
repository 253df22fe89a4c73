"""A message stands where it came, whatever time its sender claims; the claim is told beside."""

from backendd.core import xml

CLAIM = "<delay xmlns='urn:xmpp:delay' stamp='2019-05-04T10:00:00Z'/>"
CLAIMED = xml.parse_time("2019-05-04T10:00:00Z")


async def test_a_claimed_time_moves_no_message_from_its_place_live_or_from_the_archive(
    make_home, make_peer
):
    peer = await make_peer()
    home = await (await make_home()).online()
    peer.chat(home.jid, "old", more=CLAIM)
    old = await home.until_message(peer.jid, "old")
    peer.chat(home.jid, "new")
    new = await home.until_message(peer.jid, "new")
    assert (old.time, new.received) == (CLAIMED, 0)
    assert new.time - old.received < 60_000_000
    assert old.order == old.received
    await home.session.disconnect()
    peer.chat(home.jid, "older", more=CLAIM)
    peer.chat(home.jid, "newer")
    await peer.sync()
    await home.online()
    await home.until_bodies(peer.jid, ["old", "new", "older", "newer"])
    older = await home.until_message(peer.jid, "older")
    assert older.time == CLAIMED
    assert older.received > CLAIMED


async def test_a_claimed_time_makes_no_message_old_enough_to_be_removed(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home(keep_days=30)).online()
    peer.chat(home.jid, "old", more=CLAIM)
    await home.until_message(peer.jid, "old")
    (history,) = [part for part in home.session.parts if hasattr(part, "prune")]
    assert await history.prune() == 0
