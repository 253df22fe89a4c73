import asyncio

import pytest

from backendd.bus.coalesce import AT_ONCE, LONGEST, Burst
from tests.lab.leaping import run


@pytest.fixture
def sent():
    """The lists that were sent; `wait` returns the next."""
    return asyncio.Queue()


async def test_the_first_after_quiet_goes_out_in_the_next_step(sent):
    burst = Burst(sent.put_nowait, interval=3600)
    burst.add("a")
    assert sent.empty()
    await asyncio.sleep(0)
    assert sent.get_nowait() == ["a"]


async def test_what_comes_together_goes_together_in_order(sent):
    burst = Burst(sent.put_nowait)
    for item in range(5):
        burst.add(item)
    burst.add(5, 6)
    assert await sent.get() == list(range(7))


async def test_a_few_that_come_one_after_another_each_go_at_once(sent):
    burst = Burst(sent.put_nowait, interval=3600)
    for item in range(AT_ONCE):
        burst.add(item)
        assert await sent.get() == [item]


async def test_a_stream_waits_for_the_interval(sent):
    burst = Burst(sent.put_nowait, interval=3600)
    for item in range(AT_ONCE):
        burst.add(item)
        await sent.get()
    burst.add("b")
    burst.add("c")
    for _ in range(5):
        await asyncio.sleep(0)
    assert sent.empty()
    burst.flush()
    assert sent.get_nowait() == ["b", "c"]
    burst.close()


async def test_a_stream_goes_on_after_the_interval(sent):
    burst = Burst(sent.put_nowait, interval=0.01)
    for item in range(AT_ONCE + 2):
        burst.add(item)
        assert await sent.get() == [item]


def test_a_steady_stream_is_told_once_in_an_interval():
    told = []

    async def stream():
        burst = Burst(told.append, interval=0.05)
        for item in range(10_000):
            burst.add(item)
            await asyncio.sleep(0.001)
        burst.flush()

    run(stream())
    assert [item for items in told for item in items] == list(range(10_000))
    assert len(told) <= 10_000 * 0.001 / 0.05 + AT_ONCE + 1


def test_what_comes_after_a_long_list_does_not_wait_for_all_of_it():
    told = []

    async def long_list_then_one():
        burst = Burst(told.append, interval=0.05)
        burst.add(*range(50 * LONGEST))
        burst.add("last")
        await asyncio.sleep(0.06)
        burst.add("next")
        await asyncio.sleep(0.05)

    run(long_list_then_one())
    assert told[-1] == ["next"]


async def test_long_lists_are_split(sent):
    burst = Burst(sent.put_nowait, interval=3600)
    burst.add(*range(2 * LONGEST + 1))
    assert [len(await sent.get()) for _ in range(3)] == [LONGEST, LONGEST, 1]


async def test_a_later_one_replaces_an_earlier_of_the_same_key_at_its_place(sent):
    burst = Burst(sent.put_nowait, key=lambda item: item[0])
    burst.add("a1", "b1", "a2")
    assert await sent.get() == ["a2", "b1"]


async def test_one_can_be_taken_back(sent):
    burst = Burst(sent.put_nowait, key=str)
    burst.add("a", "b")
    burst.discard("a")
    burst.discard("c")
    assert await sent.get() == ["b"]


async def test_while_the_way_is_blocked_all_waits(sent):
    blocked = True
    asked = asyncio.Event()

    def is_clear():
        asked.set()
        return not blocked

    burst = Burst(sent.put_nowait, interval=0.001, is_clear=is_clear)
    burst.add("a")
    await asked.wait()
    burst.add("b")
    assert sent.empty()
    blocked = False
    assert await sent.get() == ["a", "b"]


async def test_a_batch_that_fails_does_not_hold_up_the_next(sent):
    failures = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: failures.append(context))

    def send(items):
        if items[0] == 0:
            raise ValueError(items)
        sent.put_nowait(items)

    Burst(send).add(*range(LONGEST + 1))
    assert await sent.get() == [LONGEST]
    assert len(failures) == 1


async def test_a_closed_one_sends_nothing(sent):
    burst = Burst(sent.put_nowait)
    burst.add("a")
    burst.close()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert sent.empty()
