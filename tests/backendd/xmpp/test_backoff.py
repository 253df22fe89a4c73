"""Waiting between attempts: the numbers, and what cuts it short."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from backendd.xmpp.backoff import Backoff, pause
from backendd.xmpp.slumber import Slumber

HOUR = 3600.0


def test_each_delay_is_about_twice_the_last_up_to_the_longest():
    backoff = Backoff(300, chance=lambda: 1.0)
    delays = [backoff.next() for _ in range(12)]
    assert delays == [0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 300, 300, 300]


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 60))
def test_the_first_is_below_a_second_and_none_above_the_longest(chance: float, failures: int):
    backoff = Backoff(300, chance=lambda: chance)
    assert 0 < backoff.next() < 1
    assert all(0 < backoff.next() <= 300 for _ in range(failures))


def test_after_a_reset_it_begins_anew():
    backoff = Backoff(300, chance=lambda: 0.0)
    first = backoff.next()
    backoff.next()
    backoff.reset()
    assert backoff.next() == first


async def test_a_pause_ends_at_once_when_cut():
    cut = asyncio.Event()
    waiting = asyncio.get_running_loop().create_task(pause(HOUR, cut))
    await asyncio.sleep(0)
    cut.set()
    await waiting


async def test_a_pause_ends_when_the_machine_was_asleep():
    slept = iter([10.0, 10.0, 10.0, 500.0])
    slumber = Slumber(lambda: next(slept), look_s=0.001)
    await pause(HOUR, asyncio.Event(), slumber=slumber)
    assert list(slept) == []


async def test_a_pause_lasts_as_long_as_it_should():
    loop = asyncio.get_running_loop()
    began = loop.time()
    await pause(0.05, asyncio.Event())
    assert loop.time() - began >= 0.05
