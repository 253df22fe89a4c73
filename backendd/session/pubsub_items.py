"""The items of publish-subscribe nodes: some at a time, also where a service knows no pages."""

from collections.abc import Awaitable, Iterable
from typing import Protocol
from xml.etree.ElementTree import Element

from backendd.api.errors import (
    NotAllowed,
    NotSupported,
    ServerError,
    TooLarge,
    UnknownItem,
)
from backendd.api.values import Value
from backendd.core import disco, pubsub
from backendd.core.pubsub import Item, Order
from backendd.core.rsm import Got, Wanted
from backendd.xmpp.requests import IqType

MOST = 40_000
"""Ids that are kept, of all nodes together; of a node that has more its newest are."""


class Listed(Value):
    """Some items in the order of the service; `next` asks for what follows, None at the end."""

    items: tuple[Item, ...]
    next: Wanted | None = None
    total: int | None = None


class Request(Protocol):
    """Asks a service about a node."""

    def __call__(
        self, kind: IqType, service: str, node: str, payload: Element
    ) -> Awaitable[Element]: ...


class Items:
    """Reads items; an empty `service` is the own account. See `Pubsub` for what is raised.

    Where a service gives a node whole whatever page is asked for, pages are made here: the newest
    one is all that is asked for, and what follows it is read by the ids of the node.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        self._ids: dict[tuple[str, str], tuple[str, ...]] = {}
        self._pageless: set[str] = set()

    def forget(self) -> None:
        """Know nothing of nodes any more: on another stream they may be others."""
        self._ids.clear()
        self._pageless.clear()

    async def page(
        self, node: str, wanted: Wanted, *, service: str = "", order: Order = ""
    ) -> Listed:
        """Return the page that is wanted: begin without a place, and go on with `next`.

        An `order` is for services that have it, as `Pubsub.has_order` says.
        """
        at = (service, node)
        if (made := await self._made(at, wanted)) is not None:
            return made
        try:
            asked = pubsub.items(node, page=wanted, order=order)
            answer = await self._request("get", service, node, asked)
        except TooLarge:
            # Whole, and more than one answer may be.
            if not await self._learn_ids(at):
                raise
            return await self._by_ids(at, wanted)
        came = pubsub.decode_items(answer)
        if came.got is not None:
            return _listed(came, wanted)
        if len(came.items) > wanted.count:
            self._pageless.add(host(service))
        ids = tuple(item.id for item in came.items)
        here, following = _cut(ids, wanted)
        if following is not None:
            self._keep(at, ids)
        return Listed(tuple(item for item in came.items if item.id in here), following, len(ids))

    async def named(self, node: str, ids: Iterable[str], *, service: str = "") -> tuple[Item, ...]:
        """Return the items of these ids, in this order; those that are gone are missing."""
        wanted = tuple(ids)
        if not wanted:
            return ()
        answer = await self._request("get", service, node, pubsub.items(node, wanted))
        found = {item.id: item for item in pubsub.decode_items(answer).items}
        return tuple(found[each] for each in wanted if each in found)

    async def newest(self, node: str, count: int = 1, *, service: str = "") -> tuple[Item, ...]:
        """Return the items that were published last, in the order of the service."""
        answer = await self._request("get", service, node, pubsub.items(node, newest=count))
        return pubsub.decode_items(answer).items[-count:]

    async def _made(self, at: tuple[str, str], wanted: Wanted) -> Listed | None:
        """Return a page that needs not the whole node; None where that isn't known to come."""
        place = wanted.before or wanted.after
        if wanted.before is not None and host(at[0]) in self._pageless:
            if not place:
                return await self._newest(at, wanted.count)
            if at not in self._ids:
                await self._learn_ids(at)
        return await self._by_ids(at, wanted) if place and at in self._ids else None

    async def _newest(self, at: tuple[str, str], count: int) -> Listed:
        service, node = at
        self._ids.pop(at, None)  # there may be others by now
        found = await self.newest(node, count, service=service)
        if len(found) < count:
            return Listed(found, None, len(found))
        return Listed(found, Wanted(count, before=found[0].id))

    async def _by_ids(self, at: tuple[str, str], wanted: Wanted) -> Listed:
        service, node = at
        ids = self._ids[at]
        here, following = _cut(ids, wanted)
        return Listed(await self.named(node, here, service=service), following, len(ids))

    async def _learn_ids(self, at: tuple[str, str]) -> bool:
        """Keep the ids that a node has now; return False where they aren't told."""
        service, node = at
        try:
            answer = await self._request("get", service, node, disco.ask_items(node))
        except (NotAllowed, NotSupported, ServerError, UnknownItem):
            return False  # Prosody tells them to contacts only
        ids = pubsub.decode_ids(answer)
        # Nothing says in which order they are told: Prosody begins with the newest.
        is_reversed = bool(ids) and ids[0] == await self._newest_id(at)
        self._keep(at, ids[::-1] if is_reversed else ids)
        return True

    async def _newest_id(self, at: tuple[str, str]) -> str:
        service, node = at
        try:
            found = await self.newest(node, service=service)
        except TooLarge:
            return ""  # it gives all of them whatever is asked for
        return found[-1].id if found else ""

    def _keep(self, at: tuple[str, str], ids: tuple[str, ...]) -> None:
        self._ids.pop(at, None)
        self._ids[at] = ids[-MOST:]
        while len(self._ids) + sum(map(len, self._ids.values())) > MOST + 1:
            del self._ids[next(iter(self._ids))]


def host(service: str) -> str:
    """Return by whom a service is run: accounts of one server are alike."""
    return service.rpartition("@")[2]


def _listed(came: pubsub.ItemsPage, wanted: Wanted) -> Listed:
    """Return a page of a service that has pages, whatever number it gives at once."""
    got = came.got
    assert got is not None
    is_backwards = wanted.before is not None
    edge = got.first if is_backwards else got.last
    # One that goes round in circles is at its end.
    is_stuck = edge in ("", wanted.before if is_backwards else wanted.after)
    if not came.items or _is_last(came, got, wanted) or is_stuck:
        return Listed(came.items, None, got.total)
    following = Wanted(wanted.count, before=edge) if is_backwards else Wanted(wanted.count, edge)
    return Listed(came.items, following, got.total)


def _is_last(came: pubsub.ItemsPage, got: Got, wanted: Wanted) -> bool:
    """Return whether a service says that nothing follows, as far as it counts."""
    if wanted.before is not None and got.index is not None:
        return got.index == 0
    before = got.index or 0
    is_counted = got.index is not None or not (wanted.before or wanted.after)
    return is_counted and got.total is not None and before + len(came.items) >= got.total


def _cut(ids: tuple[str, ...], wanted: Wanted) -> tuple[tuple[str, ...], Wanted | None]:
    """Return the page that is wanted of all ids, and what asks for the next; UnknownItem."""
    if (place := wanted.before or wanted.after) and place not in ids:
        raise UnknownItem("the item to go on from is gone; begin anew")
    if wanted.before is None:
        start = ids.index(place) + 1 if place else 0
        here = ids[start : start + wanted.count]
        is_over = start + wanted.count >= len(ids)
        return here, None if is_over else Wanted(wanted.count, here[-1])
    end = ids.index(place) if place else len(ids)
    here = ids[max(0, end - wanted.count) : end]
    return here, None if end <= wanted.count else Wanted(wanted.count, before=here[0])
