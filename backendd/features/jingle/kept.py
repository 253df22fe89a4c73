"""A file that comes, in the place where it is kept."""

from collections.abc import Awaitable, Callable

from backendd.files.targets import Received, Target
from backendd.jingle.ports import Hashes
from backendd.jingle.receiving import Offer


class Kept:
    """Where a file goes, which remembers what became of it."""

    def __init__(self, target: Target, whole: Callable[[str], Awaitable[None]]) -> None:
        self._target = target
        self._whole = whole
        self.received: Received | None = None

    @property
    def position(self) -> int:
        return self._target.position

    async def offset(self, offer: Offer) -> int:
        """Return from where on the file is to come of an offer, once it can come."""
        if not offer.can_resume:
            await self._target.restart()
        return await self.ready()

    async def ready(self) -> int:
        """Return how much of it is there, once the rest can come."""
        await self._target.catch_up()
        return self._target.position

    async def write(self, data: bytes) -> None:
        await self._target.write(data)

    async def finish(self, hashes: Hashes) -> None:
        self.received = await self._target.finish(hashes, self._whole)
