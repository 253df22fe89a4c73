"""What a test left open that failed before it closed it: threads that would keep the run alive."""

import sys
from collections.abc import Iterator
from threading import Thread
from typing import Any
from weakref import WeakSet

import aiosqlite
import pytest

_opened: WeakSet[aiosqlite.Connection] = WeakSet()


@pytest.fixture(scope="session", autouse=True)
def connections() -> Iterator[None]:
    """Know the connections to databases that are made in this process."""
    begin = aiosqlite.Connection.__init__

    def note(connection: aiosqlite.Connection, *arguments: Any, **options: Any) -> None:
        begin(connection, *arguments, **options)
        _opened.add(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aiosqlite.Connection, "__init__", note)
        yield


@pytest.fixture(autouse=True)
def ends_its_threads(connections: None) -> Iterator[None]:
    """Have the threads end with their test that it left behind; the first to be set up."""
    before = _alive()
    yield
    for left in _alive() - before:
        sys.stderr.write(f"closed what the test left open: {left}\n")
        # In a thread of its own, which has no event loop: that of the test is closed.
        ending = Thread(target=left.stop)
        ending.start()
        ending.join()
        left._thread.join()


def _alive() -> set[aiosqlite.Connection]:
    return {each for each in _opened if each._thread.is_alive()}
