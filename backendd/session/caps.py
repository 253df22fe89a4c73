"""What clients can do, by what their presence announces (XEP-0115)."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from backendd.api.errors import ServerError
from backendd.core import capabilities, contacts, disco
from backendd.core.capabilities import Caps
from backendd.core.contacts import ContactsChanged
from backendd.core.disco import Info
from backendd.core.hub import Hub
from backendd.core.jid import Jid
from backendd.store import capabilities as stored
from backendd.store.ledger import ProfileStore

log = logging.getLogger(__name__)

AskInfo = Callable[[str, str, float], Awaitable[Element | None]]
"""Asks an address about a node, and waits so many seconds for the `<query/>`."""

_AHEAD_S = 3.0  # how long to wait for another client that announces the same
_LONGEST = 64 * 1024  # characters of an answer that is kept
_MOST = 500  # answers in memory of either kind


class Capabilities:
    """Answers that the announced hash vouches for count for all who announce it, for ever.

    Any other counts for the client that gave it, while it is there and announces the same.
    """

    def __init__(self, ask: AskInfo, store: ProfileStore, events: Hub) -> None:
        self._ask = ask
        self._store = store
        self._checked: dict[tuple[str, str], Info] = {}
        self._unchecked: dict[Jid, tuple[Caps | None, Info]] = {}
        self._asking: dict[tuple[str, str], asyncio.Future[None]] = {}
        events.subscribe(ContactsChanged, self._on_contacts)

    async def of(self, who: Jid, timeout: float) -> Info:
        """Return what a client can do; raises what asking it does."""
        resource = contacts.shown_resource(who.resource)
        caps = await self._store.read(lambda view: stored.announced(view, who.bare, resource))
        found = await self._find(who, caps)
        if found is not None:
            return found
        if caps is None or not caps.is_checkable:
            return await self._ask_for_itself(who, caps, timeout)
        async with self._turn(caps) as is_first:
            # The answer to others may be here now; to those who are through, it came meanwhile.
            found = self._kept(who, caps) if is_first else await self._find(who, caps)
            return found or await self._ask_for_all(who, caps, timeout)

    def forget(self) -> None:
        """Ask clients anew, but for what is checked: nobody knows if they are still there."""
        self._unchecked = {}

    async def _find(self, who: Jid, caps: Caps | None) -> Info | None:
        known = None
        if caps is not None and caps.is_checkable:
            known = self._checked.get(caps.key) or await self._load(caps)
        return known or self._kept(who, caps)

    def _kept(self, who: Jid, caps: Caps | None) -> Info | None:
        """Return what is in memory of a client, or of what it announces."""
        if caps is not None and caps.is_checkable and caps.key in self._checked:
            return self._checked[caps.key]
        announced, info = self._unchecked.get(who, (None, None))
        return info if announced == caps else None

    async def _load(self, caps: Caps) -> Info | None:
        written, is_due = await self._store.read(lambda view: stored.load(view, caps))
        if not written:
            return None
        # It has been on a disk, and the rules may have changed.
        with contextlib.suppress(ElementTree.ParseError):
            query = capabilities.vouched_for(ElementTree.fromstring(written), caps)
            if query is not None:
                if is_due:
                    await self._store.write(lambda ledger: stored.use(ledger, caps))
                return self._remember(caps, query)
        return None

    @contextlib.asynccontextmanager
    async def _turn(self, caps: Caps) -> AsyncIterator[bool]:
        """Let one client be asked first where several announce the same; give whether it is this.

        One that doesn't answer holds the others up for a moment only.
        """
        ahead = self._asking.get(caps.key)
        if ahead is not None:
            await asyncio.wait((ahead,), timeout=_AHEAD_S)
            yield False
            return
        self._asking[caps.key] = over = asyncio.get_running_loop().create_future()
        try:
            yield True
        finally:
            del self._asking[caps.key]
            over.set_result(None)

    async def _ask_for_all(self, who: Jid, caps: Caps, timeout: float) -> Info:
        query = await self._ask_client(who, caps, timeout)
        vouched = capabilities.vouched_for(query, caps)
        if vouched is None:
            log.info("an answer doesn't fit what was announced, and counts for nobody else")
            return self._keep_for_itself(who, caps, query)
        written = ElementTree.tostring(vouched, encoding="unicode")
        if len(written) <= _LONGEST:
            await self._store.write(lambda ledger: stored.save(ledger, caps, written))
        return self._remember(caps, vouched)

    async def _ask_for_itself(self, who: Jid, caps: Caps | None, timeout: float) -> Info:
        return self._keep_for_itself(who, caps, await self._ask_client(who, caps, timeout))

    async def _ask_client(self, who: Jid, caps: Caps | None, timeout: float) -> Element:
        query = None
        if caps is not None:
            # Some know nothing of what they announce, or only of what they announce now.
            with contextlib.suppress(ServerError):
                query = await self._ask(who.full, caps.disco_node, timeout)
        if query is None:
            query = await self._ask(who.full, "", timeout)
        return query if query is not None else Element(disco.QUERY)

    def _remember(self, caps: Caps, query: Element) -> Info:
        _make_room(self._checked)
        self._checked[caps.key] = info = disco.decode_info(query)
        return info

    def _keep_for_itself(self, who: Jid, caps: Caps | None, query: Element) -> Info:
        _make_room(self._unchecked)
        info = disco.decode_info(query)
        self._unchecked[who] = (caps, info)
        return info

    def _on_contacts(self, event: ContactsChanged) -> None:
        if not self._unchecked:
            return
        here = {
            (contact.jid, each.resource) for contact in event.contacts for each in contact.resources
        }
        told = {contact.jid for contact in event.contacts}.union(event.gone)
        for who in [who for who in self._unchecked if who.bare in told]:
            if (who.bare, contacts.shown_resource(who.resource)) not in here:
                del self._unchecked[who]


def _make_room(answers: dict[Any, Any]) -> None:
    if len(answers) >= _MOST:
        del answers[next(iter(answers))]
