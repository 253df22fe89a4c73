import asyncio

import pytest

from backendd.bus.coalesce import BATCH, Burst


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


async def test_a_stream_waits_for_the_interval(sent):
    burst = Burst(sent.put_nowait, interval=3600)
    burst.add("a")
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
    burst.add("a")
    await sent.get()
    burst.add("b")
    assert await sent.get() == ["b"]


async def test_long_lists_are_split(sent):
    burst = Burst(sent.put_nowait, interval=3600)
    burst.add(*range(2 * BATCH + 1))
    assert [len(await sent.get()) for _ in range(3)] == [BATCH, BATCH, 1]


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

    Burst(send).add(*range(BATCH + 1))
    assert await sent.get() == [BATCH]
    assert len(failures) == 1


async def test_a_closed_one_sends_nothing(sent):
    burst = Burst(sent.put_nowait)
    burst.add("a")
    burst.close()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert sent.empty()
