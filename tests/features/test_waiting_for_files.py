"""A script that sends a file can wait for what becomes of it."""

import asyncio

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument, Timeout, UnknownTransfer
from backendd.core.transfers import WAITS
from tests.features.test_uploads import file, send, transfer

__all__ = ["file"]

LONG_MS = 60_000


async def wait(home, *ids, timeout_ms=LONG_MS):
    return await home.call(names.FILES, "wait", ids, timeout_ms)


@pytest.fixture
async def queued(make_home, file):
    """A home without a connection, with two files that wait for one."""
    home = await make_home()
    return home, [await send(home, "bob@localhost", file) for _ in range(2)]


async def test_files_are_waited_for_until_all_are_over(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    first = await send(home, peer.jid, file)
    second = await send(home, peer.jid, file)
    found, _ = await asyncio.gather(wait(home, second, first), home.online())
    assert [(each.id, each.state) for each in found] == [(second, "done"), (first, "done")]
    assert await wait(home, first, timeout_ms=0) == [await transfer(home, first)]


async def test_what_is_cancelled_meanwhile_is_over(queued):
    home, ids = queued
    cancelling = [home.call(names.FILES, "cancel", each) for each in ids]
    found, *_ = await asyncio.gather(wait(home, *ids), *cancelling)
    assert [each.state for each in found] == ["cancelled", "cancelled"]


async def test_who_has_no_more_time_is_told_what_goes_on(queued):
    home, (first, second) = queued
    with pytest.raises(Timeout, match=f"transfer {first} is still [a-z]+, and 1 more"):
        await wait(home, first, second, timeout_ms=0)
    assert (await transfer(home, first)).state in WAITS


async def test_what_is_unknown_or_forgotten_meanwhile_is_waited_for_no_more(queued):
    home, (first, second) = queued
    with pytest.raises(UnknownTransfer, match="there is no transfer 99"):
        await wait(home, first, 99)
    await home.call(names.FILES, "cancel", first)
    with pytest.raises(UnknownTransfer, match=f"there is no transfer {first}"):
        await asyncio.gather(wait(home, first, second), home.call(names.FILES, "remove", first))
    with pytest.raises(InvalidArgument):
        await wait(home)
