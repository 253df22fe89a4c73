"""What comes in: counted, gathered, stored, and only then acknowledged."""

import asyncio
from collections.abc import AsyncIterator
from xml.etree.ElementTree import Element

import pytest

from backendd.api.errors import StorageError
from backendd.xmpp.account import Batch
from backendd.xmpp.incoming import BATCH, COMMIT_AFTER, COMMIT_EVERY_S, TELL_AFTER, Inbox
from backendd.xmpp.names import IQ, MESSAGE
from tests.lab.leaping import run


class Disk:
    """Stores batches when it is let: each `allow` lets one through."""

    def __init__(self) -> None:
        self.batches: list[Batch] = []
        self.events: list[str] = []
        self.told: list[int] = []
        self.failures: list[Exception] = []
        self.next_fails = False
        self.begun = asyncio.Semaphore(0)
        self._allowed = asyncio.Semaphore(0)

    def allow(self, times: int = 1) -> None:
        for _ in range(times):
            self._allowed.release()

    async def commit(self, batch: Batch) -> None:
        self.begun.release()
        await self._allowed.acquire()
        if self.next_fails:
            self.next_fails = False
            raise StorageError("the disk is full")
        self.batches.append(batch)
        self.events += [each.get("id", "") for each in batch.stanzas]

    def route(self, iq: Element, cut: bool) -> bool:
        self.events.append(iq.get("id", ""))
        return iq.get("id") != "begin"

    def inbox(self, handled: int = 0) -> Inbox:
        return Inbox(
            "sm",
            handled=handled,
            commit=self.commit,
            route=self.route,
            settles=lambda iq, cut: iq.get("id") in ("push", "known") and not cut,
            tell=self.told.append,
            pause=lambda paused: None,
            failed=self.failures.append,
        )


@pytest.fixture
async def disk() -> Disk:
    return Disk()


@pytest.fixture
async def inbox(disk: Disk) -> AsyncIterator[Inbox]:
    inbox = disk.inbox()
    worker = asyncio.get_running_loop().create_task(inbox.run())
    yield inbox
    worker.cancel()
    await asyncio.gather(worker, return_exceptions=True)


def _message(name: str) -> Element:
    return Element(MESSAGE, {"id": name})


def _iq(name: str) -> Element:
    return Element(IQ, {"id": name})


async def _rest() -> None:
    """Let everything run that can run."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_only_what_is_stored_is_acknowledged(disk: Disk, inbox: Inbox):
    inbox.take(_message("a"), False)
    inbox.asked()
    await disk.begun.acquire()
    inbox.take(_message("b"), False)
    await _rest()
    assert disk.told == []
    disk.allow()
    await disk.begun.acquire()
    await _rest()
    assert disk.told == [1]
    disk.allow()
    await inbox.drain()
    assert inbox.committed == 2


async def test_what_comes_while_one_batch_is_stored_is_the_next(disk: Disk, inbox: Inbox):
    inbox.take(_message("a"), False)
    await disk.begun.acquire()
    for name in "bcd":
        inbox.take(_message(name), False)
    disk.allow(2)
    await inbox.drain()
    assert [batch.handled for batch in disk.batches] == [1, 4]
    assert disk.events == ["a", "b", "c", "d"]


async def test_a_flood_is_stored_in_batches_of_bounded_size(disk: Disk, inbox: Inbox):
    for number in range(3 * BATCH):
        inbox.take(_message(str(number)), False)
    disk.allow(3)
    await inbox.drain()
    assert [len(batch.stanzas) for batch in disk.batches] == [BATCH] * 3
    assert disk.told[-1] > 3 * BATCH - TELL_AFTER


async def test_questions_need_no_storing_of_their_own(disk: Disk, inbox: Inbox):
    inbox.take(_iq("q"), False)
    await _rest()
    assert disk.events == ["q"]
    assert disk.batches == []
    for number in range(COMMIT_AFTER):
        inbox.take(_iq(str(number)), False)
    disk.allow()
    await _rest()
    assert [(batch.stanzas, batch.handled) for batch in disk.batches] == [((), COMMIT_AFTER + 1)]


async def test_a_question_that_was_counted_is_stored_before_it_is_acknowledged(
    disk: Disk, inbox: Inbox
):
    inbox.take(_iq("q"), False)
    inbox.asked()
    await disk.begun.acquire()
    assert disk.told == []
    disk.allow()
    await inbox.drain()
    assert disk.told == [1]


async def test_who_asks_waits_for_no_storing_where_nothing_came_before_it(disk: Disk, inbox: Inbox):
    inbox.take(_iq("q"), False)
    inbox.asked()
    await disk.begun.acquire()
    assert (disk.events, disk.told) == (["q"], [])
    disk.allow()
    await inbox.drain()
    assert (disk.events, disk.told) == (["q"], [1])


def test_what_needs_no_storing_is_stored_now_and_then_however_often_the_server_asks():
    async def stream():
        disk = Disk()
        disk.allow(2)
        inbox = disk.inbox()
        worker = asyncio.get_running_loop().create_task(inbox.run())
        for number in range(COMMIT_AFTER // 2):
            inbox.take(_iq(str(number)), False)
            inbox.asked()
            await _rest()
        assert len(disk.events) == COMMIT_AFTER // 2
        assert (len(disk.batches), disk.told) == (1, [1])
        await asyncio.sleep(COMMIT_EVERY_S)
        await _rest()
        assert (len(disk.batches), disk.told) == (2, [1, COMMIT_AFTER // 2])
        worker.cancel()

    run(stream())


def test_what_must_not_come_again_is_stored_as_soon_as_the_server_asks():
    async def stream():
        disk = Disk()
        disk.allow(2)
        inbox = disk.inbox()
        worker = asyncio.get_running_loop().create_task(inbox.run())
        for name in ("block", "block", "begin", "block"):
            inbox.take(_iq(name), False)
            inbox.asked()
            await _rest()
        assert disk.told == [1, 3]
        worker.cancel()

    run(stream())


def test_a_message_is_stored_and_acknowledged_at_once_whatever_came_before_it():
    async def stream():
        disk = Disk()
        disk.allow(2)
        inbox = disk.inbox()
        worker = asyncio.get_running_loop().create_task(inbox.run())
        for stanza in (_iq("block"), _iq("block"), _message("hello")):
            inbox.take(stanza, False)
            inbox.asked()
            await _rest()
        assert disk.told == [1, 3]
        worker.cancel()

    run(stream())


async def test_an_answer_waits_for_the_messages_before_it(disk: Disk, inbox: Inbox):
    inbox.take(_message("page"), False)
    inbox.take(_iq("end of page"), False)
    await disk.begun.acquire()
    await _rest()
    assert disk.events == []
    disk.allow()
    await inbox.drain()
    assert disk.events == ["page", "end of page"]


async def test_what_lost_its_content_counts_and_is_not_stored(disk: Disk, inbox: Inbox):
    inbox.take(_message("giant"), True)
    inbox.take(_message("b"), False)
    disk.allow()
    await inbox.drain()
    assert disk.events == ["b"]
    assert inbox.committed == 2


async def test_what_came_before_counting_is_stored_and_not_counted(disk: Disk, inbox: Inbox):
    inbox.take_uncounted(_message("early"), False)
    inbox.take(_message("first"), False)
    disk.allow()
    await inbox.drain()
    assert disk.events == ["early", "first"]
    assert inbox.committed == 1


async def test_after_a_failure_nothing_counts_until_it_comes_again(disk: Disk, inbox: Inbox):
    disk.next_fails = True
    inbox.take(_message("a"), False)
    await disk.begun.acquire()
    inbox.take(_message("b"), False)
    disk.allow()
    await _rest()
    assert [str(error) for error in disk.failures] == ["the disk is full"]
    inbox.take(_message("c"), False)  # still in the pipe of the connection that is dropped
    inbox.asked()
    await inbox.drain()
    assert inbox.committed == 0
    assert disk.events == []
    inbox.resume()
    disk.allow(3)
    for name in "abc":
        inbox.take(_message(name), False)
    await inbox.drain()
    assert disk.events == ["a", "b", "c"]
    assert inbox.committed == 3


async def test_numbers_wrap(disk: Disk):
    inbox = disk.inbox(handled=2**32 - 1)
    worker = asyncio.get_running_loop().create_task(inbox.run())
    inbox.take(_message("a"), False)
    inbox.take(_message("b"), False)
    inbox.asked()
    disk.allow()
    await inbox.drain()
    assert inbox.committed == 1
    assert disk.told == [1]
    worker.cancel()
    await asyncio.gather(worker, return_exceptions=True)


async def test_an_iq_that_settles_is_stored_in_order_with_what_is_around_it(
    disk: Disk, inbox: Inbox
):
    push = Element(IQ, {"id": "push", "type": "set"})
    inbox.take(_message("a"), False)
    inbox.take(push, False)
    inbox.take(_iq("question"), False)
    inbox.take(_message("b"), False)
    disk.allow()
    await inbox.drain()
    assert [each.get("id") for each in disk.batches[0].stanzas] == ["a", "push", "b"]
    assert disk.events == ["a", "push", "b", "question"]


async def test_an_answer_that_settles_is_given_out_after_it_is_stored_with_what_is_behind_it(
    disk: Disk, inbox: Inbox
):
    inbox.take(_message("a"), False)
    inbox.take(Element(IQ, {"id": "known", "type": "result"}), False)
    inbox.take(_message("b"), False)
    disk.allow()
    await inbox.drain()
    assert [each.get("id") for each in disk.batches[0].stanzas] == ["a", "known", "b"]
    assert disk.events == ["a", "known", "b", "known"]


async def test_a_request_that_was_too_large_settles_nothing(disk: Disk, inbox: Inbox):
    inbox.take(Element(IQ, {"id": "push", "type": "set"}), True)
    await _rest()
    assert disk.events == ["push"]
    assert disk.batches == []
