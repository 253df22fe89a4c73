"""Nodes of services that know no pages, which give as many of the newest items as one wants.

Prosody 0.12 reads a node from its disk for each question, and as often again for each id that is
asked for: so what is older is had by asking for more of the newest, some of which are here.
"""

import asyncio
from collections.abc import Awaitable, Iterable, Sequence
from typing import Protocol
from xml.etree.ElementTree import Element

from backendd.api.errors import (
    NotAllowed,
    NotSupported,
    ServerError,
    Timeout,
    TooLarge,
    UnknownItem,
)
from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.core import disco, pubsub
from backendd.core.pubsub import Item, ItemsPage
from backendd.core.rsm import Wanted
from backendd.xmpp.requests import IqType

MOST = 40_000
"""Ids that are kept, of all nodes together; of a node that has more its newest are."""

STEP = 500
"""Items that are read at a time at most, beside those that are here: what was had is doubled."""

_NAMED = 5
"""Items that are asked for by their ids at a time."""


class At(NamedTuple):
    """Where a node is; an empty `service` is the own account."""

    service: str
    node: str

    @property
    def host(self) -> str:
        """By whom its service is run: accounts of one server are alike."""
        return host(self.service)


class Listed(Value):
    """Some items in the order of the service; `next` asks for what follows, None at the end.

    They may be more than were wanted: what came beside those is not asked for again.
    """

    items: tuple[Item, ...]
    next: Wanted | None = None


class Request(Protocol):
    """Asks a service about a node; where it `is_large` the answer takes it long."""

    def __call__(
        self, kind: IqType, service: str, node: str, payload: Element, *, is_large: bool = False
    ) -> Awaitable[Element]: ...


class Pageless:
    """Makes pages of such nodes, one after the other at a service, which is busy with each."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._ids: dict[At, tuple[str, ...]] = {}
        self._too_many: dict[At, int] = {}
        self._turns: dict[str, asyncio.Lock] = {}

    def forget(self) -> None:
        """Know nothing of nodes any more: on another stream they may be others."""
        self._ids.clear()
        self._too_many.clear()
        self._turns.clear()

    def has_ids(self, at: At) -> bool:
        """Return whether a node is read by its ids, for it is too large."""
        return at in self._ids

    async def begin(self, at: At, count: int) -> ItemsPage:
        """Return what came for the newest page: its node may have others by now."""
        async with self._turn(at):
            self._ids.pop(at, None)
            return await self.newest(at, count)

    async def newest(self, at: At, count: int, *, is_large: bool = False) -> ItemsPage:
        """Return what came for so many of the newest."""
        asked = pubsub.items(at.node, newest=count)
        return pubsub.decode_items(
            await self._request("get", at.service, at.node, asked, is_large=is_large)
        )

    async def before(self, at: At, place: str, count: int, had: int) -> Listed:
        """Return what is older than an item, behind which about `had` items are.

        UnknownItem where it is gone, TooLarge where the node is and nobody tells its ids.
        """
        async with self._turn(at):
            while not self.has_ids(at) and (most := self._reach(at, had, count)):
                try:
                    came = (await self.newest(at, most, is_large=True)).items
                except TooLarge:
                    self._too_many[at] = most
                    continue
                older = _older(came, place)
                if len(came) < most:
                    return await self._at_end(at, came, older, Wanted(count, before=place))
                if older:
                    is_all = len(came) > most
                    return Listed(older, None if is_all else Wanted(count, before=older[0].id))
                if len(came) > most:
                    return _ended(came, place)
                had = most
            return await self._by_ids(at, Wanted(count, before=place))

    async def by_ids(self, at: At, wanted: Wanted) -> Listed:
        """Return a page of a node that is too large; TooLarge where nobody tells its ids."""
        async with self._turn(at):
            return await self._by_ids(at, wanted)

    def _turn(self, at: At) -> asyncio.Lock:
        return self._turns.setdefault(at.host, asyncio.Lock())

    def _reach(self, at: At, had: int, count: int) -> int:
        """Return how many of the newest to ask for; 0 where not enough of them can come."""
        limit = self._too_many.get(at)
        steps = (had + min(max(had, count), STEP), had + count)
        return next((each for each in steps if limit is None or each < limit), 0)

    async def _at_end(
        self, at: At, came: Sequence[Item], older: tuple[Item, ...], wanted: Wanted
    ) -> Listed:
        """Return a page of a node that has no more, or doesn't give more: then its ids tell."""
        place = wanted.before or ""
        edge = older[0].id if older else place
        is_told = await self._learn_ids(at, came)
        ids = self._ids.pop(at, ())
        if not is_told or edge not in ids or ids[0] == edge:
            return Listed(older) if older else _ended(came, place)
        self._keep(at, ids)
        if not older:
            return await self._by_ids(at, wanted)
        return Listed(older, Wanted(wanted.count, before=edge))

    async def _by_ids(self, at: At, wanted: Wanted) -> Listed:
        if not self.has_ids(at) and not await self._learn_ids(at):
            raise TooLarge("the answer is too large")
        few = Wanted(min(wanted.count, _NAMED), wanted.after, wanted.before)
        here, following = _cut(self._ids[at], few)
        return Listed(await named(self._request, at, here, is_large=True), following)

    async def _learn_ids(self, at: At, known: Sequence[Item] = ()) -> bool:
        """Keep the ids that a node has now; return False where they aren't told.

        `known` is what was given of it, the newest last.
        """
        asked = disco.ask_items(at.node)
        try:
            answer = await self._request("get", at.service, at.node, asked, is_large=True)
        except (NotAllowed, NotSupported, ServerError, Timeout, TooLarge, UnknownItem):
            return False  # Prosody tells them to contacts only
        ids = pubsub.decode_ids(answer)
        # Nothing says in which order they are told: Prosody begins with the newest.
        newest = known[-1].id if known else await self._newest_id(at)
        is_reversed = newest in ids and ids.index(newest) < len(ids) / 2
        self._keep(at, ids[::-1] if is_reversed else ids)
        return True

    async def _newest_id(self, at: At) -> str:
        try:
            found = (await self.newest(at, 1)).items
        except TooLarge:
            return ""  # it gives all of them whatever is asked for
        return found[-1].id if found else ""

    def _keep(self, at: At, ids: tuple[str, ...]) -> None:
        self._ids.pop(at, None)
        self._ids[at] = ids[-MOST:]
        while len(self._ids) + sum(map(len, self._ids.values())) > MOST + 1:
            del self._ids[next(iter(self._ids))]


def host(service: str) -> str:
    """Return by whom a service is run: accounts of one server are alike."""
    return service.rpartition("@")[2]


async def named(
    request: Request, at: At, ids: Iterable[str], *, is_large: bool = False
) -> tuple[Item, ...]:
    """Return the items of these ids, in this order; those that are gone are missing."""
    wanted = tuple(ids)
    if not wanted:
        return ()
    asked = pubsub.items(at.node, wanted)
    answer = await request("get", at.service, at.node, asked, is_large=is_large)
    found = {item.id: item for item in pubsub.decode_items(answer).items}
    return tuple(found[each] for each in wanted if each in found)


def rest(items: tuple[Item, ...], wanted: Wanted) -> Listed:
    """Return what of all items of a node is on the side that is wanted; UnknownItem."""
    ids = tuple(item.id for item in items)
    here, _ = _cut(ids, Wanted(max(1, len(ids)), wanted.after, wanted.before))
    return Listed(tuple(item for item in items if item.id in set(here)))


def _older(items: tuple[Item, ...], place: str) -> tuple[Item, ...]:
    at = next((index for index, item in enumerate(items) if item.id == place), 0)
    return items[:at]


def _ended(items: Sequence[Item], place: str) -> Listed:
    """Return that nothing is older than an item of these; UnknownItem."""
    if all(item.id != place for item in items):
        raise _gone()
    return Listed(())


def _cut(ids: tuple[str, ...], wanted: Wanted) -> tuple[tuple[str, ...], Wanted | None]:
    """Return the page that is wanted of all ids, and what asks for the next; UnknownItem."""
    if (place := wanted.before or wanted.after) and place not in ids:
        raise _gone()
    if wanted.before is None:
        start = ids.index(place) + 1 if place else 0
        here = ids[start : start + wanted.count]
        is_over = start + wanted.count >= len(ids)
        return here, None if is_over else Wanted(wanted.count, here[-1])
    end = ids.index(place) if place else len(ids)
    here = ids[max(0, end - wanted.count) : end]
    return here, None if end <= wanted.count else Wanted(wanted.count, before=here[0])


def _gone() -> UnknownItem:
    return UnknownItem("the item to go on from is gone; begin anew")
