"""A SOCKS5 proxy for bytestreams (XEP-0065), which joins two who ask for the same name."""

import asyncio
import contextlib
from xml.etree.ElementTree import Element

from backendd.core import xml
from backendd.jingle.ports import Proxy
from backendd.xmpp.faults import encode_error

JID = "proxy.capulet.example"


class SocksProxy:
    """Waits for both ends, and passes bytes once one of them has activated the stream.

    `refuses`: it answers no activation.
    """

    def __init__(self, wire, *, refuses: bool = False) -> None:
        self._waiting: dict[bytes, list] = {}
        self._refuses = refuses
        self._server = None
        self.activated: list[str] = []
        wire.join(JID, self._activate)

    async def start(self) -> Proxy:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        return Proxy(JID, "127.0.0.1", self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        self._server.close()
        for ends in self._waiting.values():
            for _, writer in ends:
                writer.close()
        await self._server.wait_closed()

    async def _connected(self, reader, writer) -> None:
        assert await reader.readexactly(3) == b"\x05\x01\x00"
        writer.write(b"\x05\x00")
        assert await reader.readexactly(5) == b"\x05\x01\x00\x03\x28"
        name = await reader.readexactly(40)
        assert await reader.readexactly(2) == bytes(2)
        writer.write(b"\x05\x00\x00\x03\x28" + name + bytes(2))
        self._waiting.setdefault(name, []).append((reader, writer))

    async def _activate(self, iq: Element) -> Element | None:
        if self._refuses:
            return encode_error("not-allowed")
        assert xml.split(iq[0].tag)[0] == "http://jabber.org/protocol/bytestreams"
        self.activated.append(iq[0][0].text)
        (ends,) = [each for each in self._waiting.values() if len(each) == 2]
        (one, to_one), (other, to_other) = ends
        self._pipes = [
            asyncio.get_running_loop().create_task(_pump(one, to_other)),
            asyncio.get_running_loop().create_task(_pump(other, to_one)),
        ]
        return None


async def _pump(reader, writer) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
