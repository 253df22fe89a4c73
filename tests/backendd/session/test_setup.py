"""What is due on a stream: each step for itself, and none stops the others."""

import asyncio
import logging

import pytest

from backendd.api.errors import NotSupported, StorageError
from backendd.session.feature import Feature
from backendd.session.missing import Patience
from backendd.session.part import Part
from tests.backendd.session.partial import PEER, Partial


class Due(Part):
    """Does what `errors` say, and ends once `gate` is set."""

    def __init__(self, home):
        self.gate = asyncio.Event()
        self.gate.set()
        self.error = None
        self.ended = 0
        self._home = home

    async def set_up(self, *, resumed):
        try:
            await self.gate.wait()
            if self.error is not None:
                raise self.error
        finally:
            self.ended += 1
            self._home.events.publish(self)


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        yield server


@pytest.fixture
async def home(make_home, partial):
    """A home with a step more, that doesn't wait long."""
    home = await make_home("user", server=partial)
    await home.restart_with(Patience(short_s=0.2), more=[Feature("due", Due)])
    return home


def due(home):
    return next(part for part in home.session.parts if isinstance(part, Due))


async def test_a_step_that_never_ends_stops_no_other_and_ends_with_the_stream(home, partial):
    due(home).gate.clear()
    await home.send(PEER, "through")
    await home.online()
    await partial.until(lambda: partial.is_seen() and "through" in partial.messages)
    assert due(home).ended == 0
    await home.session.disconnect()
    await home.until(lambda: due(home).ended == 1)


async def test_what_a_step_learns_late_still_counts(home, partial):
    due(home).gate.clear()
    await home.online()
    due(home).gate.set()
    await home.until(lambda: due(home).ended == 1)
    assert home.inside.stream.is_online


@pytest.mark.parametrize("error", [NotSupported("it can't"), KeyError("inside")])
async def test_a_step_that_fails_costs_itself(home, partial, caplog, error):
    caplog.set_level(logging.CRITICAL, logger="backendd.session.setup")
    due(home).error = error
    await home.send(PEER, "through")
    await home.online()
    await home.until_message(PEER, "through", "sent")


@pytest.mark.parametrize("is_late", [False, True])
async def test_a_step_that_can_not_store_what_it_learned_drops_the_connection_early_or_late(
    home, partial, is_late
):
    step = due(home)
    step.error = StorageError("the disk is full")
    if is_late:
        step.gate.clear()
        await home.online()
        step.gate.set()
    else:
        await home.session.connect()
    await home.until(lambda: home.session.state == "waiting")
    assert home.inside.stream.last_error == ("StorageError", "the disk is full")
    step.error = None
    await home.until(lambda: home.session.state == "online" and home.session.is_set_up)
