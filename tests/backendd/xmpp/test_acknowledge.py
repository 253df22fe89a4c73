"""Acknowledgements (XEP-0198) against a server that plays its part as the test wants it."""

import asyncio
import itertools
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from backendd.api.errors import NotConnected, StorageError, Timeout
from backendd.api.tasks import Tasks
from backendd.core import clock
from backendd.xmpp import keepalive, life
from backendd.xmpp.account import Resumption
from backendd.xmpp.names import ACK_REQUEST, MESSAGE
from backendd.xmpp.slumber import Slumber
from backendd.xmpp.states import State
from tests.backendd.xmpp.conftest import Opener
from tests.backendd.xmpp.kit import Owner, account, message, messages, numbered
from tests.backendd.xmpp.scripted import Script, Scripted
from tests.lab.prosody import Prosody

R = "<r xmlns='urn:xmpp:sm:3'/>"


async def _no_record(sm_id: str, first: int) -> None:
    return None


def _chat(body: str) -> str:
    return f"<message from='peer@s.localhost/x' type='chat'><body>{body}</body></message>"


async def test_nothing_is_acknowledged_before_it_is_stored(opened: Opener, tmp_path: Path):
    owner, reached, stored = Owner(), asyncio.Event(), asyncio.Event()

    async def commit() -> None:
        reached.set()
        await stored.wait()

    owner.commit = commit
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        server.client.send(_chat("one") + _chat("two") + R)
        await reached.wait()
        # All three came in one piece; what is sent now would follow an early answer.
        stream.send(message("peer@s.localhost", "probe"))
        await server.until(lambda: server.messages == ["probe"])
        assert server.client.acks() == []
        stored.set()
        await server.until(lambda: server.client.acks() == [2])
        assert owner.bodies == ["one", "two"]


async def test_the_last_word_is_an_acknowledgement(opened: Opener, tmp_path: Path):
    owner = Owner()
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        server.client.send(_chat("one"))
        await owner.until(lambda: owner.bodies == ["one"])
        await stream.disconnect()
        await server.until(lambda: server.client.acks() == [1])


async def test_a_flood_is_acknowledged_without_being_asked(opened: Opener, tmp_path: Path):
    owner = Owner()
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        server.client.send("".join(map(_chat, numbered(3000))))
        await owner.until(lambda: len(owner.bodies) == 3000)
        await server.until(lambda: bool(server.client.acks()) and server.client.acks()[-1] > 2900)
        assert owner.bodies == numbered(3000)
        # A flood is few transactions.
        assert len(owner.batches) < 300


async def test_a_slow_disk_makes_the_network_wait_and_loses_nothing(opened: Opener, tmp_path: Path):
    owner, stored = Owner(), asyncio.Event()
    owner.commit = stored.wait  # type: ignore[assignment]
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        padding = "x" * 1000
        server.client.send("".join(_chat(name + padding) for name in numbered(8000)))
        session = stream._held.current
        assert session is not None
        await asyncio.sleep(0)
        inbox = session.inbox
        while not inbox._paused:  # noqa: ASYNC110 - nothing else tells
            await asyncio.sleep(0)
        assert len(inbox._items) < 3500
        stored.set()
        await owner.until(lambda: len(owner.bodies) == 8000)
        assert owner.bodies == [name + padding for name in numbered(8000)]


async def test_a_server_that_dies_before_acknowledging_gets_it_again(
    opened: Opener, tmp_path: Path
):
    owner = Owner()
    script = Script(acknowledges=False)
    async with Scripted(tmp_path, script) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        await owner.until(lambda: owner.sessions == [False])
        await stream.send_batch(messages("peer@s.localhost", ["a", "b", "c"]), _no_record)
        await server.until(lambda: server.messages == ["a", "b", "c"])
        server.messages.clear()
        server.handled = 2  # it had the presence and "a" when it died
        server.client.abort()
        script.acknowledges = True
        await owner.until(lambda: owner.sessions == [False, True])
        await server.until(lambda: server.messages == ["b", "c"])
        await owner.until(lambda: owner.acked[stream.sm_id] == 4)


async def test_a_refused_resumption_settles_what_the_server_says_it_has(
    opened: Opener, tmp_path: Path
):
    owner = Owner(announce=False)
    script = Script(acknowledges=False, resume="refuse-h")
    async with Scripted(tmp_path, script) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        old = stream.sm_id
        await stream.send_batch(messages("peer@s.localhost", ["a", "b"]), _no_record)
        await server.until(lambda: server.handled == 2)
        server.handled = 1
        server.client.abort()
        await owner.until(lambda: owner.sessions == [False, False])
        assert owner.acked == {old: 1}
        assert owner.replaced == 2
        # The rest is the owner's to decide: nothing is repeated blindly.
        assert server.messages == ["a", "b"]
        assert [each.tag for each in server.client.elements if each.tag == MESSAGE] == []


async def test_another_process_hears_of_a_refused_resumption(opened: Opener, tmp_path: Path):
    script = Script(resume="refuse-h")
    async with Scripted(tmp_path, script) as server:
        server.handled = 7
        owner = Owner()
        left = Resumption("stream-0", "user@s.localhost/before", handled=3)
        stream = opened(server.account(), owner, resumption=left)
        await stream.connect()
        assert owner.acked["stream-0"] == 7
        assert owner.replaced == 1
        assert stream.full_jid == "user@s.localhost/before"


async def test_acknowledging_more_than_was_sent_ends_the_stream(opened: Opener, tmp_path: Path):
    owner = Owner()
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        server.client.send("<a xmlns='urn:xmpp:sm:3' h='99'/>")
        await owner.until(lambda: owner.sessions == [False, False])
        assert 99 not in owner.acked.values()
        assert owner.replaced == 2


async def test_the_server_is_asked_after_every_batch(opened: Opener, tmp_path: Path):
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), Owner(announce=False))
        await stream.connect()
        await stream.send_batch(messages("peer@s.localhost", ["a", "b"]), _no_record)
        await server.until(lambda: server.client.elements[-1].tag == ACK_REQUEST)
        assert [each.tag for each in server.client.elements[-3:-1]] == [MESSAGE, MESSAGE]


async def test_a_single_stanza_doesnt_stay_unacknowledged(opened: Opener, tmp_path: Path):
    owner = Owner(announce=False)
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        stream.send(message("peer@s.localhost", "alone"))
        await owner.until(lambda: owner.acked == {stream.sm_id: 1})


async def test_without_stream_management_a_ping_says_it_arrived(opened: Opener, tmp_path: Path):
    owner = Owner(announce=False)
    async with Scripted(tmp_path, Script(management=False)) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        assert stream.sm_id.startswith("ping:")
        assert owner.resumption is None
        numbers: list[int] = []

        async def record(sm_id: str, first: int) -> None:
            numbers.append(first)

        await stream.send_batch(messages("peer@s.localhost", ["a", "b"]), record)
        await owner.until(lambda: owner.acked.get(stream.sm_id, 0) >= numbers[0] + 1)
        assert server.messages == ["a", "b"]


async def test_without_stream_management_a_message_is_stored_all_the_same(
    opened: Opener, tmp_path: Path
):
    owner = Owner()
    async with Scripted(tmp_path, Script(management=False)) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        server.client.send(_chat("plain"))
        await owner.until(lambda: owner.bodies == ["plain"])
        server.client.abort()
        await owner.until(lambda: owner.sessions == [False, False])


async def test_management_without_resumption_begins_anew(opened: Opener, tmp_path: Path):
    owner = Owner()
    async with Scripted(tmp_path, Script(resumable=False)) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        assert stream.sm_id.startswith("once:")
        stream.send(message("peer@s.localhost", "a"))
        await owner.until(lambda: owner.acked.get(stream.sm_id, 0) >= 1)
        server.client.abort()
        await owner.until(lambda: owner.sessions == [False, False])


async def test_a_stalled_link_is_found(opened: Opener, tmp_path: Path):
    owner = Owner()
    async with Scripted(tmp_path, Script(answers=False, acknowledges=False)) as server:
        stream = opened(server.account(), owner, keepalive_s=0.2, backoff_max_s=0.2)
        await stream.connect()
        await owner.until(lambda: State.WAITING in owner.states)
        assert "no longer answers" in str(owner.errors[0])


async def test_a_link_is_not_taken_for_dead_while_the_server_is_busy_with_a_large_answer(
    opened: Opener, tmp_path: Path
):
    owner, ask = Owner(), Element("{urn:example:many}all")
    async with Scripted(tmp_path, Script(answers=False, acknowledges=False)) as server:
        stream = opened(server.account(), owner, keepalive_s=0.2, backoff_max_s=0.2)
        await stream.connect()
        tasks = Tasks()
        large = tasks.start(stream.request_large("get", None, ask), name="large")
        with pytest.raises(Timeout):  # and not NotConnected, which the end of the link would be
            await stream.request("get", None, ask, timeout=1.0)
        large.cancel()
        await owner.until(lambda: State.WAITING in owner.states)
        assert "no longer answers" in str(owner.errors[0])


async def test_a_link_that_is_dead_in_one_direction_is_found_whatever_comes_by_the_other(
    opened: Opener, tmp_path: Path
):
    owner = Owner(announce=False)
    async with Scripted(tmp_path, Script(answers=False, acknowledges=False)) as server:

        async def more() -> None:
            server.client.send(_chat("more"))

        owner.commit = more
        stream = opened(server.account(), owner, keepalive_s=0.2, backoff_max_s=0.2)
        await stream.connect()
        await more()
        stream.send(message("peer@s.localhost", "into the void"))
        await owner.until(lambda: State.WAITING in owner.states)
        assert "no longer answers" in str(owner.errors[0])


async def test_nothing_is_sent_while_offline(opened: Opener, tmp_path: Path):
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), Owner())
        with pytest.raises(NotConnected):
            stream.send(message("peer@s.localhost", "x"))
        with pytest.raises(NotConnected):
            await stream.send_batch([message("peer@s.localhost", "x")], _no_record)
        await stream.connect()
        await stream.disconnect()
        with pytest.raises(NotConnected):
            stream.send(message("peer@s.localhost", "x"))


async def test_a_live_link_stays_up_by_pings_where_nothing_is_counted(
    opened: Opener, tmp_path: Path
):
    owner = Owner(announce=False)
    async with Scripted(tmp_path, Script(management=False)) as server:
        stream = opened(server.account(), owner, keepalive_s=2.0)
        await stream.connect()
        await server.until(lambda: server.handled >= 2)
        assert owner.states == [State.CONNECTING, State.ONLINE]


async def test_a_live_link_stays_up_without_a_stanza_or_a_commit_where_they_are_counted(
    opened: Opener, tmp_path: Path
):
    owner = Owner(announce=False)
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner, keepalive_s=2.0)
        await stream.connect()
        asked = server.client.elements
        await server.until(lambda: [each.tag for each in asked].count(ACK_REQUEST) >= 2)
        assert owner.states == [State.CONNECTING, State.ONLINE]
        assert (server.handled, owner.acked, owner.batches) == (0, {}, [])


async def test_what_is_no_stanza_is_sent_and_not_numbered(opened: Opener, tmp_path: Path):
    owner = Owner(announce=False)
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        stream.send(Element("{urn:xmpp:csi:0}inactive"))
        stream.send(message("peer@s.localhost", "a"))
        await owner.until(lambda: owner.acked == {stream.sm_id: 1})
        assert "{urn:xmpp:csi:0}inactive" in [each.tag for each in server.client.elements]


async def test_what_comes_before_counting_begins_is_stored_and_not_counted(
    opened: Opener, tmp_path: Path
):
    owner = Owner()
    async with Scripted(tmp_path, Script(before_enabled=_chat("early"))) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        server.client.send(_chat("first") + R)
        await server.until(lambda: server.client.acks() == [1])
        assert owner.bodies == ["early", "first"]


async def test_what_is_sent_while_a_batch_is_recorded_follows_it(opened: Opener, tmp_path: Path):
    owner = Owner(announce=False)
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()

        async def record(sm_id: str, first: int) -> None:
            stream.send(message("peer@s.localhost", "meanwhile"))
            assert (sm_id, first) == (stream.sm_id, 1)

        await stream.send_batch(messages("peer@s.localhost", ["a", "b"]), record)
        await owner.until(lambda: owner.acked == {stream.sm_id: 3})
        assert server.messages == ["a", "b", "meanwhile"]


async def test_a_link_that_breaks_while_a_batch_is_recorded_costs_nothing(
    opened: Opener, tmp_path: Path
):
    owner, recorded = Owner(announce=False), asyncio.Event()
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()

        async def record(sm_id: str, first: int) -> None:
            stream.send(message("peer@s.localhost", "meanwhile"))
            server.client.abort()
            await owner.until(lambda: stream.state == State.CONNECTING)
            recorded.set()

        await stream.send_batch(messages("peer@s.localhost", ["a", "b"]), record)
        assert recorded.is_set()
        await owner.until(lambda: owner.sessions == [False, True])
        await owner.until(lambda: owner.acked[stream.sm_id] == 3)
        assert server.messages == ["a", "b", "meanwhile"]


async def test_a_batch_that_was_never_recorded_is_never_sent(opened: Opener, tmp_path: Path):
    owner = Owner(announce=False)
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()

        async def fail(sm_id: str, first: int) -> None:
            raise StorageError("the disk is full")

        with pytest.raises(StorageError):
            await stream.send_batch(messages("peer@s.localhost", ["never"]), fail)
        server.client.abort()
        await owner.until(lambda: owner.sessions == [False, True])
        stream.send(message("peer@s.localhost", "after"))
        await owner.until(lambda: owner.acked == {stream.sm_id: 1})
        assert server.messages == ["after"]


async def test_who_gives_up_on_a_batch_leaves_its_numbers_in_order(opened: Opener, tmp_path: Path):
    owner, reached, go_on = Owner(announce=False), asyncio.Event(), asyncio.Event()
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()

        async def record(sm_id: str, first: int) -> None:
            reached.set()
            await go_on.wait()

        sending = asyncio.get_running_loop().create_task(
            stream.send_batch(messages("peer@s.localhost", ["a"]), record)
        )
        await reached.wait()
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        stream.send(message("peer@s.localhost", "b"))
        go_on.set()
        await owner.until(lambda: owner.acked == {stream.sm_id: 2})
        assert server.messages == ["a", "b"]


async def test_no_stream_is_resumed_before_the_last_batch_is_stored(opened: Opener, tmp_path: Path):
    owner, reached, stored = Owner(announce=False), asyncio.Event(), asyncio.Event()

    async def commit() -> None:
        reached.set()
        await stored.wait()

    owner.commit = commit
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        server.client.send(_chat("one"))
        await reached.wait()
        server.client.abort()
        await owner.until(lambda: owner.states[-2:] == [State.WAITING, State.CONNECTING])
        # Nothing tells that a connection isn't being made: this is long enough for ten.
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(server.until(lambda: len(server.clients) > 1), 0.3)
        stored.set()
        await owner.until(lambda: owner.sessions == [False, True])
        resume = next(each for each in server.client.elements if each.tag.endswith("}resume"))
        assert resume.get("h") == "1"
        assert owner.bodies == ["one"]


class Broken(Owner):
    """An owner whose database fails once."""

    async def acknowledged(self, sm_id: str, h: int) -> None:
        if not self.errors:
            raise StorageError("the disk is full")
        await super().acknowledged(sm_id, h)


async def test_an_acknowledgement_that_cant_be_stored_drops_the_connection_and_comes_again(
    opened: Opener, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    owner = Broken(announce=False)
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        stream.send(message("peer@s.localhost", "a"))
        await owner.until(lambda: owner.sessions == [False, True])
        assert {type(error) for error in owner.errors} == {StorageError}
        assert owner.acked == {stream.sm_id: 1}
        assert server.messages == ["a"]
        assert not [record for record in caplog.records if record.exc_info]


class Careful(Owner):
    """An owner whose database takes its time."""

    async def acknowledged(self, sm_id: str, h: int) -> None:
        for _ in range(50):
            await asyncio.sleep(0)
        await super().acknowledged(sm_id, h)

    async def stream_started(self, *, resumed: bool) -> None:
        self.acked_at_start = dict(self.acked)
        await super().stream_started(resumed=resumed)


async def test_the_owner_knows_what_arrived_before_the_session_starts(
    opened: Opener, tmp_path: Path
):
    async with Scripted(tmp_path) as server:
        server.handled = 7
        owner = Careful(announce=False)
        left = Resumption("stream-0", "user@s.localhost/before", handled=3)
        stream = opened(server.account(), owner, resumption=left)
        await stream.connect()
        await owner.until(lambda: owner.sessions == [True])
        assert owner.acked_at_start == {"stream-0": 7}
        assert stream.full_jid == "user@s.localhost/before"


async def test_a_connection_that_held_begins_the_delays_anew(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(life, "STABLE_S", 0.0)
    owner = Owner(announce=False)
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        for times in range(1, 4):
            server.client.abort()
            await owner.until(lambda times=times: owner.states.count(State.WAITING) == times)
            assert stream.next_attempt_us - clock.now_us() < 1_000_000
            await stream.connect()


async def test_after_a_sleep_of_the_machine_the_link_is_checked_at_once(
    opened: Opener, tmp_path: Path
):
    slept = itertools.chain([10.0, 10.0], itertools.repeat(500.0))
    async with Scripted(tmp_path, Script(answers=False, acknowledges=False)) as server:
        stream = opened(server.account(), Owner(announce=False))
        await stream.connect()
        wire, pings = stream._life._wire, []
        assert wire is not None
        await keepalive.keep_alive(
            wire,
            lambda: pings.append("ping"),
            3600.0,
            answer_s=0.01,
            slumber=Slumber(lambda: next(slept), look_s=0.001),
        )
        assert pings == ["ping"]
        assert "no longer answers" in str(wire.reason)


async def test_what_is_asked_between_two_signs_of_life_has_to_be_answered_as_soon(
    opened: Opener, tmp_path: Path
):
    owner = Owner(announce=False)
    async with Scripted(tmp_path, Script(answers=False, acknowledges=False)) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        wire = stream._life._wire
        assert wire is not None

        async def say() -> None:
            stream.send(message("peer@s.localhost", "into the void"))

        watch = keepalive.keep_alive(wire, lambda: None, 3600.0, answer_s=0.01)
        await asyncio.gather(watch, say())
        assert "no longer answers" in str(wire.reason)


async def test_the_link_is_looked_at_whatever_is_left_of_it(opened: Opener, prosody: Prosody):
    owner = Owner()
    stream = opened(account(prosody, "alice"), owner)
    await stream.connect()
    wire = stream._life._wire
    assert wire is not None
    assert wire.secured is not None
    wire.abort()
    while not wire.closed.done():
        assert wire.unsent >= 0  # TLS has let go of its socket before we are told
        await asyncio.sleep(0)
    assert wire.unsent == 0
