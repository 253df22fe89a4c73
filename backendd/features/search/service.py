"""Searching one profile's messages, and indexing those that came before there was an index."""

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import fields

from backendd.api import attachments, records
from backendd.api.errors import BackendError
from backendd.core import words
from backendd.core.snippets import snippet
from backendd.features.search import store
from backendd.features.search.store import Narrowed
from backendd.session.home import Home
from backendd.session.part import Part

log = logging.getLogger(__name__)

PART = 100
"""Messages that are indexed in one transaction."""

PAUSE_S = 0.01
"""At least between two parts, so that those who wait for the database get their turn."""

RESTS = 3
"""How many times as long as it works it rests, however slow or busy the machine is."""

AGAIN_S = 60.0
"""How long a database that failed is left alone."""


class Search(Part):
    """Finds messages by their words, the newest stored first."""

    def __init__(self, home: Home) -> None:
        self._home = home
        home.tasks.start(self._index(), name="index old messages")

    async def find(
        self, query: str, where: Narrowed, *, before: int, limit: int
    ) -> Sequence[records.Hit]:
        """Return messages that have all that `query` asks for, at most `limit` of them.

        `before`: only those behind this one, in the order that is asked for; 0: from the first on.
        """
        terms = words.parse(query)
        if not terms:
            return []
        # Words that many messages have, but none has together, take a while.
        return await self._home.store.read_long(
            lambda view: [
                _hit(message, terms)
                for message in store.find(view, terms, where=where, before=before, limit=limit)
            ]
        )

    async def _index(self) -> None:
        home, is_told = self._home, False
        while True:
            begun = time.monotonic()
            try:
                if not await home.store.write(lambda ledger: store.extend(ledger, PART)):
                    return
            except BackendError as error:
                if not is_told:
                    log.warning("%s: old messages can't be indexed: %s", home.profile.name, error)
                is_told = True
                await asyncio.sleep(AGAIN_S)
            else:
                await asyncio.sleep(max(PAUSE_S, RESTS * (time.monotonic() - begun)))


def _hit(message: records.Message, terms: Sequence[words.Term]) -> records.Hit:
    # Files are told by their names; what else was found of them is somewhere in the text.
    shown, ranges = snippet(attachments.told(message), terms)
    if not ranges:
        shown, ranges = snippet(message.body, terms)
    known = {each.name: getattr(message, each.name) for each in fields(message)}
    return records.Hit(**known, snippet=shown, ranges=ranges)
