"""A profile's store and the order in which stanzas pass, without a stream."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar
from xml.etree.ElementTree import Element, fromstring

from backendd.core import clock, jid
from backendd.core.authors import Occupancy
from backendd.core.hub import Hub
from backendd.core.inbound import Arrival, Context
from backendd.core.profiles import Profile
from backendd.core.rooms import Rooms
from backendd.registry import CONTRIBUTORS, OWNERS
from backendd.session.feature import Feature
from backendd.session.pipeline import Answer, Pipeline
from backendd.session.stages import Inbound
from backendd.store import profiles, streams
from backendd.store.database import Database
from backendd.store.ledger import Ledger, ProfileStore
from backendd.store.streams import KnownStream
from backendd.store.view import View

T = TypeVar("T")

ME = "me@x"
PEER = "a@x"
SM_ID = "sm"


def stanza(text: str) -> Element:
    """Return a stanza of the stream as `text` writes it, without its namespace."""
    name = text[1:].split(maxsplit=1)[0].rstrip("/>")
    return fromstring(text.replace(f"<{name}", f"<{name} xmlns='jabber:client'", 1))


class Passing:
    """Takes stanzas as a listener does: with their number, in one transaction."""

    def __init__(self, path: Path, order: Inbound, features: Sequence[Feature] = ()) -> None:
        self.path = path
        self._features = features
        self.hub = Hub()
        self.database: Database
        self._pipeline = Pipeline(order)
        self._store: ProfileStore

    async def open(self) -> "Passing":
        self.database = await Database.open(self.path)
        if not await self.database.read(profiles.load_all):
            profile = Profile(
                id=0, uuid="u", name="n", jid=ME, is_default=False, sealed=b"", xmpp_password=b""
            )
            await self.database.write(lambda tx: profiles.add(tx.db, profile))
            await self._open_store().write(
                lambda ledger: streams.save(ledger, KnownStream(SM_ID, f"{ME}/here", 0, 0, 0, ""))
            )
        self._store = self._open_store()
        return self

    def _open_store(self) -> ProfileStore:
        owned = {kind: owner for each in self._features for kind, owner in each.owns.items()}
        added = [each for feature in self._features for each in feature.contributors]
        return ProfileStore(
            self.database, 1, self.hub, (*CONTRIBUTORS, *added), {**OWNERS, **owned}
        )

    async def take(
        self,
        *arrived: str | Arrival,
        handled: int = 0,
        archives: Sequence[str] = (ME,),
        rooms: Mapping[str, Occupancy] | None = None,
        missing: Sequence[str] = (),
    ) -> list[Answer]:
        """Have these pass together."""
        context = Context(
            jid.parse(ME), clock.now_us(), f"{ME}/here", SM_ID, archives=frozenset(archives),
            rooms=Rooms(joined=rooms or {}), missing=frozenset(missing),
        )  # fmt: skip
        stanzas = [stanza(each) if isinstance(each, str) else each for each in arrived]
        opened = self._pipeline.open(context, stanzas)

        def work(ledger: Ledger) -> list[Answer]:
            answers = self._pipeline.run(ledger, context, opened)
            streams.save_handled(ledger, SM_ID, handled)
            return answers

        return await self._store.write(work)

    async def write(self, work: Callable[[Ledger], object]) -> None:
        await self._store.write(work)

    async def read(self, work: Callable[[View], T]) -> T:
        return await self._store.read(work)

    async def rows(self, query: str) -> list[tuple[object, ...]]:
        return await self.database.read(lambda db: db.execute(query).fetchall())

    async def bodies(self) -> list[str]:
        return [str(body) for (body,) in await self.rows("SELECT body FROM message ORDER BY id")]
