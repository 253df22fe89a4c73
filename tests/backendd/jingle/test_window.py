"""How many blocks are under way at once goes by how many of them wait on the way."""

import asyncio

import pytest

from backendd.jingle.window import LEAST, MOST, Window

ALONE_S = 0.1
"""How long a block takes that waits for no other."""


class Way:
    """Answers a block after another, and each no sooner than one alone would be."""

    def __init__(self, holds: float) -> None:
        self.window = Window()
        self._now = self._free_at = 0.0
        self._answered: list[tuple[float, float]] = []
        self.holds(holds)

    def holds(self, blocks: float) -> None:
        """Have so many of them be on the way at once from now on before one waits."""
        self._apart = ALONE_S / blocks

    async def carry(self, blocks: int) -> None:
        """Send so many as fast as the window lets them out."""
        for _ in range(blocks):
            while len(self._answered) >= self.window.size:
                await self._answer()
            await self.window.enter()
            self._free_at = max(self._now + ALONE_S, self._free_at + self._apart)
            self._answered.append((self._free_at, self._free_at - self._now))

    async def _answer(self) -> None:
        self._now, seconds = self._answered.pop(0)
        await self.window.leave(seconds)


@pytest.mark.parametrize("holds", [3, 5, 8])
async def test_the_way_is_full_and_only_a_few_wait_on_it(holds):
    way = Way(holds)
    await way.carry(2000)
    assert holds < way.window.size <= holds + 5


async def test_there_are_never_more_than_the_other_side_may_be_asked_to_hold():
    way = Way(1000)
    await way.carry(2000)
    assert way.window.size == MOST


async def test_it_becomes_less_where_the_way_does_but_never_less_than_two():
    way = Way(8)
    await way.carry(2000)
    way.holds(0.1)
    await way.carry(2000)
    assert way.window.size == LEAST


async def test_who_finds_no_room_waits_until_there_is_some():
    window = Window()
    await window.enter()
    await window.enter()
    third = asyncio.get_running_loop().create_task(window.enter())
    await asyncio.wait({third}, timeout=0.01)
    assert not third.done()
    await window.leave(0.1)
    await third
