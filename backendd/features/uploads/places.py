"""Where the server takes files: found once in a stream, and what it says of their size."""

from collections.abc import Callable

from backendd.api.errors import BackendError, NotConnected, NotSupported, Timeout
from backendd.api.tuples import NamedTuple
from backendd.core import jid
from backendd.features.uploads import stanza
from backendd.features.uploads.refusals import refusal
from backendd.features.uploads.stanza import Slot
from backendd.session.home import Home
from backendd.xmpp.faults import StanzaError

_ASK_S = 10.0


class Service(NamedTuple):
    """What takes files, and how many bytes one may have; 0 where it doesn't say."""

    address: str
    largest: int


class Places:
    """The upload service of one profile, and the places it gives."""

    def __init__(self, home: Home) -> None:
        self.when_found: Callable[[], None] = lambda: None
        self._home = home
        self._found: Service | None = None

    @property
    def largest(self) -> int:
        """How many bytes a file may have, as far as it is known; else 0."""
        return self._found.largest if self._found is not None else 0

    def forget(self) -> None:
        """Look for it anew: on another stream the server may have another one."""
        self._found = None

    async def find(self) -> Service:
        """Return what takes files; NotSupported where nothing does, NotConnected, Timeout."""
        if self._found is None:
            self._found = await self._look()
            self.when_found()
        return self._found

    async def ask(self, name: str, size: int, mime: str) -> Slot:
        """Return a place for a file; NotConnected, and why the service gives none."""
        service = await self.find()
        wish = stanza.ask(name, size, mime)
        try:
            answer = await self._home.stream.request("get", service.address, wish)
        except StanzaError as error:
            raise refusal(error, service.address, size) from error
        return stanza.decode(answer)

    async def _look(self) -> Service:
        domain = self._home.account_jid.domain
        # The server itself may take them, and is asked by the way.
        for address in (domain, *await self._items(domain)):
            try:
                info = await self._home.disco.info(address, timeout=_ASK_S)
            except NotConnected:
                raise
            except BackendError as error:
                if isinstance(error, Timeout) and address == domain:
                    raise  # it says nothing at all just now, so nothing is known
                continue  # it may be none of our business
            if stanza.is_service(info):
                return Service(address, stanza.largest(info))
        raise NotSupported(f"{jid.shown(domain)} takes no files (XEP-0363)")

    async def _items(self, domain: str) -> list[str]:
        items = await self._home.disco.items(domain, timeout=_ASK_S)
        return [each.jid for each in items.items if not each.node]
