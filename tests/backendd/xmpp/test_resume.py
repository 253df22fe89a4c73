"""Links that break in the middle of traffic: nothing lost, nothing twice, in order."""

import asyncio

import pytest

from backendd.api.errors import NotConnected, StorageError
from backendd.api.tasks import Tasks
from backendd.xmpp.states import State
from tests.backendd.xmpp.conftest import Opener
from tests.backendd.xmpp.kit import (
    Owner,
    account,
    message,
    messages,
    numbered,
    open_stream,
)
from tests.lab.prosody import Prosody
from tests.lab.relay import Relay


async def _no_record(sm_id: str, first: int) -> None:
    return None


async def test_a_broken_link_is_resumed(prosody: Prosody, opened: Opener):
    owner = Owner()
    async with Relay(prosody.port) as relay:
        stream = opened(account(prosody, "alice", port=relay.port), owner)
        await stream.connect()
        sm_id = stream.sm_id
        relay.cut()
        await owner.until(lambda: owner.sessions == [False, True])
        assert stream.sm_id == sm_id
        assert owner.replaced == 1
        assert State.WAITING in owner.states
        await stream.disconnect()


async def test_an_incoming_burst_survives_cuts(prosody: Prosody, opened: Opener):
    alice, bob = Owner(), Owner()
    async with Relay(prosody.port) as relay:
        here = opened(account(prosody, "alice", port=relay.port), alice, backoff_max_s=0.2)
        there = opened(account(prosody, "bob"), bob)
        await here.connect()
        await there.connect()
        to, bodies = here.full_jid, numbered(400)
        for part in range(4):
            relay.cut_after(5000)
            await there.send_batch(messages(to, bodies[part * 100 : part * 100 + 100]), _no_record)
            await relay.was_cut.wait()
            await alice.until(lambda: here.state == State.ONLINE)
        await alice.until(lambda: len(alice.bodies) >= 400)
        assert alice.bodies == bodies
        assert alice.replaced == 1
        await here.disconnect()


async def test_an_outgoing_burst_survives_cuts(prosody: Prosody, opened: Opener):
    alice, bob = Owner(), Owner()
    records: list[tuple[str, int]] = []

    async def record(sm_id: str, first: int) -> None:
        records.append((sm_id, first))
        await asyncio.sleep(0)

    async with Relay(prosody.port) as relay:
        here = opened(account(prosody, "alice", port=relay.port), alice, backoff_max_s=0.2)
        there = opened(account(prosody, "bob"), bob)
        await here.connect()
        await there.connect()
        await bob.until(lambda: bob.sessions == [False])
        to, bodies = there.full_jid, numbered(400)

        async def send(part: int) -> None:
            """Do as an outbox does: what no connection took waits for the next one."""
            while True:
                await alice.until(lambda: here.state == State.ONLINE)
                try:
                    return await here.send_batch(messages(to, bodies[part : part + 10]), record)
                except NotConnected:
                    await alice.until(lambda: here.state != State.ONLINE)

        for part in range(0, 400, 10):
            await alice.until(lambda: here.state == State.ONLINE)
            is_cut = part % 100 == 50
            if is_cut:
                # Prosody resumes with the half of a stanza that it read last of the connection
                # before, which more than it reads at once makes possible.
                await alice.until(lambda: alice.acked.get(here.sm_id, 0) >= records[-1][1] + 9)
                relay.cut_after(700)
            await send(part)
            if is_cut:
                await relay.was_cut.wait()
                cuts = part // 100 + 1
                await alice.until(lambda cuts=cuts: alice.states.count(State.WAITING) == cuts)
        await bob.until(lambda: len(bob.bodies) >= 400)
        assert bob.bodies == bodies
        last = records[-1][1] + 9
        await alice.until(lambda: alice.acked.get(here.sm_id, 0) >= last)
        assert len(records) == 40
        assert alice.replaced == 1
        await here.disconnect()


async def test_what_is_sent_in_the_moment_of_an_abort_arrives(prosody: Prosody, opened: Opener):
    alice, bob = Owner(), Owner()
    async with Relay(prosody.port) as relay:
        here = opened(account(prosody, "alice", port=relay.port), alice, backoff_max_s=0.2)
        there = opened(account(prosody, "bob"), bob)
        await here.connect()
        await there.connect()
        relay.cut()
        here.send(message(there.full_jid, "into the void"))
        await bob.until(lambda: bob.bodies == ["into the void"])
        await here.disconnect()


async def test_another_process_resumes_what_one_left(prosody: Prosody, opened: Opener):
    alice, bob = Owner(), Owner()
    there = opened(account(prosody, "bob"), bob)
    await there.connect()
    first = opened(account(prosody, "alice"), alice)
    await first.connect()
    await there.send_batch(messages(first.full_jid, numbered(5, "before")), _no_record)
    await alice.until(lambda: len(alice.bodies) == 5)
    to = first.full_jid
    await first.disconnect(resumable=True)
    await there.send_batch(messages(to, numbered(5, "meanwhile")), _no_record)
    heir = Owner(resumption=alice.resumption)
    second = opened(account(prosody, "alice"), heir, resumption=alice.resumption)
    await second.connect()
    assert second.full_jid == to
    await heir.until(lambda: heir.sessions == [True])
    await heir.until(lambda: len(heir.bodies) >= 5)
    assert heir.bodies == numbered(5, "meanwhile")
    assert heir.replaced == 0


async def test_a_killed_process_gets_again_what_it_hadnt_stored(prosody: Prosody, opened: Opener):
    alice, bob = Owner(), Owner()
    there = opened(account(prosody, "bob"), bob)
    await there.connect()
    tasks = Tasks()
    first = open_stream(account(prosody, "alice"), alice, tasks=tasks)
    await first.connect()
    await there.send_batch(messages(first.full_jid, ["stored"]), _no_record)
    await alice.until(lambda: alice.bodies == ["stored"])
    never, reached = asyncio.Event(), asyncio.Event()

    async def stuck() -> None:
        reached.set()
        await never.wait()

    alice.commit = stuck
    await there.send_batch(messages(first.full_jid, ["lost in memory"]), _no_record)
    await reached.wait()
    to, left = first.full_jid, first._held.current
    assert left is not None
    assert left.wire is not None
    await tasks.stop()
    left.wire.abort()
    await left.wire.wait_closed()

    heir = Owner(resumption=alice.resumption)
    second = opened(account(prosody, "alice"), heir, resumption=alice.resumption)
    await second.connect()
    assert second.full_jid == to
    await heir.until(lambda: bool(heir.bodies))
    assert heir.bodies == ["lost in memory"]


async def test_another_process_learns_what_the_server_has_of_ours(prosody: Prosody, opened: Opener):
    alice, bob = Owner(), Owner()
    numbers: list[int] = []

    async def record(sm_id: str, first: int) -> None:
        numbers.append(first)

    there = opened(account(prosody, "bob"), bob)
    await there.connect()
    first = opened(account(prosody, "alice"), alice)
    await first.connect()
    await first.send_batch(messages(there.full_jid, ["one", "two"]), record)
    await bob.until(lambda: len(bob.bodies) == 2)
    await first.disconnect(resumable=True)
    heir = Owner(resumption=alice.resumption)
    second = opened(account(prosody, "alice"), heir, resumption=alice.resumption)
    await second.connect()
    assert heir.acked[second.sm_id] >= numbers[0] + 1
    await second.send_batch(messages(there.full_jid, ["three"]), record)
    await bob.until(lambda: bob.bodies == ["one", "two", "three"])
    await heir.until(lambda: heir.acked[second.sm_id] == numbers[-1])


async def test_a_clean_end_leaves_nothing_to_resume(prosody: Prosody, opened: Opener):
    owner = Owner()
    stream = opened(account(prosody, "alice"), owner)
    await stream.connect()
    await stream.disconnect()
    assert stream.state == State.OFFLINE
    await stream.connect()
    await owner.until(lambda: owner.sessions == [False, False])


async def test_a_server_killed_and_back_gets_a_new_session(opened: Opener, tmp_path):
    owner = Owner()
    server = Prosody(tmp_path, accounts=["alice"])
    with server:
        stream = opened(account(server, "alice"), owner)
        await stream.connect()
        await asyncio.to_thread(server.restart, kill=True)
        await owner.until(lambda: owner.sessions == [False, False])
        assert owner.replaced == 2
        await stream.disconnect()


async def test_a_failed_commit_drops_the_connection_and_the_message_comes_again(
    prosody: Prosody, opened: Opener
):
    alice, bob = Owner(), Owner()
    here = opened(account(prosody, "alice"), alice)
    there = opened(account(prosody, "bob"), bob)
    await here.connect()
    await there.connect()
    await alice.until(lambda: alice.sessions == [False])
    failures = [StorageError("the disk is full")]

    async def fail_once() -> None:
        if failures:
            raise failures.pop()

    alice.commit = fail_once
    there.send(message(here.full_jid, "precious"))
    await alice.until(lambda: alice.bodies == ["precious"])
    assert any(isinstance(error, StorageError) for error in alice.errors)
    await alice.until(lambda: alice.sessions == [False, True])


async def test_a_batch_whose_record_fails_is_not_sent(prosody: Prosody, opened: Opener):
    alice, bob = Owner(), Owner()
    here = opened(account(prosody, "alice"), alice)
    there = opened(account(prosody, "bob"), bob)
    await here.connect()
    await there.connect()

    async def fail(sm_id: str, first: int) -> None:
        here.send(message(there.full_jid, "meanwhile"))
        raise StorageError("the disk is full")

    with pytest.raises(StorageError):
        await here.send_batch([message(there.full_jid, "never")], fail)
    here.send(message(there.full_jid, "after"))
    await bob.until(lambda: len(bob.bodies) == 2)
    assert bob.bodies == ["meanwhile", "after"]
