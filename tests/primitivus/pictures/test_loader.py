"""Which pictures are read, and when."""

import asyncio

import pytest

from backendd.api.tasks import Tasks
from primitivus.model.files.pictures import Picture, Pictures, Refusal, Source, Wanted
from primitivus.pictures.loader import Loader
from tests.lab.patience import PATIENCE_S


class Reader:
    """Reads a picture when it is told to."""

    def __init__(self):
        self.begun = []
        self.answers = {}
        self.changed = asyncio.Event()

    async def __call__(self, wanted):
        self.begun.append(wanted)
        self.answers[wanted] = asyncio.get_running_loop().create_future()
        self.changed.set()
        return await self.answers[wanted]

    async def until(self, count):
        async with asyncio.timeout(PATIENCE_S):
            while len(self.begun) < count:
                self.changed.clear()
                await self.changed.wait()

    def answer(self, wanted, read=None):
        self.answers[wanted].set_result(read or Picture(1, 1, b"rgba"))


class Seen:
    """Pictures, and how often one was read."""

    def __init__(self, tasks):
        self.reader = Reader()
        self.pictures = Pictures()
        self.drawn = asyncio.Event()
        self.loader = Loader(self.pictures, tasks, self.drawn.set, self.reader)

    async def read(self, wanted):
        """Return what came of reading one, once it is drawn."""
        async with asyncio.timeout(PATIENCE_S):
            while self.pictures.get(wanted) is None:
                self.drawn.clear()
                await self.drawn.wait()
        return self.pictures.get(wanted)


@pytest.fixture
async def seen():
    tasks = Tasks()
    yield Seen(tasks)
    await tasks.stop()


ONE, TWO, THREE = (Wanted(Source(name, 1), 9, 9, "rgba") for name in ("one", "two", "three"))


async def test_pictures_are_read_one_after_the_other_in_the_order_in_which_they_are_seen(seen):
    seen.loader.load([ONE, TWO])
    await seen.reader.until(1)
    assert seen.reader.begun == [ONE]
    seen.reader.answer(ONE)
    await seen.reader.until(2)
    assert seen.reader.begun == [ONE, TWO]
    assert seen.pictures.get(ONE) is not None
    seen.reader.answer(TWO)
    assert await seen.read(TWO) is not None


async def test_what_one_has_scrolled_past_is_not_read(seen):
    seen.loader.load([ONE, TWO])
    await seen.reader.until(1)
    seen.loader.load([THREE])
    seen.reader.answer(ONE)
    await seen.reader.until(2)
    seen.reader.answer(THREE)
    assert await seen.read(THREE) is not None
    assert seen.reader.begun == [ONE, THREE]
    assert seen.pictures.get(ONE) is not None


async def test_nothing_is_read_twice_while_it_is_kept_whatever_came_of_it(seen):
    seen.loader.load([ONE])
    await seen.reader.until(1)
    seen.loader.load([ONE])
    seen.reader.answer(ONE, Refusal("it is damaged"))
    await seen.read(ONE)
    seen.loader.load([ONE, TWO])
    await seen.reader.until(2)
    assert seen.reader.begun == [ONE, TWO]


async def test_what_went_wrong_with_one_keeps_no_other_from_being_read(seen, caplog):
    seen.loader.load([ONE, TWO])
    await seen.reader.until(1)
    seen.reader.answers[ONE].set_exception(RuntimeError("no idea"))
    await seen.reader.until(2)
    seen.reader.answer(TWO)
    assert isinstance(await seen.read(TWO), Picture)
    assert isinstance(seen.pictures.get(ONE), Refusal)
    assert "no idea" in caplog.text
