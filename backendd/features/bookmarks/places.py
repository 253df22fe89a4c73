"""Where the server keeps bookmarks: which of three ways, and how each is read and written."""

from collections.abc import Callable, Sequence
from typing import Protocol
from xml.etree.ElementTree import Element

from backendd.api.errors import NotSupported, UnknownItem
from backendd.core.bookmarks import Bookmark, Keeping
from backendd.core.pubsub import Item, Options
from backendd.core.rsm import Wanted
from backendd.features.bookmarks import stanza
from backendd.features.bookmarks.extensions import NODE
from backendd.features.bookmarks.stanza import STORAGE
from backendd.session.home import Home
from backendd.session.uplink import Settle
from backendd.store.ledger import Ledger

_SYNCED = frozenset({f"{NODE}#compat", f"{NODE}#compat-pep"})
_CONVERTED = "urn:xmpp:bookmarks-conversion:0"

_PAGE = 200
_CURRENT = "current"
_NOBODY_ELSE: Options = {"persist_items": True, "access_model": "whitelist"}


Keep = Callable[[Ledger, Bookmark], None]


class Place(Protocol):
    """Where bookmarks are kept. What is raised is what `Pubsub` and requests raise.

    `keep` and `forget` store what is so once the server has done it.
    """

    kind: Keeping

    async def load(self) -> Sequence[Bookmark]: ...

    async def save(self, bookmark: Bookmark, keep: Keep) -> None:
        """Have the server keep a bookmark, which is stored as it has it then."""
        ...

    async def remove(self, bookmark: Bookmark, forget: Callable[[Ledger], None]) -> None: ...


async def choose(home: Home, timeout: float) -> tuple[Place, Sequence[Bookmark]]:
    """Return where this server keeps bookmarks so that all clients see them, and those there are.

    Where it holds the old ways in step (XEP-0402 5, XEP-0411) the newest of them is taken. Where
    it doesn't, most clients know no other than the oldest. `timeout` bounds how long it may take to
    say which. NotSupported where there is none.
    """
    info = await home.disco.info(home.own, timeout=timeout)
    if _SYNCED & info.features:
        return await _with_all(Items(home))
    if _CONVERTED in info.features:
        return await _with_all(InElement(home))
    try:
        return await _with_all(InPrivate(home))
    except NotSupported:
        if not info.has_identity("pubsub", "pep"):
            raise
    return await _with_all(Items(home))


async def _with_all(place: Place) -> tuple[Place, Sequence[Bookmark]]:
    return place, await place.load()


class Items:
    """Each bookmark an item of its own (XEP-0402)."""

    kind: Keeping = "items"

    def __init__(self, home: Home) -> None:
        self._pubsub = home.pubsub

    async def load(self) -> Sequence[Bookmark]:
        found: dict[str, Bookmark] = {}
        wanted: Wanted | None = Wanted(_PAGE)
        while wanted is not None and len(found) < stanza.MOST:
            try:
                listed = await self._pubsub.items.page(NODE, wanted)
            except UnknownItem:
                break  # there is no such node yet
            for bookmark in map(stanza.decode_item, listed.items):
                if bookmark is not None:
                    found[bookmark.room] = bookmark
            wanted = listed.next
        return list(found.values())

    async def save(self, bookmark: Bookmark, keep: Keep) -> None:
        options: Options = {**_NOBODY_ELSE, "max_items": "max", "send_last_published_item": "never"}
        item, saved = stanza.encode_item(bookmark), stanza.written(bookmark, NODE)
        await self._pubsub.publish(
            NODE, item, options=options, settle=lambda ledger, _: keep(ledger, saved)
        )

    async def remove(self, bookmark: Bookmark, forget: Callable[[Ledger], None]) -> None:
        await self._pubsub.retract(NODE, bookmark.known_as, settle=lambda ledger, _: forget(ledger))


class _Whole:
    """All bookmarks in one element, which is read and written as a whole (XEP-0048)."""

    async def _read(self) -> Element | None:
        raise NotImplementedError

    async def _write(self, storage: Element, settle: Settle) -> None:
        raise NotImplementedError

    async def load(self) -> Sequence[Bookmark]:
        return stanza.decode_storage(await self._read())

    async def save(self, bookmark: Bookmark, keep: Keep) -> None:
        changed = stanza.with_bookmark(await self._read(), bookmark)
        saved = stanza.written(bookmark, STORAGE)
        await self._write(changed, lambda ledger, _: keep(ledger, saved))

    async def remove(self, bookmark: Bookmark, forget: Callable[[Ledger], None]) -> None:
        changed = stanza.without_bookmark(await self._read(), bookmark.room)
        await self._write(changed, lambda ledger, _: forget(ledger))


class InElement(_Whole):
    """In an item of the account's own node (XEP-0048)."""

    kind: Keeping = "element"

    def __init__(self, home: Home) -> None:
        self._pubsub = home.pubsub

    async def _read(self) -> Element | None:
        try:
            found = await self._pubsub.items.newest(STORAGE)
        except UnknownItem:
            return None
        storages = (stanza.storage_in(each) for each in found)
        return next((each for each in storages if each is not None), None)

    async def _write(self, storage: Element, settle: Settle) -> None:
        item = Item(_CURRENT, storage)
        await self._pubsub.publish(STORAGE, item, options=_NOBODY_ELSE, settle=settle)


class InPrivate(_Whole):
    """In private XML storage (XEP-0049), which tells nobody of changes."""

    kind: Keeping = "private"

    def __init__(self, home: Home) -> None:
        self._stream = home.stream

    async def _read(self) -> Element | None:
        return stanza.decode_private(await self._stream.request("get", None, stanza.private()))

    async def _write(self, storage: Element, settle: Settle) -> None:
        await self._stream.request("set", None, stanza.private(storage), settle=settle)
