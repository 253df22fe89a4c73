"""The bus without an event loop: calls, signals, descriptors, and what goes wrong."""

import asyncio
import os

import pytest

from backendd.api.blocking import BlockingLink, run
from backendd.api.descriptors import Descriptor
from backendd.api.errors import Timeout
from backendd.api.failures import DRIVER, BusLost, NoBus, NotRunning
from backendd.api.subscriptions import MatchRule

PATH = "/org/freedesktop/DBus"


@pytest.fixture
def link(bus):
    with BlockingLink(bus.address) as link:
        yield link


def ask(link, member, signature="", *args, **how):
    """Return what a method of the bus itself returns."""
    return run(link.call(DRIVER, PATH, DRIVER, member, signature, args, **how))


def test_it_calls_and_returns_plain_values(link):
    (names,) = ask(link, "ListNames")
    assert DRIVER in names
    assert ask(link, "NameHasOwner", "s", DRIVER) == [True]


def test_a_body_larger_than_what_comes_at_once_goes_and_comes_whole(link):
    with pytest.raises(NotRunning) as raised:
        ask(link, "GetNameOwner", "s", ":" + "1" * 1_000_000)
    assert len(str(raised.value)) > 1_000_000


def test_signals_wait_until_they_are_asked_for(link, bus):
    run(link.subscribe(MatchRule(DRIVER, PATH, interface=DRIVER, member="NameOwnerChanged")))
    with BlockingLink(bus.address) as other:
        ask(other, "GetId")
    ask(link, "GetId")
    signal = run(link.signal(20))
    assert signal.member == "NameOwnerChanged"
    while signal is not None and signal.args[1]:
        signal = run(link.signal(20))


def test_without_a_signal_it_returns_when_the_time_is_over(link):
    assert run(link.signal(0)) is None


def test_who_is_not_there_is_not_running(link):
    with pytest.raises(NotRunning):
        run(link.call("org.example.Nobody", "/", None, "Do"))


def test_an_answer_that_does_not_come_in_time_is_a_timeout(link):
    with pytest.raises(Timeout):
        ask(link, "ListNames", timeout=0)


def test_a_bus_that_goes_is_lost(link, bus):
    ask(link, "GetId")
    bus.stop()
    with pytest.raises(BusLost):
        ask(link, "GetId")


@pytest.mark.parametrize("address", ["unix:path=/nowhere", "tcp:host=x,port=1", "", "unix:", "x"])
def test_where_there_is_no_bus_that_is_said(address, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address or ";")
    with pytest.raises(NoBus):
        BlockingLink()


async def test_a_bus_that_refuses_us_is_no_bus(tmp_path):
    async def refuse(reader, writer):
        writer.write(b"REJECTED KERBEROS\r\n")
        await reader.read()
        writer.close()

    server = await asyncio.start_unix_server(refuse, tmp_path / "bus")
    with pytest.raises(NoBus, match="REJECTED"):
        await asyncio.to_thread(BlockingLink, f"unix:path={tmp_path}/bus")
    server.close()


def test_a_descriptor_goes_along(link):
    reading, writing = os.pipe()
    with (
        Descriptor(reading),
        Descriptor(writing) as end,
        pytest.raises(Exception, match="does not understand"),
    ):
        # Nobody here takes one; the bus itself looks at the message, and says so.
        ask(link, "TakeThis", "h", end)
    assert ask(link, "GetId")


def test_what_waits_for_a_loop_is_told():
    with pytest.raises(RuntimeError, match="event loop"):
        run(asyncio.sleep(1))
