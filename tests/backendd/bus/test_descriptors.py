"""File descriptors over the bus: there as long as they are needed, and no longer."""

import asyncio
import gc
import os

import pytest
from dbus_next.aio.message_bus import MessageBus
from dbus_next.message import Message

from backendd.api.descriptors import Descriptor
from backendd.api.errors import BackendError, NotSupported, UnknownItem
from backendd.api.link import CALL_LIMIT, Link
from tests.backendd.bus.conftest import LAMP, NAME, PATH


def file(content="light"):
    """Return a descriptor of a file with this in it."""
    number = os.memfd_create("file")
    os.write(number, content.encode())
    return Descriptor(number)


def read(descriptor):
    return os.pread(descriptor.fileno(), 1 << 20, 0).decode()


def opened():
    return len(os.listdir("/proc/self/fd"))


async def test_a_file_goes_with_a_call_and_another_comes_back(call):
    given = file()
    (copy,) = await call("Copy", "sh", "bulb", given)
    assert read(copy) == "light"
    assert read(given) == "light"  # it is still ours


async def test_several_go_with_one_call_and_come_back_in_their_order(call):
    given = [file(text) for text in ("one", "two", "three")]
    (bundled,) = await call("Bundle", "ahh", given[:2], given[2])
    assert [read(each) for each in bundled] == ["three", "two", "one"]
    (bundled,) = await call("Bundle", "ahh", [], given[0])
    assert [read(each) for each in bundled] == ["one"]
    with pytest.raises(TypeError, match="no descriptor"):
        await call("Bundle", "ahh", [7], given[0])


async def test_each_call_has_its_own(call):
    texts = [f"light {number}" for number in range(50)]
    copies = await asyncio.gather(*(call("Copy", "sh", "bulb", file(text)) for text in texts))
    assert [read(copy) for (copy,) in copies] == texts


async def test_a_client_of_another_library_is_understood(private_bus, lamp):
    theirs = await MessageBus(bus_address=private_bus.address, negotiate_unix_fd=True).connect()
    given = file()
    reply = await theirs.call(
        Message(
            destination=NAME, path=PATH, interface=LAMP, member="Copy",
            signature="sh", body=["bulb", 0], unix_fds=[given.fileno()],
        )
    )  # fmt: skip
    with Descriptor.copy(reply.unix_fds[0]) as copy:
        assert read(copy) == "light"
    os.close(reply.unix_fds[0])
    theirs.disconnect()
    await theirs.wait_for_disconnect()
    theirs._stream.close()  # it leaves that to the collector
    theirs._sock.close()


async def test_none_is_left_open(call):
    await call("Echo", "s", "once")
    gc.collect()
    gc.disable()
    before = opened()
    await call("Copy", "sh", "bulb", file())
    with pytest.raises(UnknownItem):
        await call("Copy", "sh", "broken", file())
    with pytest.raises(BackendError, match="not sh"):
        await call("Echo", "sh", "text", file())
    with pytest.raises(BackendError):
        await call("Nothing", "h", file())
    with pytest.raises(BackendError, match="is the most"):
        await call("Copy", "sh", "x" * CALL_LIMIT * 2, file())
    assert await call("Echo", "s", "after") == ["after"]
    gc.enable()
    assert opened() == before


async def test_what_waits_for_the_bus_stays_open_until_it_is_sent(private_bus, client, call):
    private_bus.pause()
    names = [f"{number} " + "x" * 50_000 for number in range(40)]
    copies = asyncio.gather(*(call("Copy", "sh", name[:200], file(name)) for name in names))
    waiting = asyncio.gather(*(call("Echo", "s", name) for name in names))
    again = asyncio.gather(*(call("Copy", "sh", name[:200], file(name)) for name in names))
    for _ in range(9):
        await asyncio.sleep(0)
    assert client.backlog > len(names)
    private_bus.resume()
    await waiting
    for answered in (copies, again):
        assert [read(copy) for (copy,) in await answered] == names


async def test_a_bus_that_carries_none_is_as_good_for_all_else(private_bus, lamp, unused_socket):
    async with await asyncio.start_unix_server(relay(private_bus.socket), unused_socket):
        link = await Link.open(f"unix:path={unused_socket}")
        assert await link.call(NAME, PATH, LAMP, "Echo", "s", ["text"]) == ["text"]
        with pytest.raises(NotSupported, match="no file descriptors"):
            await link.call(NAME, PATH, LAMP, "Copy", "sh", ["bulb", file()])
        await link.close()


@pytest.fixture
def unused_socket(tmp_path):
    return tmp_path / "socket"


def relay(path):
    """Pass all on to the bus at `path` but the wish for descriptors, which is refused."""

    async def pump(source, sink):
        while data := await source.read(1 << 16):
            sink.write(data)
        sink.close()

    async def serve(reader, writer):
        from_bus, to_bus = await asyncio.open_unix_connection(path)
        to_bus.write(await reader.readuntil(b"\r\n"))
        writer.write(await from_bus.readuntil(b"\r\n"))
        assert await reader.readuntil(b"\r\n") == b"NEGOTIATE_UNIX_FD\r\n"
        writer.write(b"ERROR\r\n")
        await asyncio.gather(pump(reader, to_bus), pump(from_bus, writer))

    return serve


def test_what_is_closed_has_no_number():
    first, second = os.pipe()
    with Descriptor(first) as closed:
        pass
    closed.close()
    with pytest.raises(ValueError, match="closed"):
        closed.fileno()
    number = Descriptor(second).detach()
    os.close(number)  # nobody else did
