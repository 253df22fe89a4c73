"""What the servers of addresses say that they are: whether rooms are there, or people."""

from backendd.api.errors import BackendError, NotConnected
from backendd.core import xml
from backendd.core.disco import Info
from backendd.session.home import Home

_ASK_S = 3.0


class Servers:
    """Asks them once in a stream; one that doesn't answer is nothing that is known."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._silent: set[str] = set()

    def forget(self) -> None:
        """Ask again also those which have not answered."""
        self._silent.clear()

    async def has_rooms(self, domain: str) -> bool:
        """Return whether rooms are there, and it says so."""
        info = await self._info(domain)
        return xml.MUC in info.features and info.has_identity("conference", "text")

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
