"""vCards: those of others asked for, ours changed, wherever a server keeps them."""

import asyncio
from collections.abc import Awaitable, Mapping
from xml.etree.ElementTree import Element

from backendd.api import records
from backendd.api.errors import (
    BackendError,
    NotAllowed,
    NotSupported,
    ServerError,
    TooLarge,
    UnknownItem,
)
from backendd.api.signature import Plain
from backendd.core import jid
from backendd.core.pubsub import Item
from backendd.features.vcards import model, stanza, stanza4
from backendd.session.home import Home
from backendd.session.part import Part

_PATIENCE_S = 16.0


class VCards(Part):
    """Asks for both kinds of vCard at the same time: most have but one of them."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._changing = asyncio.Lock()

    async def vcard(self, whom: str) -> records.VCard:
        """Return what somebody says of themselves; UnknownItem where that is nothing."""
        new, old = await self._both(whom)
        found = model.record(stanza4.decode(new), stanza.decode(old))
        if found == records.VCard():
            raise UnknownItem(f"{jid.shown(whom or self._home.own)} has no vCard")
        return found

    async def _both(self, whom: str) -> tuple[Element | None, Element | None]:
        """Return the new and the old vCard, None for one that isn't there.

        Raises what speaks against both.
        """
        results = await asyncio.gather(self._tried(self._new(whom)), self._tried(self._old(whom)))
        errors = [each for each in results if isinstance(each, BackendError)]
        if len(errors) == len(results):
            raise errors[-1]
        new, old = (each if isinstance(each, Element) else None for each in results)
        return new, old

    async def _tried(self, asking: Awaitable[Element | None]) -> Element | BackendError | None:
        try:
            return await asking
        except UnknownItem:
            return None
        except BackendError as error:
            return error

    async def _new(self, whom: str) -> Element | None:
        items = await self._home.pubsub.items.newest(model.NODE, service=whom)
        return items[-1].payload if items else None

    async def _old(self, whom: str) -> Element | None:
        try:
            answer = await self._home.stream.request(
                "get", whom or None, stanza.ask(), timeout=_PATIENCE_S
            )
        except ServerError as error:
            if error.condition == "item-not-found":
                return None
            raise
        return answer.find(stanza.VCARD)

    async def change(self, given: Mapping[str, Plain]) -> None:
        """Say this of the user from now on; what isn't given stays."""
        wanted = model.checked(given)
        async with self._changing:
            new, old = await self._both("")
            # The old one first: a server that makes the new one of it would have it overwritten.
            is_old = await self._put_old(stanza.changed(old, wanted))
            merged = new if new is not None else stanza4.changed(None, stanza.decode(old))
            is_new = await self._put_new(stanza4.changed(merged, wanted))
            if not (is_old or is_new):
                raise NotSupported(f"{self._home.account_jid.domain} keeps no vCards")

    async def _put_old(self, vcard: Element) -> bool:
        try:
            await self._home.stream.request("set", None, vcard, timeout=_PATIENCE_S)
        except NotSupported:
            return False
        return True

    async def _put_new(self, vcard: Element) -> bool:
        item = Item(stanza4.ITEM, vcard)
        try:
            await self._home.pubsub.publish(model.NODE, item)
        except (NotSupported, NotAllowed, TooLarge):
            return False
        return True
