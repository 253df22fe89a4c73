"""Following one archive, and deciding by it what is uncertain in the outbox."""

import asyncio
import contextlib
import logging
from collections.abc import Callable

from backendd.api.errors import (
    BackendError,
    NotConnected,
    NotSupported,
    ServerError,
    StorageError,
    Timeout,
)
from backendd.api.words import Older
from backendd.core import xml
from backendd.core.conversations import Peer
from backendd.core.messages import CaughtUp
from backendd.features.archive import store
from backendd.features.archive.catching_up import CatchUp
from backendd.features.archive.fetching import Fetcher
from backendd.session.home import Home
from backendd.store import doubts
from backendd.store.doubts import Uncertain

log = logging.getLogger(__name__)


class Follower:
    """Follows the archive that `fetcher` asks, on one stream after the other.

    Lanes of the outbox that wait for it are closed until it was asked: what it has is settled as
    it is stored, what it lacks is sent again. They open as well where there is none to ask.
    """

    def __init__(self, home: Home, fetcher: Fetcher) -> None:
        self.announced = asyncio.Event()  # the server knows that we are there
        self.caught_up = asyncio.Event()  # the archive is known up to now, or can't be read
        self._home = home
        self._address = fetcher.address
        self.fetcher = fetcher
        self._task: asyncio.Task[None] | None = None
        self._is_there = True  # for all that is known of the archive of a room
        self._is_doubtful = False  # something may be uncertain that was not when it was asked

    async def follow(self, *, resumed: bool) -> None:
        """Return when the first page is here, or can't be had; it goes on from there."""
        home = self._home
        known = await home.store.read(lambda view: store.load(view, self.fetcher.archive))
        uncertain = await self._uncertain()
        is_known = resumed and known.is_caught_up and not uncertain.ids
        if is_known or not await self._may_be_there():
            await self._finish(uncertain)
            return
        first_page = asyncio.Event()
        self._begin(first_page)
        # It comes before presence brings what would overtake it.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(home.missing.patience.short_s):
                await first_page.wait()

    def older(self) -> Older:
        """Return what is to be said of older messages: `server` where the archive can be asked."""
        home = self._home
        if not home.stream.is_online or home.missing.has("archive", about=self._address):
            return "offline"
        if self._address:
            return "server" if self._is_there else "end"
        if xml.MAM not in home.server.features:
            return "offline" if home.server.may_have(xml.MAM) else "end"
        return "server"

    def look_again(self) -> None:
        """Have decided what has become uncertain, as soon as the archive is caught up."""
        self._is_doubtful = True
        if self.caught_up.is_set() and (self._task is None or self._task.done()):
            self._begin(asyncio.Event())

    def _begin(self, first_page: asyncio.Event) -> None:
        self._is_doubtful = True
        work = self._catch_up(first_page)
        self._task = self._home.tasks.start(work, name="catch up with an archive")

    def stop(self) -> None:
        """Follow no more: the stream is gone."""
        self.announced.clear()
        self.caught_up.clear()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._home.set_syncing(self._address, is_syncing=False)

    async def _may_be_there(self) -> bool:
        """Return whether the archive is announced; not to know is not to know that not."""
        home = self._home
        if not self._address:
            await home.server.discovered()
            return home.server.may_have(xml.MAM)
        try:
            self._is_there = xml.MAM in (await home.disco.info(self._address)).features
        except NotConnected:
            raise
        except BackendError:
            self._is_there = True
        return self._is_there

    async def _catch_up(self, first_page: asyncio.Event) -> None:
        """Return when the archive is known up to now, or refuses to be read."""
        patience = self._home.missing.patience
        wait_s = patience.again_s
        while self._is_doubtful:
            self._is_doubtful = False
            if not await self._attempt(first_page, wait_s):
                # What may be there must not be sent again, so this can't be given up.
                self._is_doubtful = True
                wait_s = min(2 * wait_s, patience.again_max_s)

    async def _attempt(self, first_page: asyncio.Event, wait_s: float) -> bool:
        """Return whether there is no more to be done on this stream."""
        home = self._home
        home.set_syncing(self._address, is_syncing=True)
        try:
            uncertain = await self._uncertain()
            catch_up = CatchUp(home, self.fetcher, self.announced, first_page, wait_s, self._warn)
            error = await self._read(catch_up, uncertain) if self._is_there else None
            if error is None:
                home.warnings.settle("archive", self.fetcher.archive)
            elif isinstance(error, ServerError) and error.type != "wait":
                self._refused(error)
            else:
                home.missing.lack("archive", about=self._address)
                if not isinstance(error, Timeout):
                    await asyncio.sleep(wait_s)
                return False
            await self._finish(uncertain)
        except NotConnected:
            log.debug("the archive is followed again on the next stream")
        except StorageError as error:
            await home.storage_failed(error)
        finally:
            first_page.set()
        return True

    async def _read(self, catch_up: CatchUp, uncertain: Uncertain) -> BackendError | None:
        """Return why the archive can't be read; None where it is known up to now."""
        name = self._home.profile.name
        try:
            await catch_up.run(uncertain)
        except (NotConnected, StorageError):
            raise
        except BackendError as error:
            log.warning("%s: the archive can't be read: %s", name, error)
            return error
        except Exception:
            log.exception("%s: catching up with the archive failed", name)
            self._warn(
                self.fetcher.archive, "the server's archive can't be stored; the log says why"
            )
            return BackendError("what it has can't be stored")
        return None

    def _refused(self, error: ServerError) -> None:
        home = self._home
        home.missing.settle("archive", about=self._address)
        is_there = bool(self._address) or xml.MAM in home.server.features
        if is_there or not isinstance(error, NotSupported):
            self._warn(
                self.fetcher.archive,
                f"the server's archive can't be read, messages may be missing: {error}",
            )

    def _warn(self, subject: str, sentence: str) -> None:
        """Tell of it once, and not again with each connection."""
        self._home.warnings.hold("archive", subject, sentence)

    async def _uncertain(self) -> Uncertain:
        return await self._home.store.read(lambda view: doubts.of_archive(view, self._address))

    async def _finish(self, uncertain: Uncertain) -> None:
        """Open the lanes: the archive was asked, and lacks what of `uncertain` still is so."""
        home = self._home
        home.set_syncing(self._address, is_syncing=False)
        self.caught_up.set()
        home.events.publish(CaughtUp(home.stream.sm_id, self._address))
        await home.store.write(lambda ledger: doubts.send_again(ledger, uncertain.ids))


FollowerOf = Callable[[Peer], Follower | None]
"""Returns who follows the archive of a conversation; None where it can't be read from outside."""
