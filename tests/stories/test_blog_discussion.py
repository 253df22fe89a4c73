"""Somebody writes a post, and another follows the blog, answers and likes it."""

import pytest


@pytest.mark.every_server
async def test_a_post_is_written_read_answered_and_liked(server, user, ready, editor):
    await user(server, "alice")
    await user(server, "bob")
    hers, his = await ready("alice"), await ready("bob")
    hers.submit(":publish On tea")
    await hers.wait_for("Leaves and water")
    hers.submit(":publish-draft")
    await hers.wait_for('"On tea" is published')
    his.submit(f":blog {server.jid('alice')}")
    await his.wait_for("On tea")
    his.submit(":follow")
    await his.wait_for("you follow alice")
    his.press("enter")
    await his.wait_for("Post: On tea")
    his.submit(":like")
    await his.wait_for("♥ ?1")
    his.submit(":comment Milk first")
    await his.wait_for("Milk first")
    hers.submit(":blog")
    await hers.wait_for("On tea +♥1 ❞1")
    hers.press("enter")
    await hers.wait_for("Milk first")
    hers.press("c")
    hers.submit("Never")
    await his.wait_for("Never")
    await his.wait_for("2 comments")
    hers.press("esc")
    hers.submit(":blog")
    await hers.wait_for("On tea +♥1 ❞2")
