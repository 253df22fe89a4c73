"""How conversations of bookmarked rooms are to behave, told to the server as soon as it can be."""

import logging
from collections.abc import Awaitable, Callable

from backendd.api.errors import BackendError, NotConnected, StorageError, Timeout
from backendd.api.words import WarningWord
from backendd.core import jid
from backendd.core.conversations import Behaviour
from backendd.features.bookmarks import store
from backendd.session.home import Home

log = logging.getLogger(__name__)

WARNING: WarningWord = "bookmark-behaviour"


class Wishes:
    """Has `grant` tell one after the other; what fails for want of a connection waits for one.

    What the server refuses waits for the next stream, and is warned of.
    """

    def __init__(self, home: Home, grant: Callable[[str, Behaviour], Awaitable[None]]) -> None:
        self._home = home
        self._grant = grant
        self._is_busy = False
        self._refused: set[str] = set()

    def renew(self) -> None:
        """Try again what was refused: it is another stream."""
        self._refused.clear()

    def tell_soon(self) -> None:
        """Tell what is wanted by now."""
        if not self._is_busy:
            self._is_busy = True
            self._home.do_soon(self._tell(), name="tell how rooms are to behave")

    async def _tell(self) -> None:
        try:
            while wanted := await self._wanted():
                await self._try(*wanted)
        except (NotConnected, Timeout) as error:
            log.info("%s: the next stream tells of rooms: %s", self._home.profile.name, error)
        finally:
            self._is_busy = False

    async def _wanted(self) -> tuple[str, Behaviour] | None:
        found = await self._home.store.read(store.wishes)
        return next(((room, wish) for room, wish in found if room not in self._refused), None)

    async def _try(self, room: str, wanted: Behaviour) -> None:
        try:
            await self._grant(room, wanted)
        except (NotConnected, StorageError, Timeout):
            raise
        except BackendError as error:
            self._refused.add(room)
            sentence = f"other clients don't learn how you set {jid.shown(room)}: {error}"
            self._home.warnings.add(WARNING, room, sentence)
        else:
            self._home.warnings.settle(WARNING, room)
