from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from tests.lab.backend import Backend
from tests.lab.bus import PrivateBus
from tests.lab.scratch import Scratch

Run = Callable[..., Awaitable[tuple[int, str, str]]]


@pytest.fixture
async def stopped(bus: PrivateBus, scratch: Scratch) -> AsyncIterator[Backend]:
    """A backend that a test may start in the background; it is stopped afterwards."""
    backend = Backend(scratch, bus.address)
    yield backend
    code, _, errors = await backend.run("stop")
    assert code == 0, errors


@pytest.fixture
async def run(stopped: Backend) -> Run:
    """Call it with the words after `backendd`; `given` is standard input."""
    return stopped.run
