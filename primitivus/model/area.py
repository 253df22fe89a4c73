"""The parts of the state that change by themselves, and that somebody may watch."""

import asyncio
from collections.abc import Callable
from enum import Enum, auto


class Area(Enum):
    """A part of the state; whoever draws it looks again when it is told to have changed."""

    LINK = auto()
    PROFILE = auto()
    CONVERSATIONS = auto()
    MESSAGES = auto()
    # How far messages got that are here already.
    PROGRESS = auto()
    ROSTER = auto()
    REQUESTS = auto()
    ROOMS = auto()
    TRANSFERS = auto()
    BLOGS = auto()
    VIEW = auto()
    INPUT = auto()
    NOTICES = auto()


class Changes:
    """Tells watchers which area changed, and counts the changes of each."""

    def __init__(self) -> None:
        self._counts = dict.fromkeys(Area, 0)
        self._watchers: list[Callable[[Area], None]] = []

    def watch(self, watcher: Callable[[Area], None]) -> Callable[[], None]:
        """Call `watcher` with each area that changes; the returned function ends that."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def changed(self, area: Area) -> None:
        self._counts[area] += 1
        for watcher in tuple(self._watchers):
            watcher(area)

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Return once it is so, looking again after each change."""
        changed = asyncio.Event()
        undo = self.watch(lambda area: changed.set())
        try:
            while not is_so():
                changed.clear()
                await changed.wait()
        finally:
            undo()

    def count(self, *areas: Area) -> tuple[int, ...]:
        """Return numbers that differ from earlier ones as soon as one of `areas` changed."""
        return tuple(self._counts[area] for area in areas)
