"""Somebody writes over what others said, as Prosody lets them: it is not taken for theirs."""

from backendd.core.entries import MICROBLOG
from backendd.core.uris import ItemAddress, encode
from tests.backendd.session.peer import Peer
from tests.features.test_comments import POST, comment, post
from tests.stories.test_comments import said


async def test_what_another_wrote_over_says_who_did_as_far_as_that_is_known(server, user, ready):
    alice = await user(server, "alice")
    bob, carol, dave = [await Peer(server, name).online() for name in ("bob", "carol", "dave")]
    await post(bob)
    await comment(carol, bob, "hers", "tea for me", hours=1)
    terminal = await ready("alice")
    shown = f":post {encode(ItemAddress(bob.jid, MICROBLOG, POST))}"
    terminal.submit(shown)
    # Nothing tells who has said what was said before.
    await terminal.wait_for(r"carol@x\.localhost \?")
    await terminal.wait_for("tea for me")
    await comment(carol, bob, "second", "green tea", hours=2)
    await terminal.wait_for(r"carol@x\.localhost  \d")
    terminal.submit(":comment and for me")
    await terminal.wait_for("and for me")
    await terminal.wait_gone("waits to be published")
    mine = next(id for id, text in (await said(bob)).items() if text == "and for me")
    for id, of in (("second", carol.jid), (mine, server.jid("alice"))):
        await comment(dave, bob, id, f"coffee {id}", hours=3, author=of)
        await terminal.wait_for(f"coffee {id}")
        await terminal.wait_for(rf"{of} \? put there by {dave.jid}")
    terminal.submit(":disconnect")
    await alice.wait_state("offline")
    await comment(dave, bob, "second", "beer", hours=4, author=carol.jid)
    terminal.submit(":connect")
    await alice.wait_state("online")
    # Once messages reach her, so does what services tell.
    dave.chat(server.jid("alice"), "are you there?")
    await alice.wait_for(dave.jid, lambda message: message["body"] == "are you there?")
    terminal.submit(shown)
    await terminal.wait_for("beer")
    # What came meanwhile is told, with who has said it.
    await terminal.wait_for(rf"{carol.jid} \? put there by {dave.jid}  2026-01-01 04:00.*\n.*beer")
    for each in (bob, carol, dave):
        await each.close()
