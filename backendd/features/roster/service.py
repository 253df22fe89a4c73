"""The roster of one profile: as the server has it, and what the user does to it."""

import logging
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from backendd.api import records, text
from backendd.api.errors import BackendError, NotConnected, ServerError, UnknownContact
from backendd.core import clock, jid
from backendd.core.contacts import AskedBack, ContactsRefused, RosterItem, shown_resource
from backendd.core.profiles import Announced
from backendd.features.roster import stanza, store
from backendd.features.roster.elsewhere import SettledElsewhere
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store import contacts, presence
from backendd.store.ledger import Ledger

log = logging.getLogger(__name__)


class Roster(Part):
    """Fetches the roster on each stream, follows pushes, keeps presence and requests."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._elsewhere = SettledElsewhere(home)
        self.approved: set[str] = set()  # on this connection: no contacts before the server says so
        home.events.subscribe(Announced, self._on_announced)
        home.events.subscribe(AskedBack, self._on_asked_back)
        home.events.subscribe(ContactsRefused, lambda event: self._warn_of(event.reasons))

    # -- from the server

    def replaced(self, ledger: Ledger) -> None:
        presence.forget_all(ledger, self._home.own)
        store.doubt_requests(ledger)

    def offline(self) -> None:
        self.approved.clear()

    async def set_up(self, *, resumed: bool) -> None:
        await self._home.missing.ask("roster", self._fetch)

    async def _fetch(self, timeout: float) -> None:
        home = self._home
        version = None
        if home.stream.offers(stanza.VERSIONING):
            version = await home.store.read(store.load_version)
        own, asked = home.own, stanza.encode_get(version)

        def settle(ledger: Ledger, answer: Element) -> None:
            found = stanza.decode(answer)
            if found is not None:
                store.replace(ledger, found, own)

        await home.stream.request("get", None, asked, timeout=timeout, settle=settle)

    def _warn_of(self, refused: Sequence[str]) -> None:
        if refused:
            sentence = f"the roster has what can't be shown as a contact: {'; '.join(refused)}"
            self._home.warnings.add("dropped", "roster", sentence)

    def _on_announced(self, event: Announced) -> None:
        self._home.do_soon(self._settle_requests(), name="settle requests")

    def _on_asked_back(self, event: AskedBack) -> None:
        for peer in event.jids:
            self._home.do_soon(self._approve_back(peer), name="approve back")

    async def _approve_back(self, peer: str) -> None:
        """Let somebody see our presence whom we asked first."""
        try:
            await self.approve(peer)
        except NotConnected:
            # A stream that is resumed repeats nothing: then the user answers.
            request = records.Request(jid=peer, text="", time=clock.now_us())
            await self._home.store.write(lambda ledger: store.keep_request(ledger, request))

    async def _settle_requests(self) -> None:
        """Let go of requests that were answered elsewhere: the server has not repeated them.

        It repeats them right behind our presence; what it answers later comes after them.
        """
        home = self._home
        if not await home.store.read(store.has_doubted_requests):
            return
        try:
            await home.stream.request("get", home.account_jid.domain, stanza.encode_ping())
        except ServerError:
            pass  # an answer as well
        except BackendError as error:
            log.info("%s: open requests are not known yet: %s", home.profile.name, error)
            return
        await home.store.write(store.remove_doubted_requests)

    # -- from the user

    async def list(self) -> Sequence[records.Contact]:
        """Return all contacts, by JID."""
        return await self._home.store.read(contacts.load)

    async def resources(self) -> Sequence[records.Resource]:
        """Return the other clients of our account that are online."""
        home = self._home
        found = await home.store.read(lambda view: contacts.clients(view, home.own))
        return self.others(found)

    def others(self, clients: Sequence[records.Resource]) -> Sequence[records.Resource]:
        """Return those of our own clients that aren't this one."""
        ours = shown_resource(jid.received(self._home.stream.full_jid or self._home.own).resource)
        return [each for each in clients if each.resource != ours]

    async def requests(self) -> Sequence[records.Request]:
        """Return who waits for an answer, oldest first."""
        return await self._home.store.read(store.load_requests)

    async def set(self, peer: str, name: str, groups: Sequence[str]) -> None:
        """Add or change a contact, on the server first."""
        known = await self._known(peer)
        wanted = (known or RosterItem(peer)).renamed(name, groups)
        await self._home.stream.request("set", None, stanza.encode_set(wanted))

    async def remove(self, peer: str) -> None:
        """Remove a contact, on the server first."""
        known = await self._require(peer)
        await self._home.stream.request("set", None, stanza.encode_remove(known))

    async def subscribe(self, peer: str, said: str) -> None:
        """Ask to see someone's presence; when they ask for ours, they may see it."""
        nick = self._home.profile.settings.nickname
        self._home.stream.send(stanza.encode_question(peer, text.clean_line(said), nick))
        await self._home.store.write(
            lambda ledger: contacts.withhold(ledger, peer, is_withheld=False)
        )

    async def unsubscribe(self, peer: str) -> None:
        """Stop seeing someone's presence."""
        await self._require(peer)
        self._home.stream.send(stanza.encode_presence("unsubscribe", peer))

    async def approve(self, peer: str) -> None:
        """Let someone see our presence."""
        self.approved.add(peer)
        await self._answer(peer, "subscribed", is_withheld=False)

    async def deny(self, peer: str) -> None:
        """Refuse that someone sees our presence."""
        await self._answer(peer, "unsubscribed", is_withheld=True)

    async def _answer(self, peer: str, kind: str, *, is_withheld: bool) -> None:
        def work(ledger: Ledger) -> None:
            contacts.withhold(ledger, peer, is_withheld=is_withheld)
            store.remove_request(ledger, peer)

        with self._elsewhere.but_here(peer):
            # Written first: a request that is settled here but not on the server would be lost.
            self._home.stream.send(stanza.encode_presence(kind, peer))
            await self._home.store.write(work)

    async def _known(self, peer: str) -> RosterItem | None:
        return await self._home.store.read(lambda view: contacts.find(view, peer))

    async def _require(self, peer: str) -> RosterItem:
        known = await self._known(peer)
        if known is None:
            raise UnknownContact(f"{jid.shown(peer)} is not on the roster")
        return known
