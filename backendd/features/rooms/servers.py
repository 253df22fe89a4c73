"""What servers say that they are: whether rooms are there, or people, and where ours are.

A gateway may have both at one domain (Slidge): what has rooms has nobody else only where it is
nothing else, for what is written to people there is never refused as if they were a room.
"""

from contextlib import suppress

from backendd.api.errors import BackendError, NotConnected, NotSupported
from backendd.core import disco, xml
from backendd.core.disco import Info
from backendd.session import services
from backendd.session.home import Home

_ASK_S = 3.0
_REMEMBERED = 200
_PEOPLE = {"account", "client", "gateway", "server"}  # categories of what has people as well


class Servers:
    """Asks them once in a stream; one that doesn't answer is nothing that is known."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._silent: set[str] = set()
        self._with_rooms = dict[str, None]()  # of rooms alone, as they said last
        self._own = ""

    def forget(self) -> None:
        """Ask again also those which have not answered."""
        self._silent.clear()

    def renew(self) -> None:
        """Look for our own service anew: the server may be another."""
        self._own = ""

    async def own(self) -> str:
        """Return where our server has its rooms; NotSupported, and what asking it raises."""
        if not self._own:
            self._own = await services.find(self._home, _has_rooms)
            if (info := self._home.disco.told(self._own)) is not None:
                self._remember(self._own, info)
        if not self._own:
            raise NotSupported(f"{self._home.account_jid.domain} has no rooms")
        return self._own

    async def learn(self) -> None:
        """Find our own service ahead, where our server says that it tells what it has.

        What is written to a room that was never entered is refused then before it is stored.
        """
        if disco.ITEMS in self._home.server.features:
            with suppress(BackendError):
                await self.own()

    async def has_rooms_alone(self, domain: str) -> bool:
        """Return whether rooms are there and nobody else, and it says so."""
        info = await self._info(domain)
        if domain in self._silent:
            return False
        self._remember(domain, info)
        return _has_rooms_alone(info)

    def is_known(self, domain: str) -> bool:
        """Return whether it was asked on this stream, whatever it has answered."""
        return domain in self._silent or self._home.disco.told(domain) is not None

    def are_known_to_be_rooms(self, domain: str) -> bool:
        """Return whether it has said last that rooms are there, and nobody else."""
        info = self._home.disco.told(domain)
        return domain in self._with_rooms if info is None else _has_rooms_alone(info)

    def _remember(self, domain: str, info: Info) -> None:
        """Take note of what a service has said, for when it can't be asked."""
        self._with_rooms.pop(domain, None)
        if _has_rooms_alone(info):
            self._with_rooms[domain] = None
            if len(self._with_rooms) > _REMEMBERED:
                del self._with_rooms[next(iter(self._with_rooms))]

    async def has_people(self, domain: str) -> bool:
        """Return whether accounts are there and no rooms, and it says so."""
        info = await self._info(domain)
        return info.has_identity("server", "im") and xml.MUC not in info.features

    async def _info(self, domain: str) -> Info:
        if domain in self._silent:
            return Info()
        try:
            return await self._home.disco.info(domain, timeout=_ASK_S)
        except NotConnected:
            raise
        except BackendError:
            self._silent.add(domain)
            return Info()


def _has_rooms_alone(info: Info) -> bool:
    return _has_rooms(info) and _PEOPLE.isdisjoint(each.category for each in info.identities)


def _has_rooms(info: Info) -> bool:
    return xml.MUC in info.features and info.has_identity("conference", "text")
