"""A file goes from one disk to another, as the profiles of a backend do it."""

import asyncio
import os

import pytest

from backendd.api.errors import BackendError, FileError
from backendd.files import parts
from backendd.files.directory_targets import DirectoryTarget
from backendd.files.sources import Source
from backendd.files.targets import Bounds
from backendd.jingle.descriptions import File
from tests.backendd.jingle.kit import noise

CONTENT = noise(3 * 1024 * 1024 + 7)


@pytest.fixture
async def source(tmp_path):
    (tmp_path / "film.mkv").write_bytes(CONTENT)
    async with await Source.at(str(tmp_path / "film.mkv")) as source:
        yield source


@pytest.fixture
def place(tmp_path):
    (tmp_path / "downloads").mkdir()
    return tmp_path / "downloads"


def into(place, key, size):
    return DirectoryTarget.open(str(place), "film.mkv", key, Bounds(size))


async def test_a_file_of_one_disk_arrives_on_the_other(romeo, juliet, source, place):
    sending = romeo.send(source, file=File(source.name))
    offer = await juliet.offer()
    async with await into(place, parts.new_key(), offer.file.size) as target:
        await asyncio.gather(juliet.accept(offer, target), sending)
    assert os.listdir(place) == ["film.mkv"]
    assert (place / "film.mkv").read_bytes() == CONTENT


async def test_what_came_before_is_gone_on_with(romeo, juliet, source, place):
    key = parts.new_key()
    async with await into(place, key, len(CONTENT)) as target:
        await target.write(CONTENT[:1_000_000])
    sending = romeo.send(source, file=File(source.name))
    offer = await juliet.offer()
    async with await into(place, key, offer.file.size) as target:
        await asyncio.gather(juliet.accept(offer, target, offset=target.position), sending)
    assert juliet.progress[0] > 1_000_000
    assert (place / "film.mkv").read_bytes() == CONTENT


async def test_what_came_before_of_another_file_is_noticed(romeo, juliet, source, place):
    key = parts.new_key()
    async with await into(place, key, len(CONTENT)) as target:
        await target.write(b"x" * 1_000_000)
    sending = romeo.send(source, file=File(source.name))
    offer = await juliet.offer()
    async with await into(place, key, offer.file.size) as target:
        with pytest.raises(FileError, match="not the file that was announced"):
            await juliet.accept(offer, target, offset=target.position)
    with pytest.raises(BackendError):
        await sending
    assert os.listdir(place) == []
