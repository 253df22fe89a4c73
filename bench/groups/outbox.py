"""What waits to be sent: taking the next rows beside many that may not be sent yet."""

import asyncio
import time

from backendd.core import xml
from backendd.core.hub import Hub
from backendd.core.profiles import Profile, Settings
from backendd.store import doubts, flight, outbox, profiles
from backendd.store.database import Database
from backendd.store.ledger import Ledger, ProfileStore
from backendd.store.outbox import Terms
from bench.figures import median
from bench.options import Options
from bench.row import Row, under

TAKE_MS = 2
CLOSED, TAKEN = 10_000, 100
_TIMES = 50
_TERMS = Terms(resolved="archive")


async def measure(options: Options) -> list[Row]:
    """Return the rows of taking from the outbox."""
    database = await Database.open(options.root / "outbox.db")
    try:
        store = await _profile(database)
        await store.write(lambda ledger: _put(ledger, "open", TAKEN + 50))
        alone = await _take(store)
        await store.write(_close)
        beside = await _take(store)
    finally:
        await database.close()
    return [
        under(
            f"taking {TAKEN} rows of the outbox beside a closed lane of {CLOSED:,}",
            *(median(beside), TAKE_MS, "ms"),
            also=f"without it {median(alone):.2f}",
        )
    ]


async def _profile(database: Database) -> ProfileStore:
    profile = Profile(
        id=0, uuid="bench", name="bench", jid="me@example.org", is_default=True, sealed=b"",
        settings=Settings(), xmpp_password=b"",
    )  # fmt: skip
    profile_id = await database.write(lambda transaction: profiles.add(transaction.db, profile))
    return ProfileStore(database, profile_id, Hub())


def _put(ledger: Ledger, lane: str, count: int) -> list[int]:
    stanza = xml.element(
        xml.CLIENT,
        "message",
        {"to": "you@example.org", "type": "chat"},
        [xml.element(xml.CLIENT, "body", text="what is said")],
    )
    return [outbox.add(ledger, stanza, 0, lane=lane, terms=_TERMS) for _ in range(count)]


def _close(ledger: Ledger) -> None:
    first, *_ = _put(ledger, "closed", CLOSED)
    flight.begin(ledger, {first: "<message/>"}, "gone", 1, "me@example.org")
    doubts.begin_stream(ledger, "now")


async def _take(store: ProfileStore) -> list[float]:
    took = []
    for _ in range(_TIMES):
        begun = time.monotonic()
        found = await store.read(lambda view: outbox.fresh(view, TAKEN))
        took.append((time.monotonic() - begun) * 1000)
        assert len(found) == TAKEN
        await asyncio.sleep(0)
    return took
