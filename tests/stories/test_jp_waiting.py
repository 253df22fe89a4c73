"""Where `jp message wait` begins: what came before is not told, what comes then is, once."""

import pytest


@pytest.fixture
async def bob(server, user, meet):
    """Who writes to the user, alice, and has written."""
    await user(server, "alice")
    who = await meet(server, "bob")
    who.alice = server.jid("alice")
    return who


async def come(jp, bob, text):
    """Have bob write, and return when the backend has it."""
    bob.send(bob.alice, text)
    while text not in (await jp.ok("message", "list", bob.jid, "--fields", "body")).output:
        await jp("watch", "Messages.Changed", "--count", "1", "--limit", "200ms")


async def ended(process):
    output, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")
    return output.decode().splitlines()


WAITS = ("message", "wait", "--fields", "body")


@pytest.mark.parametrize("is_closed", [False, True], ids=["listed", "closed"])
async def test_what_came_just_before_is_not_told(jp, distant, between, bob, is_closed):
    await come(jp, bob, "before")
    if is_closed:
        await jp.ok("message", "close", bob.jid)
    between.hold("Wait")
    waiting = await distant.start(*WAITS)
    await between.held()
    bob.send(bob.alice, "after")
    between.let_go()
    assert await ended(waiting) == ["after"]


@pytest.mark.parametrize("member", ["Changes", "Wait"])
async def test_what_comes_before_it_waits_is_told_once(jp, distant, between, bob, member):
    await come(jp, bob, "before")
    # It knows by then from where on, and does not wait yet.
    between.hold(member, answer=member == "Changes")
    waiting = await distant.start(*WAITS, "--count", "3")
    await between.held()
    await come(jp, bob, "one")
    await come(jp, bob, "two")
    between.let_go()
    assert await waiting.stdout.readline() == b"one\n"
    assert await waiting.stdout.readline() == b"two\n"
    bob.send(bob.alice, "three")
    assert await ended(waiting) == ["three"]


async def test_what_comes_between_one_wait_and_the_next_is_told_once(jp, distant, between, bob):
    between.hold("Wait")
    waiting = await distant.start(*WAITS, "--count", "2")
    await between.held()
    await come(jp, bob, "one")
    between.let_go()
    between.hold("Wait")
    assert await waiting.stdout.readline() == b"one\n"
    await between.held()
    await come(jp, bob, "two")
    between.let_go()
    assert await ended(waiting) == ["two"]


async def test_what_comes_while_the_backend_is_away_is_told_once(jp, bob, backend):
    waiting = await jp.start(*WAITS, "--count", "2", "--after", "0")
    bob.send(bob.alice, "one")
    assert await waiting.stdout.readline() == b"one\n"
    await backend.stop()
    bob.send(bob.alice, "two")
    await backend.start()
    output, _ = await waiting.communicate()
    assert (waiting.returncode, output) == (0, b"two\n")


async def test_of_one_person_only_what_they_write(jp, distant, between, bob, meet, server):
    carol = await meet(server, "carol")
    between.hold("Changes", answer=True)
    waiting = await distant.start("message", "wait", bob.jid, "--fields", "body")
    await between.held()
    carol.send(bob.alice, "not me")
    await come(jp, bob, "it is me")
    between.let_go()
    assert await ended(waiting) == ["it is me"]
