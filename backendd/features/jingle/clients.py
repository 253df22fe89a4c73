"""Which of somebody's clients take files, and by which proxies they can be reached."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Container, Sequence

from backendd.api.errors import (
    BackendError,
    Gone,
    HostUnreachable,
    NotAllowed,
    NotConnected,
    NotSupported,
    ServerError,
    Timeout,
    UnknownContact,
    UnknownItem,
)
from backendd.api.records import Resource
from backendd.api.tuples import NamedTuple
from backendd.core import jid
from backendd.core.contacts import ContactsChanged, OwnClientsChanged
from backendd.jingle import candidates, names
from backendd.jingle.ports import Proxy
from backendd.session.home import Home
from backendd.store import contacts
from backendd.store.view import View

_ASK_S = 10.0
# Who has just left may be back by then.
_RETURNS_S = 60.0
# So long after a stream has begun not all may be seen yet who are there.
_SETTLES_S = 60.0
_WAYS = frozenset({names.SOCKS5, names.IN_BAND})
UNREACHED = (HostUnreachable, NotSupported, ServerError, Timeout, UnknownContact, UnknownItem)
"""After these another client may do; whoever has declined something doesn't want it."""

_SHOWS = ("chat", "online", "away", "xa", "dnd")


class Client(NamedTuple):
    """A client that takes files: its full JID, and what it can do."""

    jid: str
    features: frozenset[str]


class Clients:
    """Finds clients that take files; in one stream each is asked once."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._proxies: Sequence[Proxy] | None = None
        self._began = time.monotonic()
        self._changing: dict[str, asyncio.Event] = {}  # accounts of which somebody waits for news
        home.events.subscribe(ContactsChanged, self._on_contacts)
        home.events.subscribe(OwnClientsChanged, lambda _: self._changed(home.own))

    def _on_contacts(self, event: ContactsChanged) -> None:
        for each in (*(each.jid for each in event.contacts), *event.gone):
            self._changed(each)

    def _changed(self, account: str) -> None:
        # Each change has an event of its own: several wait for the next one.
        if (changing := self._changing.pop(account, None)) is not None:
            changing.set()

    def _next_change(self, account: str) -> asyncio.Event:
        return self._changing.setdefault(account, asyncio.Event())

    def forget(self) -> None:
        """Look for all anew: another stream has begun, whose server may have other proxies."""
        self._proxies = None
        self._began = time.monotonic()

    async def find(self, account: str, but: Container[str] = ()) -> Client:
        """Return the best client of somebody, `but` none of these full JIDs.

        NotSupported where there is none. NotAllowed for who may not see our presence: a client that
        is offered a file learns where we are.
        """
        for each in await self._online(account):
            client = f"{account}/{each.resource}"
            if client == self._home.stream.full_jid or client in but:
                continue
            try:
                info = await self._home.disco.of(client, timeout=_ASK_S)
            except NotConnected:
                raise
            except BackendError:
                continue
            if names.FILES in info.features and _WAYS & info.features:
                return Client(client, info.features)
        raise NotSupported(
            f"{jid.shown(account)} isn't online with a program that takes files directly"
        )

    async def _online(self, account: str) -> Sequence[Resource]:
        """Return what is online of somebody, the best first; NotAllowed."""

        def work(view: View) -> tuple[list[Resource], bool]:
            is_seen = account == self._home.own or contacts.sees_us(view, account)
            return contacts.clients(view, account), is_seen

        online, is_seen = await self._home.store.read(work)
        if online and not is_seen:
            who = jid.shown(account)
            raise NotAllowed(f"files go directly only to who sees your presence, and {who} doesn't")
        return sorted(
            online, key=lambda each: (-each.priority, _SHOWS.index(each.show or "online"))
        )

    async def is_away(self, account: str) -> bool:
        """Return whether somebody has no client that takes files, and we see once they have one."""
        is_own = account == self._home.own
        if not is_own and not await self._home.store.read(
            lambda view: contacts.is_seen(view, account)
        ):
            return False
        try:
            await self.find(account)
        except NotSupported:
            return True
        return False

    async def until_there(self, account: str) -> None:
        """Return once somebody `is_away` no more."""
        while True:
            changed = self._next_change(account)
            if not await self.is_away(account):
                return
            await changed.wait()

    async def wait(self, account: str, *, may_return: bool) -> Client:
        """Return what `find` does, as soon as somebody is there who `may_return`.

        Who is there isn't known yet on a stream that has just begun.
        """
        settles = max(0.0, self._began + _SETTLES_S - time.monotonic())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_RETURNS_S if may_return else settles):
                while True:
                    changed = self._next_change(account)
                    with contextlib.suppress(NotSupported):
                        return await self.find(account)
                    await changed.wait()
        return await self.find(account)

    async def each(
        self,
        account: str,
        attempt: Callable[[Client], Awaitable[None]],
        may_try_another: Callable[[], bool],
        *,
        may_return: bool = True,
    ) -> None:
        """Return when `attempt` has done with a client, one after the other; raises its last error.

        It is the last as well where that is no matter of the client. Who isn't there is waited for
        a while where they `may_return`.
        """
        tried, left = set[str](), set[str]()
        client = await self.wait(account, may_return=may_return)
        while True:
            try:
                await attempt(client)
                break
            except UNREACHED as error:
                # Who was started anew, and is there again, may be asked once more.
                if not isinstance(error, Gone) or client.jid in left:
                    tried.add(client.jid)
                left.add(client.jid)
                another = await self._another(account, tried)
                if another is None or not may_try_another():
                    raise
                client = another

    async def _another(self, account: str, tried: Container[str]) -> Client | None:
        with contextlib.suppress(NotSupported):
            return await self.find(account, tried)
        return None

    async def proxies(self) -> Sequence[Proxy]:
        """Return the proxies of our server (XEP-0065 4)."""
        if self._proxies is None:
            self._proxies = await self._look()
        return self._proxies

    async def _look(self) -> Sequence[Proxy]:
        domain, found = self._home.account_jid.domain, list[Proxy]()
        items = await self._home.disco.items(domain, timeout=_ASK_S)
        for each in [each.jid for each in items.items if not each.node]:
            try:
                info = await self._home.disco.info(each, timeout=_ASK_S)
                if info.has_identity("proxy", "bytestreams"):
                    asked = candidates.ask_proxy()
                    answer = await self._home.stream.request("get", each, asked)
                    found += candidates.decode_proxies(answer)
            except NotConnected:
                raise
            except BackendError:
                continue  # it may be none of our business
        return tuple(found)
