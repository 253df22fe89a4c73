"""Whatever a transfer is doing: cancelled, nothing of it is left."""

import asyncio
import gc

import pytest

from backendd.files.policy import ASKED
from backendd.files.web import Web
from tests.backendd.files.memory import Endless, others, sockets
from tests.backendd.files.webserver import serving
from tests.lab.patience import PATIENCE_S


async def put(url, web):
    await web.put(url, Endless(1 << 34))


async def get(url, web):
    async with web.get(url, reach=ASKED, most=1 << 40) as answer:
        async for _ in answer:
            pass


async def takes_nothing(asked):
    await asked.reader.readexactly(1) if asked.method == "PUT" else None


async def takes_a_little(asked):
    await asked.reader.readexactly(100_000) if asked.method == "PUT" else None


async def has_said_something(asked):
    await asked.send(b"HTTP/1.1 200 OK\r\nContent-Le")


async def has_begun(asked):
    await asked.say("200 OK", "Content-Length: 99999999999", body=bytes(100_000))


async def has_refused(asked):
    await asked.say("413 No", "Content-Type: text/plain", "Content-Length: 1000")


async def takes(asked):
    await asked.take()
    await asked.say("201 Created")


STAGES = [takes_nothing, takes_a_little, has_said_something, has_begun, has_refused]


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("transfer", [put, get])
@pytest.mark.parametrize("secure", [False, True])
async def test_nothing_is_left_of_a_transfer_that_is_cancelled(certified, transfer, stage, secure):
    reached = asyncio.Event()
    left = asyncio.Event()

    async def behave(asked):
        await stage(asked)
        reached.set()
        try:
            while await asked.reader.read(100_000):
                if transfer is put:
                    await left.wait()  # it stands: nothing more is taken
        finally:
            asked.writer.transport.abort()

    # What is loaded and kept open once is no rest of a transfer.
    async with serving(takes) as server:
        await Web().put(server.url(), Endless(1))
    gc.collect()
    tls = certified.context if secure else None
    async with serving(behave, tls=tls, called="localhost") as server:
        before, tasks = sockets(), others()
        running = asyncio.get_running_loop().create_task(
            transfer(server.url(), Web(certified.ca_file))
        )
        await asyncio.wait_for(reached.wait(), PATIENCE_S)
        running.cancel()
        await asyncio.wait([running])
        left.set()
        await server.until_hung_up()
        assert running.cancelled()
        del running
        gc.collect()
        assert others() == tasks
        assert sockets() == before
