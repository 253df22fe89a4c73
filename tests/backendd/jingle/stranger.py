"""Another program, written out stanza by stanza: it shares no code with ours."""

import asyncio
import base64
import hashlib
from xml.etree.ElementTree import Element, fromstring

from tests.lab.patience import PATIENCE_S

STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas"
BLOCKS = "http://jabber.org/protocol/ibb"


class Stranger:
    """Answers each iq with a result, keeps it, and says what a test has it say."""

    def __init__(self, wire, jid: str, us: str) -> None:
        self.jid = jid
        self._wire = wire
        self._us = us
        self._heard: asyncio.Queue[Element] = asyncio.Queue()
        self.data = bytearray()
        self.refuse: dict[str, str] = {}
        wire.join(jid, self._answer)

    async def _answer(self, iq: Element) -> Element | None:
        payload = iq[0]
        action = payload.get("action") or payload.tag.split("}")[1]
        if action == "data":
            self.data += base64.b64decode(payload.text)
        else:
            self._heard.put_nowait(payload)
        condition = self.refuse.get(action)
        if condition is None:
            return None
        return fromstring(
            f"<error xmlns='jabber:client' type='cancel'><{condition} xmlns='{STANZAS}'/></error>"
        )

    async def hear(self, action: str) -> Element:
        """Return the next thing said, which has to be this."""
        heard = await self.next()
        assert (heard.get("action") or heard.tag.split("}")[1]) == action
        return heard

    async def next(self) -> Element:
        """Return the next thing said."""
        async with asyncio.timeout(PATIENCE_S):
            return await self._heard.get()

    async def say(self, payload: str) -> None:
        """Say something, and return when it is acknowledged; raises the error that comes."""
        async with asyncio.timeout(PATIENCE_S):
            await self._wire.pass_on(self.jid, "set", self._us, fromstring(payload))

    async def jingle(self, action: str, sid: str, inner: str = "", more: str = "") -> None:
        await self.say(
            f"<jingle xmlns='urn:xmpp:jingle:1' action='{action}' sid='{sid}' {more}>"
            f"{inner}</jingle>"
        )

    async def transport(self, action: str, sid: str, transport: str, *, name: str = "file") -> None:
        content = f"<content creator='initiator' name='{name}'>{transport}</content>"
        await self.jingle(action, sid, content)


def s5b(sid: str, inner: str = "", more: str = "") -> str:
    opening = f"<transport xmlns='urn:xmpp:jingle:transports:s5b:1' sid='{sid}' {more}>"
    return f"{opening}{inner}</transport>"


def ibb(sid: str, size: int = 4096) -> str:
    return f"<transport xmlns='urn:xmpp:jingle:transports:ibb:1' sid='{sid}' block-size='{size}'/>"


def described(name: str, size: int, more: str = "") -> str:
    return (
        "<description xmlns='urn:xmpp:jingle:apps:file-transfer:5'><file>"
        f"<name>{name}</name><size>{size}</size>{more}</file></description>"
    )


def offered(
    description: str,
    transport: str,
    *,
    senders: str = "senders='initiator'",
    name: str = "file",
    creator: str = "initiator",
) -> str:
    opening = f"<content creator='{creator}' name='{name}' {senders}>"
    return f"{opening}{description}{transport}</content>"


def opening(sid: str, size: int = 4096) -> str:
    """Return what opens an in-band stream."""
    return f"<open xmlns='{BLOCKS}' sid='{sid}' block-size='{size}' stanza='iq'/>"


def piece(sid: str, number: int, data: bytes | str) -> str:
    """Return a block of an in-band stream; a text stands there as it is."""
    text = data if isinstance(data, str) else base64.b64encode(data).decode()
    return f"<data xmlns='{BLOCKS}' sid='{sid}' seq='{number}'>{text}</data>"


def closing(sid: str) -> str:
    """Return what ends an in-band stream."""
    return f"<close xmlns='{BLOCKS}' sid='{sid}'/>"


def block(sender: str, sid: str, number: int, data: bytes) -> Element:
    """Return a block of an in-band stream as a message has it."""
    text = base64.b64encode(data).decode()
    return fromstring(
        f"<message xmlns='jabber:client' from='{sender}'>"
        f"<data xmlns='http://jabber.org/protocol/ibb' sid='{sid}' seq='{number}'>{text}</data>"
        "</message>"
    )


class Listener:
    """A SOCKS5 server that takes one connection, written from the specification."""

    async def start(self) -> int:
        self.connected = asyncio.get_running_loop().create_future()
        self._server = await asyncio.start_server(self._greet, "127.0.0.1", 0)
        return self._server.sockets[0].getsockname()[1]

    async def _greet(self, reader, writer) -> None:
        methods = await reader.readexactly(2)
        await reader.readexactly(methods[1])
        writer.write(b"\x05\x00")
        asked = await reader.readexactly(5)
        name = await reader.readexactly(asked[4])
        await reader.readexactly(2)
        writer.write(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        self.connected.set_result((name.decode(), reader, writer))

    async def close(self) -> None:
        self._server.close()
        if self.connected.done():
            writer = self.connected.result()[2]
            writer.close()
            await writer.wait_closed()
        await self._server.wait_closed()


async def connect(host: str, port: int, name: str):
    """Return reader and writer of a connection to a SOCKS5 server."""
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(b"\x05\x01\x00")
    assert await reader.readexactly(2) == b"\x05\x00"
    writer.write(b"\x05\x01\x00\x03" + bytes([len(name)]) + name.encode() + bytes(2))
    answer = await reader.readexactly(5 + len(name) + 2)
    assert answer[:4] == b"\x05\x00\x00\x03"
    return reader, writer


def sha1(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
