"""A message arrives exactly once, whatever happens to the server or the way to it."""

import asyncio

import pytest

from tests.lab.relay import Relay


def count(correspondents, body):
    """Return how often they were told `body`, all together."""
    return sum(m.body == body for each in correspondents for m in each.received)


async def test_a_message_sent_while_offline_goes_out_after_the_connection_is_back(
    server, user, meet
):
    alice = await user(server, "alice")
    await asyncio.to_thread(server.stop)
    await alice.wait_state("waiting")
    sent = await alice.send(server.jid("bob"), "from the train")
    (message,) = await alice.messages(server.jid("bob"))
    assert (message["id"], message["state"]) == (sent, "pending")
    await asyncio.to_thread(server.start)
    bob = await meet(server, "bob")
    await bob.wait_for("from the train")
    assert (await alice.wait_sent(server.jid("bob"), "from the train"))["id"] == sent


async def test_a_message_to_a_server_that_dies_before_reading_it_arrives_exactly_once(
    server, user, meet
):
    alice = await user(server, "alice")
    await asyncio.to_thread(server.pause)  # the connection stays, and takes what is written
    await alice.send(server.jid("bob"), "into the void")
    await asyncio.to_thread(server.restart, kill=True)
    bob = await meet(server, "bob")
    await bob.wait_for("into the void")
    await alice.send(server.jid("bob"), "afterwards")
    await bob.wait_for("afterwards")
    assert count([bob], "into the void") == 1


@pytest.mark.parametrize("dies", [True, False], ids=["the server dies", "only the link dies"])
async def test_a_message_whose_acknowledgement_is_lost_arrives_exactly_once(
    server, user, meet, dies
):
    bob = await meet(server, "bob")
    async with Relay(server.port) as link:
        alice = await user(server, "alice", port=link.port)
        await alice.send(bob.jid, "hello")
        await alice.wait_sent(bob.jid, "hello")  # all is settled with the server
        link.hold_answers()
        await alice.send(bob.jid, "did you get this")
        await bob.wait_for("did you get this")
        people = [bob]
        if dies:
            await asyncio.to_thread(server.restart, kill=True)
            people.append(await meet(server, "bob"))
        link.cut(cleanly=True)
        await alice.wait_sent(bob.jid, "did you get this")
        await alice.send(server.jid("bob"), "afterwards")
        await people[-1].wait_for("afterwards")
    assert count(people, "did you get this") == 1


async def test_killing_the_daemon_loses_and_repeats_nothing(server, user, meet, backend):
    alice, bob = await user(server, "alice"), await meet(server, "bob")
    for number in range(10):
        await alice.send(bob.jid, f"before {number}")
        bob.send(alice_jid := server.jid("alice"), f"answer {number}")
    await backend.kill()
    bob.send(alice_jid, "while you were away")
    await backend.start()
    await alice.wait_state("online")
    await alice.send(bob.jid, "after")
    await bob.wait_for("after")
    await alice.wait_for(bob.jid, lambda m: m.get("body") == "while you were away")
    bodies = [m["body"] for m in await alice.messages(bob.jid) if m["direction"] == "in"]
    assert sorted(bodies) == sorted([*(f"answer {n}" for n in range(10)), "while you were away"])
    assert [m.body for m in bob.received] == [*(f"before {n}" for n in range(10)), "after"]
