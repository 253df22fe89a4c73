"""Somebody talks with others below what one of them has written."""

from backendd.core import pubsub
from backendd.core.entries import MICROBLOG
from backendd.core.uris import ItemAddress, encode
from tests.backendd.session.peer import Peer
from tests.features.test_comments import NODE, POST, attachments_node, comment, post

ATOM = "{http://www.w3.org/2005/Atom}"


async def said(peer):
    """Return what is said to the post of a peer, by what each is called."""
    items = await listed(peer, NODE)
    return {each.id: each.payload.findtext(f"{ATOM}title") for each in items}


async def listed(peer, node):
    asked = f"<pubsub xmlns='{pubsub.PUBSUB}'><items node='{node}'/></pubsub>"
    return pubsub.decode_items(await peer.ask("get", None, asked)).items


async def test_people_talk_below_a_post(server, user, tui):
    await user(server, "alice")
    bob = await Peer(server, "bob").online()
    await post(bob)
    await comment(bob, bob, "welcome", "what do you say")
    terminal = await tui("-p", "alice")
    await terminal.wait_for("NORMAL|INSERT")
    terminal.press("esc")
    terminal.submit(f":post {encode(ItemAddress(bob.jid, MICROBLOG, POST))}")
    await terminal.wait_for("what do you say")
    terminal.press("+")
    await terminal.wait_for(r"♥ 1 \(you too\)")
    terminal.press("c")
    await terminal.wait_for("comment >")
    terminal.submit("well done")
    await terminal.wait_for("│ well done")
    await terminal.wait_gone("waits to be published")
    (like,) = await listed(bob, attachments_node(bob))
    assert like.id == server.jid("alice")
    mine = next(id for id, text in (await said(bob)).items() if text == "well done")
    await comment(bob, bob, "thanks", "thank you", hours=2, parent=mine)
    terminal.submit(f":blog {bob.jid}")
    await terminal.wait_for(r"❞\d")
    terminal.press("C")
    await terminal.wait_for("│ thank you")
    terminal.submit(":reply you too")
    await terminal.wait_for("│ you too")
    await terminal.wait_gone("waits to be published")
    assert sorted((await said(bob)).values()) == [
        "thank you", "well done", "what do you say", "you too",
    ]  # fmt: skip
    terminal.press("d")
    await terminal.wait_for("Take a comment back")
    terminal.submit("y")
    # Prosody takes back for others only what is in a node of their own.
    await terminal.wait_for("it could not be taken back")
    await bob.close()
