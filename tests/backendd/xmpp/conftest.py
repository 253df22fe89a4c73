"""One Prosody for all tests of a module here, and streams that are closed after each."""

from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from backendd.api.tasks import Tasks
from backendd.xmpp.account import Account
from backendd.xmpp.stream import Stream
from tests.backendd.xmpp.kit import Owner, open_stream
from tests.lab.prosody import Prosody

Opener = Callable[..., Stream]


@pytest.fixture(scope="module")
def prosody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prosody]:
    with Prosody(tmp_path_factory.mktemp("prosody")) as server:
        yield server


@pytest.fixture
async def opened() -> AsyncIterator[Opener]:
    """A function that makes streams; they end with the test."""
    streams: list[tuple[Stream, Tasks]] = []

    def make(who: Account, owner: Owner, **options: object) -> Stream:
        tasks = Tasks()
        stream = open_stream(who, owner, tasks=tasks, **options)
        streams.append((stream, tasks))
        return stream

    yield make
    for stream, tasks in streams:
        await stream.disconnect()
        await tasks.stop()
