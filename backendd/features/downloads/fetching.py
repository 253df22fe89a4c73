"""A file of the web, fetched to where it goes: as often as it takes, and told of as it is."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from backendd.api import records
from backendd.api.errors import BackendError, Timeout
from backendd.core.transfers import Facts
from backendd.files import answers, kinds, names
from backendd.files.downloading import Download
from backendd.files.fetched import Told
from backendd.files.policy import ASKED, UNASKED
from backendd.files.targets import Target
from backendd.files.wanted import Wanted
from backendd.files.web import Web
from backendd.session.home import Home
from backendd.session.ways import Move
from backendd.store import transfers
from backendd.store.ledger import Ledger

log = logging.getLogger(__name__)

UNASKED_S = 600.0
"""How long what nobody asked for may take."""

TRIES = 5
_PAUSE_S = 2.0


class Fetching:
    """Fetches files of one profile."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def run(self, move: Move, wanted: Wanted, most: int, target: Target) -> None:
        """Return once all of a file is in its target. What may pass is tried several times."""
        async with _bounded(wanted):
            for tries in range(1, TRIES + 1):
                try:
                    await self._fetch(move, wanted, most, target)
                except BackendError as error:
                    if tries == TRIES or not answers.may_pass(error):
                        raise
                    log.info("a download is tried again: %s", error)
                    async with move.pausing():
                        await asyncio.sleep(max(_PAUSE_S**tries, answers.pause_s(error)))
                else:
                    return

    async def _fetch(self, move: Move, wanted: Wanted, most: int, target: Target) -> None:
        transfer = move.transfer
        notes = await self._home.store.read(lambda view: transfers.notes(view, transfer.id))
        validator = str(notes.get("validator", ""))
        # What came of it may be of another file than there is now, if nothing says that it isn't.
        if target.position and not (validator or transfer.hash or transfer.encrypted):
            await target.restart()
        download = Download(
            transfer.url,
            ASKED if wanted.is_asked else UNASKED,
            most,
            validator=validator,
            began=partial(self._note, transfer, target),
            progress=move.tell,
        )
        await download.into(target, Web(self._home.profile.settings.ca_file))

    async def _note(self, transfer: records.Transfer, target: Target, told: Told) -> None:
        """Keep what was said of a file before it comes: also who is killed goes on with that."""
        name = _name(transfer, told)
        target.call(name)
        facts = Facts(
            size=told.size, remarks=told.remarks, name=name, path=target.path or None,
            mime=transfer.mime or told.mime,
        )  # fmt: skip

        def work(ledger: Ledger) -> None:
            transfers.note(ledger, transfer.id, "validator", told.validator)
            transfers.learn(ledger, transfer.id, facts)

        await self._home.store.write(work)


def _name(transfer: records.Transfer, told: Told) -> str:
    """Return what a file is called: as its server says, where no more than its address is known.

    One that tells what the file is was seen, and stays.
    """
    is_of_address = transfer.name == names.of_address(transfer.url)
    return told.name if is_of_address and not kinds.mime(transfer.name) else transfer.name


@asynccontextmanager
async def _bounded(wanted: Wanted) -> AsyncIterator[None]:
    """Give what nobody asked for so much time: a server that is slow holds up what is asked for."""
    try:
        async with asyncio.timeout(None if wanted.is_asked else UNASKED_S):
            yield
    except TimeoutError as error:
        raise Timeout("it took too long; fetch it yourself if you want it") from error
