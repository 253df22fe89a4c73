"""What comes over the bus: gone when it was handled, and never too much."""

import gc
import weakref

import pytest
from dbus_next.constants import MessageFlag, MessageType

from backendd.api import wire
from backendd.api.bus_messages import BusMessage, error_reply, method_return
from backendd.api.errors import TooLarge
from backendd.api.link import CALL_LIMIT, Link
from tests.backendd.api.test_link import roundtrip

NAME = "org.example.Name"


@pytest.fixture
def without_collector():
    """Nothing but the last reference frees what is used."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def to(link, text, *, kind=MessageType.METHOD_CALL, flags=MessageFlag.NONE):
    return BusMessage(
        *(kind, wire.encode("s", [text]), "s"),
        destination=link.unique_name, path="/", interface=NAME, member="Do", flags=flags,
    )  # fmt: skip


async def test_a_message_is_gone_when_it_was_handled(links: list[Link], without_collector):
    caller, server = links
    kept: list[weakref.ref] = []

    def handle(message):
        kept.append(weakref.ref(message))
        server.send(error_reply(message, f"{NAME}.Error", "no"))

    server.serve(handle)
    for _ in range(3):
        caller.send(to(server, "x" * 1_000_000))
        await roundtrip(caller)
        await roundtrip(server)
    await roundtrip(server)
    assert len(kept) == 3
    assert [reference() for reference in kept] == [None, None, None]


async def test_a_call_that_is_too_large_is_refused_and_the_next_one_served(links: list[Link]):
    caller, server = links
    seen = []

    def handle(message):
        seen.append(len(message.body[0]))
        server.send(error_reply(message, f"{NAME}.Error", "served"))

    server.serve(handle)
    with pytest.raises(TooLarge, match="this is 20 MiB; 4 MiB is the most"):
        await caller.call(server.unique_name, "/", NAME, "Do", "s", ["x" * (20 << 20)])
    largest = CALL_LIMIT - 1000
    for size in (largest, 5):
        with pytest.raises(Exception, match="served"):
            await caller.call(server.unique_name, "/", NAME, "Do", "s", ["x" * size])
    assert seen == [largest, 5]


async def test_what_asks_for_no_answer_is_thrown_away_when_it_is_too_large(links: list[Link]):
    caller, server = links
    seen = []
    server.serve(lambda message: seen.append(message.body))
    caller.send(to(server, "x" * (10 << 20), flags=MessageFlag.NO_REPLY_EXPECTED))
    caller.send(to(server, "x" * (10 << 20), kind=MessageType.SIGNAL))
    caller.send(to(server, "small"))
    await roundtrip(caller)
    await roundtrip(server)
    assert seen == [["small"]]
    assert not server.is_lost


async def test_a_reply_may_be_as_large_as_the_bus_takes(links: list[Link]):
    caller, server = links
    text = "x" * (30 << 20)

    def answer(message):
        server.send(method_return(message, "s", [text]))

    server.serve(answer)
    (got,) = await caller.call(server.unique_name, "/", NAME, "Do")
    assert len(got) == len(text)
