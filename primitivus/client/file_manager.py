"""The file manager of the desktop, as freedesktop.org has it speak on the session bus."""

from pathlib import Path

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from primitivus.client.bus import Bus

NAME = "org.freedesktop.FileManager1"
PATH = "/org/freedesktop/FileManager1"


class FileManager:
    """Shows files; the bus starts it where it doesn't run."""

    def __init__(self, bus: Bus) -> None:
        self._ask = bus.ask(PATH, NAME, service=NAME)

    async def show(self, path: str) -> bool:
        """Show a file in its directory; False where nobody does that."""
        try:
            await self._ask("ShowItems", "ass", ([Path(path).as_uri()], ""))
        except (BackendError, LinkError):
            return False
        return True
