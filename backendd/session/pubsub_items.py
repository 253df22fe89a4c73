"""The items of publish-subscribe nodes: some at a time, also where a service knows no pages."""

from collections.abc import Iterable

from backendd.api.errors import TooLarge
from backendd.core import pubsub
from backendd.core.pubsub import Item, Order
from backendd.core.rsm import Got, Wanted
from backendd.session import pageless
from backendd.session.pageless import At, Listed, Pageless, Request


class Items:
    """Reads items; an empty `service` is the own account. See `Pubsub` for what is raised.

    Nothing says which services know pages (XEP-0059) but what they answer: what is newest is asked
    for in a way that all of them know, so that none gives a whole node instead.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        self._pageless = Pageless(request)
        self._has_pages: dict[str, bool] = {}

    def forget(self) -> None:
        """Know nothing of nodes any more: on another stream they may be others."""
        self._pageless.forget()
        self._has_pages.clear()

    async def page(
        self, node: str, wanted: Wanted, *, service: str = "", order: Order = "", had: int = 0
    ) -> Listed:
        """Return the page that is wanted: begin without a place, and go on with `next`.

        An `order` is for services that have it, as `Pubsub.has_order` says. `had` is about how
        many items are behind the place, as far as that is known.
        """
        at = At(service, node)
        if order or wanted.before is None:
            return await self._paged(at, wanted, order)
        if not wanted.before and not self._has_pages.get(at.host):
            return await self._first(at, wanted)
        if at.host not in self._has_pages:
            await self._first(at, Wanted(1, before=""))
        if self._has_pages.get(at.host):
            return await self._paged(at, wanted)
        return await self._pageless.before(at, wanted.before, wanted.count, had)

    async def named(self, node: str, ids: Iterable[str], *, service: str = "") -> tuple[Item, ...]:
        """Return the items of these ids, in this order; those that are gone are missing."""
        return await pageless.named(self._request, At(service, node), ids)

    async def newest(self, node: str, count: int = 1, *, service: str = "") -> tuple[Item, ...]:
        """Return the items that were published last, in the order of the service."""
        return (await self._pageless.newest(At(service, node), count)).items[-count:]

    async def _first(self, at: At, wanted: Wanted) -> Listed:
        """Return the newest page, and know from then on whether the service has pages."""
        try:
            came = await self._pageless.begin(at, wanted.count)
        except TooLarge:
            # Whole, and more than one answer may be.
            return await self._pageless.by_ids(at, wanted)
        if came.items:
            self._has_pages[at.host] = came.got is not None
        if came.got is not None:
            return _listed(came, wanted)
        is_going_on = len(came.items) == wanted.count
        following = Wanted(wanted.count, before=came.items[0].id) if is_going_on else None
        return Listed(came.items, following)

    async def _paged(self, at: At, wanted: Wanted, order: Order = "") -> Listed:
        """Return a page of a service that may have pages; what comes without any is the rest."""
        if wanted.after and self._pageless.has_ids(at):
            return await self._pageless.by_ids(at, wanted)
        try:
            asked = pubsub.items(at.node, page=wanted, order=order)
            came = pubsub.decode_items(await self._request("get", at.service, at.node, asked))
        except TooLarge:
            return await self._pageless.by_ids(at, wanted)
        if came.got is not None:
            return _listed(came, wanted)
        return pageless.rest(came.items, wanted)


def _listed(came: pubsub.ItemsPage, wanted: Wanted) -> Listed:
    """Return a page of a service that has pages, whatever number it gives at once."""
    got = came.got
    assert got is not None
    is_backwards = wanted.before is not None
    edge = got.first if is_backwards else got.last
    # One that goes round in circles is at its end.
    is_stuck = edge in ("", wanted.before if is_backwards else wanted.after)
    if not came.items or _is_last(came, got, wanted) or is_stuck:
        return Listed(came.items)
    following = Wanted(wanted.count, before=edge) if is_backwards else Wanted(wanted.count, edge)
    return Listed(came.items, following)


def _is_last(came: pubsub.ItemsPage, got: Got, wanted: Wanted) -> bool:
    """Return whether a service says that nothing follows, as far as it counts."""
    if wanted.before is not None and got.index is not None:
        return got.index == 0
    before = got.index or 0
    is_counted = got.index is not None or not (wanted.before or wanted.after)
    return is_counted and got.total is not None and before + len(came.items) >= got.total
