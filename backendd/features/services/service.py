"""Asking any entity what it is, has and says of itself."""

import time
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.errors import InvalidArgument, ServerError
from backendd.api.sealed import sealed
from backendd.api.signature import Plain
from backendd.core import bits, jid
from backendd.core.rsm import Wanted
from backendd.features.services import stanza
from backendd.session.home import Home
from backendd.session.part import Part

MOST = 500
"""Items of one page, for a caller."""

PATIENCE_S = 18.0


class ServicesPart(Part):
    """Asks; an empty address is the account's own server."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def info(self, address: str, node: str) -> records.Info:
        """Return what an entity, or a node of it, is and can do now."""
        found = await self._home.disco.info(
            self._whom(address), node, anew=True, timeout=PATIENCE_S
        )
        return stanza.info_record(found)

    async def items(
        self, address: str, node: str, *, limit: int, after: str
    ) -> tuple[Sequence[records.Item], Mapping[str, Plain]]:
        """Return a page of what an entity, or a node of it, has, and what follows it.

        Of a service without pages it is all, as far as that is read.
        """
        if not 0 < limit <= MOST:
            raise InvalidArgument(f"limit has to be 1 to {MOST}")
        wanted = Wanted(limit, after)
        found = await self._home.disco.items(self._whom(address), node, wanted, timeout=PATIENCE_S)
        items, got = stanza.item_records(found), found.got
        page: dict[str, Plain] = {"next": "", "total": len(items)}
        if got is not None:
            is_last = not items or not got.last or got.last == after
            is_last |= got.index is not None and got.total == got.index + len(items)
            page = {"next": "" if is_last else got.last, "total": got.total or 0}
        return items, page

    async def ping(self, address: str) -> int:
        """Return in how many microseconds an entity answers."""
        begun = time.monotonic()
        try:
            await self._ask(address, stanza.ask(stanza.PING, "ping"))
        except ServerError as error:
            # Whoever says that they don't know the question has answered it (XEP-0199 4).
            if error.condition != "feature-not-implemented":
                raise
        return round((time.monotonic() - begun) * 1_000_000)

    async def version(self, address: str) -> records.SoftwareVersion:
        """Return what program an entity says it is."""
        return stanza.decode_version(await self._ask(address, stanza.ask(stanza.VERSION)))

    async def last(self, address: str) -> records.LastActivity:
        """Return since when a contact is away, or a service runs."""
        return stanza.decode_last(await self._ask(address, stanza.ask(stanza.LAST)))

    async def time(self, address: str) -> records.EntityTime:
        """Return what time it is where an entity is; ServerError where that can't be read."""
        found = stanza.decode_time(await self._ask(address, stanza.ask(stanza.TIME, "time")))
        if found is None:
            raise ServerError(f"{jid.shown(self._whom(address))} tells no time that can be read")
        return found

    async def media(self, address: str, uri: str) -> Descriptor:
        """Return what an entity means by a `cid:` address, as a sealed file."""
        cid = bits.named(uri)
        return sealed(
            "media", await self._home.bits.get(self._whom(address), cid, timeout=PATIENCE_S)
        )

    async def external(self, address: str) -> Sequence[records.ExternalService]:
        """Return what services beside XMPP a server names."""
        question = stanza.ask(stanza.EXTERNAL, "services")
        return stanza.decode_external(await self._ask(address, question))

    async def _ask(self, address: str, question: Element) -> Element:
        whom = self._whom(address)
        return await self._home.stream.request("get", whom, question, timeout=PATIENCE_S)

    def _whom(self, address: str) -> str:
        return jid.parse(address).full if address else self._home.account_jid.domain
