"""A file of any size needs no memory."""

import tracemalloc

import pytest

from backendd.files.encryption import EncryptedSource
from backendd.files.policy import ASKED
from backendd.files.web import Web
from tests.backendd.files.memory import Endless
from tests.backendd.files.webserver import serving

SIZE = 96 << 20
SOME = 12 << 20
"""What some pieces of both sides take, which are in one process here."""


@pytest.fixture
async def peak():
    """Call it for the most memory that was taken since the test began."""

    async def takes(asked):
        await asked.take()
        await asked.say("201 Created")

    async with serving(takes) as server:  # what is loaded once belongs to no file
        await Web().put(server.url(), Endless(1))
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


@pytest.mark.parametrize("is_encrypted", [False, True])
async def test_what_is_sent_is_in_memory_only_in_pieces(peak, is_encrypted):
    async def takes(asked):
        left = asked.length
        while left:
            left -= len(await asked.reader.read(1 << 20))
        await asked.say("201 Created")

    source = Endless(SIZE)
    sent = EncryptedSource(source) if is_encrypted else source
    async with serving(takes) as server:
        await Web().put(server.url(), sent)
    assert peak() < SOME


async def test_what_comes_is_in_memory_only_in_pieces(peak):
    async def gives(asked):
        await asked.say("200 OK", f"Content-Length: {SIZE}")
        for _ in range(SIZE >> 20):
            await asked.send(bytes(1 << 20))

    came = 0
    async with (
        serving(gives) as server,
        Web().get(server.url(), reach=ASKED, most=SIZE) as answer,
    ):
        async for piece in answer:
            came += len(piece)
    assert came == SIZE
    assert peak() < SOME
