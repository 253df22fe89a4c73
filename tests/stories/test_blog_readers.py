"""Somebody writes for some people: they read it, and others are told that it isn't for them."""

import pytest

from backendd.core.attachments import node_of
from backendd.core.entries import COMMENTS, MICROBLOG
from backendd.core.uris import ItemAddress
from tests.backendd.session.peer import Peer
from tests.features.test_blog_access import may_read
from tests.features.test_publishing import items_of
from tests.features.test_shut_out_readers import BOTH, NEITHER, may_say


@pytest.mark.every_server
async def test_whom_a_blog_is_for_sees_it_and_others_are_told_that_it_is_not(
    server, user, ready, editor
):
    for name in ("alice", "carol", "dave"):
        await user(server, name)
    alice = await ready("alice")
    alice.submit(f":blog-access whitelist {server.jid('carol')}")
    await alice.wait_for("for .*carol")
    alice.submit(":publish For you alone")
    await alice.wait_for("Leaves and water")
    alice.submit(":publish-draft")
    await alice.wait_for('"For you alone" is published')
    carol = await ready("carol")
    carol.submit(f":blog {server.jid('alice')}")
    await carol.wait_for("For you alone")
    carol.press("enter")
    await carol.wait_for("Post: For you alone")
    carol.submit(":comment Thank you")
    await carol.wait_for("1 comment")
    dave = await ready("dave")
    dave.submit(f":blog {server.jid('alice')}")
    await dave.wait_for("let")
    assert "For you alone" not in dave.text
    alice.submit(f":blog-access whitelist {server.jid('dave')}")
    await alice.wait_for("for .*dave")
    dave.submit(f":blog {server.jid('alice')}")
    await dave.wait_for("For you alone")
    dave.press("enter")
    await dave.wait_for("Thank you")


# Prosody lets nobody be let in.
@pytest.mark.every_server(but=["prosody"])
async def test_a_reader_waits_for_approval_is_let_in_and_reads(server, user, ready, editor):
    for name in ("alice", "carol"):
        await user(server, name)
    alice, carol = await ready("alice"), await ready("carol")
    alice.submit(":blog-access authorize")
    await alice.wait_for("for those whom its owner lets in")
    alice.submit(":publish For whom I know")
    await alice.wait_for("Leaves and water")
    alice.submit(":publish-draft")
    await alice.wait_for('"For whom I know" is published')
    carol.submit(f":follow {server.jid('alice')}")
    await carol.wait_for("waits for approval")
    await alice.wait_for('asks to read "your blog"')
    alice.submit(":next-notification")
    await alice.wait_for("Let them read it")
    alice.press("enter")
    await alice.wait_for('may read "your blog"')
    await carol.wait_for("its owner lets you read")
    carol.submit(f":blog {server.jid('alice')}")
    await carol.wait_for("For whom I know")


@pytest.mark.every_server
async def test_who_is_shut_out_says_nothing_to_old_posts_and_who_is_let_in_later_does(
    server, user, ready, editor
):
    for name in ("alice", "carol"):
        await user(server, name)
    peers = [await Peer(server, name, resource="other").online() for name in ("alice", "carol")]
    hers, theirs = peers
    dave = await Peer(server, "dave").online()
    alice = await ready("alice")
    alice.submit(f":blog-access whitelist {theirs.jid}")
    await alice.wait_for("for .*carol")
    alice.submit(":publish For you alone")
    await alice.wait_for("Leaves and water")
    alice.submit(":publish-draft")
    await alice.wait_for('"For you alone" is published')
    carol = await ready("carol")
    carol.submit(f":blog {hers.jid}")
    await carol.wait_for("For you alone")
    carol.press("enter")
    await carol.wait_for("Post: For you alone")
    carol.submit(":comment Thank you")
    await carol.wait_for("│ Thank you")
    await carol.wait_gone("waits to be published")
    (post,) = await items_of(hers, None)
    assert await may_say(dave, hers, post.id) == NEITHER
    alice.submit(f":blog-access whitelist {dave.jid}")
    await alice.wait_for("for .*dave")
    likes = node_of(ItemAddress(hers.jid, MICROBLOG, post.id))
    for node in (COMMENTS + post.id, likes):
        while await may_read(theirs, hers.jid, node):
            await theirs.sync()
    carol.submit(":comment Still here")
    await carol.wait_for("is not published: alice@x\\.localhost")
    carol.submit(":like")
    await carol.wait_for("your like of a post of alice@x.localhost is taken back")
    assert await may_say(theirs, hers, post.id) == NEITHER
    assert await may_say(dave, hers, post.id) == BOTH
    await alice.wait_for("♥ 1")
    for each in (*peers, dave):
        await each.close()
