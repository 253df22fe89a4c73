"""How a file is handed out to be sent."""

import asyncio
import os

import pytest

from backendd.files.body import Body
from backendd.files.patience import Clock, Patience
from tests.backendd.files.memory import InMemory

DATA = os.urandom(4_500_000)
PATIENCE = Patience(stall_s=60, done_s=180)


class Written(Clock):
    """A clock that only writes down how long is waited."""

    def __init__(self):
        self.bumps = []

    def bump(self, seconds):
        self.bumps.append(seconds)


def body(told=lambda _: None):
    made = Body(InMemory(DATA), PATIENCE, told)
    made.clock = Written()
    return made


async def test_all_of_it_is_handed_out_in_order():
    told = []
    sending = body(told.append)
    pieces = [bytes(piece) async for piece in sending]
    assert b"".join(pieces) == DATA
    assert told[-1] == len(DATA)
    assert told == [sum(map(len, pieces[: count + 1])) for count in range(len(pieces))]
    assert sending.is_sent


async def test_each_piece_that_leaves_is_waited_for_anew_and_the_answer_longer():
    sending = body()
    count = len([piece async for piece in sending])
    assert sending.clock.bumps == [PATIENCE.stall_s] * count + [PATIENCE.done_s]


@pytest.mark.parametrize(("between_s", "size"), [(0.0, 1_048_576), (1.0, 16_384)])
async def test_a_piece_is_as_large_as_leaves_quickly(monkeypatch, between_s, size):
    """So that a slow way is heard of often, and a quick one costs little."""
    now = 1000.0
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: now)
    sizes = []
    async for piece in body():
        now += between_s
        sizes.append(len(piece))
    assert max(sizes[:-1]) <= 1_048_576
    assert sizes[8] == size
