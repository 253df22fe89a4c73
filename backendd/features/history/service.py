"""Once a day, and at the start, what is older than `keep_days` is removed."""

import asyncio
import logging

from backendd.api.errors import BackendError
from backendd.core import clock
from backendd.features.history import store
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store import messages

log = logging.getLogger(__name__)

DAY_S = 24 * 3600.0
DAY_US = 24 * 3600 * 1_000_000
PAUSE_S = 0.05
"""Between two parts, so that those who wait for the database get their turn."""


class History(Part):
    """Removes old messages of one profile, also while it is offline or locked."""

    def __init__(self, home: Home) -> None:
        self._home = home
        if home.config.history.keep_days:
            home.tasks.start(self._prune_daily(), name="remove old messages")

    async def _prune_daily(self) -> None:
        while True:
            try:
                count = await self.prune()
            except BackendError as error:
                log.warning("old messages can't be removed: %s", error)
            else:
                log.info("%s: removed %d old messages", self._home.profile.name, count)
            await asyncio.sleep(DAY_S)

    async def prune(self) -> int:
        """Remove what is too old now; return how many messages that were."""
        home = self._home
        before = clock.now_us() - home.config.history.keep_days * DAY_US
        await home.store.write(lambda ledger: store.remove_references(ledger, before))
        count, start = 0, 0
        while True:
            # Found by the reader, part by part: whoever writes doesn't wait for a search.
            found, end = await home.store.read(
                lambda view, start=start: store.find_old(view, before, start)  # type: ignore[misc]
            )
            if found:
                await home.store.write(
                    lambda ledger, found=found: messages.remove(ledger, found)  # type: ignore[misc]
                )
                count += len(found)
            if end is None:
                return count
            start = end
            await asyncio.sleep(PAUSE_S)
