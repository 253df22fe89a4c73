"""Gajim (Debian's gajim), with one account; a plugin in it does what its user would do."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

from tests.lab.programs.program import Program
from tests.lab.server import free_ports

PACKAGE = "gajim"
"""What has to be installed."""

_PLUGIN = Path(__file__).parent / "gajim-plugin"


class Gajim(Program):
    """Gajim in a world."""

    async def start(self, jid: str, password: str) -> None:
        """Return once its account is being connected."""
        plugins = self.world.scratch.home / ".local/share/gajim/plugins"
        shutil.copytree(_PLUGIN, plugins / "driver")
        (port,) = free_ports(1)
        wanted = {"jid": jid, "password": password, "socket": str(self._socket), "port": port}
        self.run(["/usr/bin/gajim"], DRIVER=json.dumps(wanted))
        await self.until(self._is_driven)

    async def until_event(self, name: str, reason: str) -> None:
        """Return once this has been told of a file, and why; of a message, what file it is."""

        async def is_told() -> bool:
            return [name, reason] in await self._order("events")

        await self.until(is_told)

    async def until_seen(self, jid: str) -> None:
        """Return once a full JID is there, and takes files."""
        await self.until(lambda: self._order("can_send", jid=jid))

    async def send(self, jid: str, path: Path) -> None:
        """Offer a file to a full JID."""
        assert await self._order("send", jid=jid, path=str(path))

    async def upload(self, jid: str, path: Path) -> None:
        """Put a file on the server, and tell an account of it."""
        await self.until(lambda: self._order("can_upload"))
        await self._order("upload", jid=jid, path=str(path))

    # -- how

    @property
    def _socket(self) -> Path:
        return self.world.scratch.runtime / "driver"

    async def _is_driven(self) -> bool:
        return await asyncio.to_thread(self._socket.exists)

    async def _order(self, what: str, **more: str) -> Any:
        reader, writer = await asyncio.open_unix_connection(self._socket)
        writer.write(json.dumps({"do": what, **more}).encode() + b"\n")
        answer = json.loads(await reader.readline())
        writer.close()
        await writer.wait_closed()
        assert "error" not in answer, answer["error"]
        return answer["done"]
