"""Somebody likes what another wrote, who finds that on the first screen."""

import pytest


@pytest.mark.every_server
async def test_a_person_finds_who_likes_their_post_until_they_open_it(server, user, ready, editor):
    await user(server, "alice")
    await user(server, "bob")
    hers, his = await ready("alice"), await ready("bob")
    hers.submit(":publish On tea")
    await hers.wait_for("Leaves and water")
    hers.submit(":publish-draft")
    await hers.wait_for('"On tea" is published')
    hers.submit(":home")
    await hers.wait_for("Nothing waits for you")
    his.submit(f":blog {server.jid('alice')}")
    await his.wait_for("On tea")
    his.press("enter")
    await his.wait_for("Post: On tea")
    his.submit(":like")
    await hers.wait_for(r'1 +likes .* of "On tea", by bob')
    his.submit(":like")
    await hers.wait_gone('of "On tea"')
    await hers.wait_for("Nothing waits for you")
    his.submit(":comment ♥")
    await hers.wait_for(r'1 +likes .* of "On tea", by bob')
    hers.press("enter")
    await hers.wait_for("Post: On tea")
    await hers.wait_for("♥ ?1")
    hers.submit(":home")
    await hers.wait_for("Nothing waits for you")
