"""A place for files that is made up, at a real server: it gives slots of a web server (XEP-0363).

That of Prosody takes two or three MB a second, so little but it would be measured.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from xml.etree.ElementTree import Element

from tests.lab import component
from tests.lab.component import Component
from tests.lab.prosody import Prosody
from tests.lab.server import HOST, free_ports

UPLOAD = "urn:xmpp:http:upload:0"
_HOST = "upload"


def settings(domain: str, port: int) -> str:
    """Return the Lua that has a server take a place for files at this port."""
    return component.settings(f"{_HOST}.{domain}", port)


class Hosting(Component):
    """The place for files of a server; `web` is the port of a `bench.sink`."""

    def __init__(self, server: Prosody, port: int, web: int) -> None:
        super().__init__(server, _HOST, port)
        self._web = web
        self._count = count(1)

    def place(self, size: int) -> str:
        """Return an address for so many bytes."""
        return f"http://{HOST}:{self._web}/{size}/file{next(self._count)}"

    def answer(self, asked: Element, to: str) -> str | None:
        """Tell what this is, and give a slot."""
        if asked.tag == f"{{{component.INFO}}}query":
            return component.info("store", "file", "Files", [UPLOAD])
        if asked.tag != f"{{{UPLOAD}}}request":
            return None
        url = self.place(int(asked.get("size", "0")))
        return f"<slot xmlns='{UPLOAD}'><put url='{url}'/><get url='{url}'/></slot>"


@asynccontextmanager
async def hosting(server: Prosody, port: int) -> AsyncIterator[Hosting]:
    """Yield a place for files, ready to take them."""
    (web,) = free_ports(1)
    sink = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.sink", str(web)), stdout=asyncio.subprocess.PIPE
    )
    try:
        assert sink.stdout is not None
        async with asyncio.timeout(20):
            assert await sink.stdout.readline(), "the web server doesn't start"
        place = await Hosting(server, port, web).connect()
        yield place
        await place.close()
    finally:
        sink.kill()
        await sink.wait()
