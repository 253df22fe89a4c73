"""When frames are drawn."""

import asyncio

import pytest

from primitivus.widgets.frames import INTERVAL_S, Frames


class Drawn:
    """Notes when frames were drawn."""

    def __init__(self):
        self.times = []
        self._changed = asyncio.Event()

    def __call__(self):
        self.times.append(asyncio.get_running_loop().time())
        self._changed.set()

    async def until(self, count):
        async with asyncio.timeout(10):
            while len(self.times) < count:
                self._changed.clear()
                await self._changed.wait()


@pytest.fixture
def drawn():
    return Drawn()


@pytest.fixture
async def frames(drawn):
    made = Frames(drawn)
    yield made
    made.cancel()


async def soon():
    """Return when the loop has done what was due."""
    for _ in range(3):
        await asyncio.sleep(0)


async def test_the_first_change_after_quiet_is_drawn_at_once(frames, drawn):
    frames.changed()
    assert not drawn.times
    await soon()
    assert len(drawn.times) == 1


async def test_many_changes_are_one_frame(frames, drawn):
    for _ in range(100):
        frames.changed()
    await drawn.until(1)
    for _ in range(100):
        frames.changed()
    await drawn.until(2)
    assert drawn.times[1] - drawn.times[0] >= INTERVAL_S
    assert len(drawn.times) == 2


async def test_a_key_is_drawn_at_once_whatever_comes_in(frames, drawn):
    frames.changed()
    await drawn.until(1)
    frames.changed()
    frames.now()
    assert len(drawn.times) == 2


async def test_what_a_key_showed_is_not_drawn_again(frames, drawn):
    frames.changed()
    frames.now()
    await soon()
    assert len(drawn.times) == 1
