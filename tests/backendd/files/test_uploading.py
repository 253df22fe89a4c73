"""Files sent to web servers, good ones and others."""

import asyncio
import os

import pytest

from backendd.api.errors import (
    FileError,
    HostUnreachable,
    NotAllowed,
    ServerError,
    Timeout,
    TooLarge,
)
from backendd.files.patience import Patience
from backendd.files.web import Web
from tests.backendd.files.memory import Endless, InMemory
from tests.backendd.files.webserver import serving
from tests.lab.patience import PATIENCE_S

DATA = os.urandom(700_000)


async def takes(asked):
    await asked.take()
    await asked.say("201 Created")


def refuses(status, *headers, body=b""):
    async def behave(asked):
        await asked.say(status, *headers, body=body)
        await asked.reader.read()

    return behave


@pytest.mark.parametrize("size", [0, 1, 65_536, 262_144, 700_000])
async def test_all_of_a_file_is_sent_with_its_size_and_type(size):
    told = []
    async with serving(takes) as server:
        remarks = await Web().put(
            server.url("/slot?v=1"), InMemory(DATA[:size]), mime="image/png", progress=told.append
        )
    asked = server.asked[0]
    assert (asked.method, asked.target, asked.body) == ("PUT", "/slot?v=1", DATA[:size])
    assert asked.headers["content-length"] == str(size)
    assert asked.headers["content-type"] == "image/png"
    assert "transfer-encoding" not in asked.headers
    assert told == sorted(set(told))
    assert told[-1:] == ([size] if size else [])
    assert len(remarks) == 1


async def test_what_came_with_the_slot_is_sent_and_nothing_else():
    given = [("authorization", "Basic abc"), ("Cookie", "a=b\r\nX: y"), ("X-Other", "z")]
    async with serving(takes) as server:
        await Web().put(server.url(), InMemory(DATA), slot_headers=given)
    headers = server.asked[0].headers
    assert headers["authorization"] == "Basic abc"
    assert headers["cookie"] == "a=bX: y"
    assert "x-other" not in headers
    assert "x" not in headers
    assert headers["content-type"] == "application/octet-stream"


async def test_a_refusal_is_told_though_the_server_takes_nothing_of_the_file():
    said = ("Content-Type: text/plain",)
    async with serving(refuses("413 Too Large", *said, body=b"100 MiB at most")) as server:
        with pytest.raises(TooLarge, match=r"too large there \(100 MiB at most\)"):
            await Web().put(server.url(), Endless(1 << 34))
        await server.until_hung_up()


async def test_an_answer_before_the_end_of_the_file_is_no_success():
    async with serving(refuses("201 Created")) as server:
        with pytest.raises(ServerError, match="before it had the file"):
            await Web().put(server.url(), Endless(1 << 34))
        await server.until_hung_up()


async def test_a_connection_that_breaks_is_told():
    async def behave(asked):
        await asked.reader.readexactly(100_000)

    async with serving(behave) as server:
        with pytest.raises(HostUnreachable, match="broke in the middle"):
            await Web().put(server.url(), Endless(1 << 34))


@pytest.mark.parametrize(
    ("taken", "patience"),
    [(100_000, Patience(stall_s=0.2)), (len(DATA), Patience(done_s=0.2))],
)
async def test_a_server_that_stops_is_not_waited_for(taken, patience):
    enough = asyncio.Event()

    async def behave(asked):
        await asked.reader.readexactly(taken)
        await enough.wait()

    size = len(DATA) if taken == len(DATA) else 1 << 34
    async with serving(behave) as server:
        with pytest.raises(Timeout, match="has stopped"):
            await Web(patience=patience).put(server.url(), Endless(size))


async def test_what_is_wrong_with_the_file_is_told_and_ends_it():
    async def behave(asked):
        await asked.take()

    async with serving(behave) as server:
        with pytest.raises(FileError, match="the file has changed"):
            await Web().put(server.url(), InMemory(DATA, fails_at=400_000))
        await server.until_hung_up()


async def test_a_file_that_becomes_shorter_is_not_sent():
    class Shorter(InMemory):
        size = 800_000

    async with serving(takes) as server:
        with pytest.raises(FileError, match="shorter"):
            await Web().put(server.url(), Shorter(DATA))


async def test_it_is_encrypted_where_the_address_says_so(certified):
    async with serving(takes, tls=certified.context, called="localhost") as server:
        await Web(certified.ca_file).put(server.url(), InMemory(DATA))
    assert server.asked[0].body == DATA


def refers(location, status="307 Temporary Redirect"):
    return refuses(status, f"Location: {location}")


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
async def test_a_file_is_sent_whole_to_where_the_server_refers(status):
    given = [("Authorization", "Basic abc")]
    async with serving(takes) as there, serving(refers(there.url(), status)) as server:
        await Web().put(server.url(), InMemory(DATA), slot_headers=given)
    assert there.asked[0].body == DATA
    assert there.asked[0].method == "PUT"
    assert "authorization" in server.asked[0].headers
    assert "authorization" not in there.asked[0].headers, "it is another server"


async def test_at_the_same_server_the_headers_of_the_slot_are_kept():
    async def behave(asked):
        if asked.target == "/file.txt":
            await refers("/other")(asked)
        else:
            await takes(asked)

    async with serving(behave) as server:
        given = [("Authorization", "Basic abc")]
        await Web().put(server.url(), InMemory(DATA), slot_headers=given)
    assert server.asked[1].headers["authorization"] == "Basic abc"


async def test_no_file_is_sent_again_to_what_is_only_to_be_seen():
    async with serving(takes) as there, serving(refers(there.url(), "303 See Other")) as server:
        with pytest.raises(ServerError, match="HTTP 303"):
            await Web().put(server.url(), InMemory(DATA))
    assert not there.asked


async def test_no_file_goes_unencrypted_into_the_internet():
    with pytest.raises(NotAllowed, match="nothing is sent there"):
        await Web().put("http://8.8.8.8/slot", InMemory(DATA))


async def test_progress_is_what_has_left_and_not_what_was_read():
    """Between the two stands no more than the system holds of a connection."""
    taken = asyncio.Event()
    sent = []

    async def behave(asked):
        await asked.reader.readexactly(100_000)
        taken.set()
        await asked.reader.read()

    async with serving(behave) as server:
        upload = asyncio.get_running_loop().create_task(
            Web().put(server.url(), Endless(1 << 34), progress=sent.append)
        )
        await asyncio.wait_for(taken.wait(), PATIENCE_S)
        upload.cancel()
        await asyncio.wait([upload])
    assert upload.cancelled()
    assert 0 < sent[-1] < 64 << 20
