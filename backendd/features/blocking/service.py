"""Whom the account blocks: known from the server, changed there first."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from backendd.api.errors import InvalidArgument, NotAllowed, NotSupported, UnknownItem
from backendd.api.words import Report
from backendd.core import jid
from backendd.core.conversations import Peer
from backendd.features.blocking import stanza, store
from backendd.features.blocking.model import Unblocked
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store.ledger import Ledger
from backendd.store.view import View


class Blocking(Part):
    """Fetches the list on each stream, and lets nothing be written to who is on it."""

    def __init__(self, home: Home) -> None:
        self._home = home
        home.events.subscribe(Unblocked, self._on_unblocked)

    async def set_up(self, *, resumed: bool) -> None:
        await self._home.server.discovered()
        await self._home.missing.ask("blocked", self._fetch)

    async def _fetch(self, timeout: float) -> None:
        if not await self._is_told(timeout):
            await self._home.store.write(lambda ledger: store.replace(ledger, set()))

    async def _is_told(self, timeout: float) -> bool:
        """Store who is blocked; False where the server can't block."""
        home, asked = self._home, stanza.encode_get()
        if not home.server.may_have(stanza.NAMESPACE):
            return False

        def settle(ledger: Ledger, answer: Element) -> None:
            store.replace(ledger, stanza.decode_list(answer))

        try:
            await home.stream.request("get", None, asked, timeout=timeout, settle=settle)
        except NotSupported:
            if stanza.NAMESPACE in home.server.features:
                raise
            return False
        return True

    def permit(self, view: View, whom: Peer) -> None:
        blocked = store.why(view, jid.received(whom.jid))
        if blocked:
            raise NotAllowed(f"you have blocked {jid.shown(blocked)}: unblock it to write there")

    async def list(self) -> Sequence[str]:
        """Return who is blocked, in order."""
        return await self._home.store.read(store.load)

    async def block(self, address: str, report: Report) -> None:
        """Block an address, or all of a server; `report` tells the server what for."""
        if address in (self._home.own, self._home.account_jid.domain):
            raise InvalidArgument("your own account, and its server, can't be blocked")
        self._require(stanza.NAMESPACE, "can't block anybody")
        if report:
            self._require(stanza.REPORTING, "takes no reports: block without one")
        asked = stanza.encode_block(address, report)
        await self._home.stream.request(
            "set", None, asked, settle=lambda ledger, _: store.add(ledger, {address})
        )

    async def unblock(self, address: str) -> None:
        """Block an address no longer."""
        if not await self._home.store.read(lambda view: store.among(view, [address])):
            raise UnknownItem(f"{jid.shown(address)} is not blocked")
        asked = stanza.encode_unblock(address)
        await self._home.stream.request(
            "set", None, asked, settle=lambda ledger, _: store.unblock(ledger, {address})
        )

    def _on_unblocked(self, event: Unblocked) -> None:
        # The server tells them of us (XEP-0191 3.4), but says nothing of who is there: their
        # presence was held back, and they won't send it again.
        for contact in event.contacts:
            if self._home.stream.is_online:
                self._home.stream.send(stanza.encode_probe(contact))

    def _require(self, feature: str, lack: str) -> None:
        if self._home.stream.is_online and not self._home.server.may_have(feature):
            raise NotSupported(f"{self._home.account_jid.domain} {lack}")
