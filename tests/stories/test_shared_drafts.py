"""One conversation in two terminals: they share what is typed, and say it once."""

import os
import signal

import pytest

from backendd.core.entries import MICROBLOG
from backendd.core.uris import ItemAddress, encode
from tests.backendd.session.peer import Peer
from tests.features.test_comments import POST, comment, post
from tests.stories.test_comments import said as comments


@pytest.fixture
async def two(server, user, ready):
    """Alice at the backend, and two terminals of hers in which she writes to Bob."""
    alice = await user(server, "alice")
    terminals = await ready("alice"), await ready("alice")
    for each in terminals:
        each.submit(f":chat {server.jid('bob')}")
        await each.wait_for(f"^.*{server.jid('bob')}")
        await each.wait_for("INSERT")
    return alice, *terminals


async def at_once(backend, *terminals):
    """Press Enter in all terminals before the backend hears of any."""
    os.kill(backend.pid, signal.SIGSTOP)
    try:
        for each in terminals:
            each.press("enter")
        for each in terminals:
            await each.wait_gone("good")
    finally:
        os.kill(backend.pid, signal.SIGCONT)


async def said(alice, server):
    return [each["body"] for each in await alice.messages(server.jid("bob"))]


async def test_what_two_terminals_send_at_the_same_moment_is_said_once(two, server, backend):
    alice, one, other = two
    one.write("good morning")
    await other.wait_for("good morning")
    await at_once(backend, one, other)
    for each in (one, other):
        await each.wait_for("│.* good morning")
        each.submit("ok")
        await each.wait_for("│.* ok")
        each.submit("ok")  # what is said twice is meant so
    for each in (one, other):
        await each.wait_for(r"(?s)(│[^\n]* ok.*){4}")
    assert await said(alice, server) == ["good morning", *["ok"] * 4]


async def test_what_each_has_made_of_it_is_said_as_well(two, server, backend):
    alice, one, other = two
    one.write("good ")
    await other.wait_for("good")
    os.kill(backend.pid, signal.SIGSTOP)  # neither hears what the other makes of it
    one.write("morning")
    other.write("night")
    await one.wait_for("good morning")
    await other.wait_for("good night")
    await at_once(backend, one, other)
    for each in (one, other):
        await each.wait_for("│.* good morning")
        await each.wait_for("│.* good night")
    assert sorted(await said(alice, server)) == ["good morning", "good night"]


async def test_what_one_has_sent_the_other_has_typed_no_more(two, server):
    alice, one, other = two
    one.write("good")
    await other.wait_for("good")
    one.submit(" morning")
    await other.wait_for("│.* good morning")
    await other.wait_gone("> good")
    other.press("enter")
    other.submit("done")
    await one.wait_for("│.* done")
    assert await said(alice, server) == ["good morning", "done"]


async def test_who_says_something_else_leaves_what_is_typed(two, server):
    alice, one, other = two
    one.write("half a sen")
    await other.wait_for("half a sen")
    one.press("esc")
    one.submit(":say hello")
    await other.wait_for("│.* hello")
    other.write("tence")
    await one.wait_for("half a sentence")
    other.press("enter")
    await one.wait_for("│.* half a sentence")
    assert await said(alice, server) == ["hello", "half a sentence"]


async def test_a_comment_that_two_terminals_send_at_the_same_moment_is_said_once(
    server, user, ready, backend
):
    await user(server, "alice")
    bob = await Peer(server, "bob").online()
    await post(bob)
    await comment(bob, bob, "welcome", "what do you say")
    terminals = one, other = await ready("alice"), await ready("alice")
    for each in terminals:
        each.submit(f":post {encode(ItemAddress(bob.jid, MICROBLOG, POST))}")
        await each.wait_for("what do you say")
    one.submit(":comment")
    await one.wait_for("comment >")
    one.write("good idea")
    await other.wait_for("comment > good idea")
    other.press("i")
    await other.wait_for("INSERT")
    await at_once(backend, one, other)
    for each in terminals:
        await each.wait_for("│ good idea")
    one.submit(":comment done")
    for each in terminals:
        await each.wait_for("│ done")
        await each.wait_gone("waits to be published")
    assert sorted((await comments(bob)).values()) == ["done", "good idea", "what do you say"]
    await bob.close()
