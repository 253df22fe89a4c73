"""One TCP connection that speaks XMPP: slixmpp's stream core, guarded.

Used are its read loop and its life cycle; never its queues, handlers, reconnecting or plugins:
those lose and misnumber stanzas around an abort. A wire lives as long as its connection, so
nothing of it is left over for the next.
"""

import array
import asyncio
import contextlib
import fcntl
import logging
import socket
import ssl
import termios
from collections.abc import Callable, Iterable
from typing import cast
from xml.etree.ElementTree import Element, XMLPullParser

from backendd.api.errors import BackendError, HostUnreachable, ServerError
from backendd.xmpp.faults import HungUp
from backendd.xmpp.library import XMLStream
from backendd.xmpp.names import CLIENT, STREAM_NS
from backendd.xmpp.parser import StanzaParser, StreamBroken
from backendd.xmpp.pulse import Pulse

log = logging.getLogger(__name__)

Deliver = Callable[[Element, bool], None]


class Wire(XMLStream):
    """Bytes out, elements in.

    `deliver` gets each child of the stream at once and in order, with True where the parser
    had to cut it. `closed` is done when the connection is gone; `reason` says why.
    """

    def __init__(self, domain: str, deliver: Deliver) -> None:
        # The context is ours to choose when we secure the stream; this one opens nothing.
        super().__init__(ssl_context=_NO_CONTEXT)
        self.default_domain = domain
        self.default_ns = CLIENT
        self.stream_ns = STREAM_NS
        to = domain.replace("&", "&amp;").replace("'", "&apos;").replace("<", "&lt;")
        self.stream_header = (
            f"<?xml version='1.0'?><stream:stream to='{to}' version='1.0' xml:lang='en'"
            f" xmlns='{CLIENT}' xmlns:stream='{STREAM_NS}'>"
        )
        self.stream_footer = "</stream:stream>"
        self.deliver = deliver
        self.closed: asyncio.Future[None] = self.loop.create_future()
        self.reason: BackendError | None = None
        self.pulse = Pulse(self.loop.time)
        self.writable = asyncio.Event()
        self.writable.set()

    @property
    def secured(self) -> ssl.SSLObject | None:
        """The TLS of this connection, None while it is in the clear."""
        if self.transport is None:
            return None
        return cast("ssl.SSLObject | None", self.transport.get_extra_info("ssl_object"))

    @property
    def unsent(self) -> int:
        """How many bytes of what was written the other side hasn't confirmed yet."""
        if self.transport is None:
            return 0
        count = array.array("i", [0])
        link = self.transport.get_extra_info("socket")  # None as soon as TLS has let go of it
        if link is not None:
            with contextlib.suppress(OSError):  # closed meanwhile
                fcntl.ioctl(link.fileno(), termios.TIOCOUTQ, count)
        return self.transport.get_write_buffer_size() + count[0]

    def write(self, data: bytes) -> None:
        """Write `data`; what is written to a connection that is gone is dropped."""
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(data)

    def write_all(self, parts: Iterable[bytes]) -> None:
        """Write `parts` in order, each in a TLS record of its own.

        A server only reads whole records: where the connection is cut it then has no half stanza,
        but of one that is larger than a record.
        """
        if self.transport is not None and not self.transport.is_closing():
            self.transport.writelines(parts)

    async def wait_closed(self) -> None:
        """Return when the connection is gone."""
        # Not awaited as it is: to cancel who waits would cancel the future for all.
        await asyncio.wait([self.closed])

    def open_stream(self) -> None:
        """Begin a new stream on this connection, as after TLS and authentication."""
        self.init_parser()
        self.write(self.stream_header.encode())

    async def secure(self, context: ssl.SSLContext, name: str) -> None:
        """Go on in TLS with a server that proves to be `name`; raises ssl.SSLError and OSError."""
        assert self.transport is not None
        # Whatever came in the clear after "proceed" must not be taken for secured.
        self.parser = None
        transport = await self.loop.start_tls(self.transport, self, context, server_hostname=name)
        if transport is None:
            raise ConnectionResetError("closed during the handshake")
        self.connection_made(transport)

    def fail(self, reason: BackendError) -> None:
        """End the connection because of `reason`; the first reason counts."""
        self.reason = self.reason or reason
        self.abort()

    def pause(self, paused: bool) -> None:
        """Stop or resume taking bytes from the network."""
        if self.transport is None or self.transport.is_closing():
            return
        if paused and self.transport.is_reading():
            self.transport.pause_reading()
        elif not paused and not self.transport.is_reading():
            self.transport.resume_reading()

    # What asyncio and slixmpp call.

    def connection_made(self, transport: asyncio.BaseTransport, send_event: bool = True) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.pulse.hear()
        self.open_stream()

    def init_parser(self) -> None:
        self.xml_depth = 0
        self.xml_root = None
        self.parser = cast("XMLPullParser[Element]", StanzaParser())

    def data_received(self, data: bytes | str) -> None:
        # An exception from here would make asyncio close the connection; after a resumption
        # the same bytes would come again.
        self.pulse.hear()
        self._acknowledge()
        if self.parser is None:
            return
        try:
            super().data_received(data)
        except StreamBroken as error:
            self.fail(ServerError(f"{self.default_domain} broke the stream: {error}"))
        except Exception:
            log.exception("reading the stream failed")
            self.fail(ServerError("the stream could not be read"))

    def _acknowledge(self) -> None:
        # A server that leaves Nagle's algorithm on, as Prosody does, keeps the end of a page back
        # until what went before is acknowledged, and the kernel may take 40 ms for that. It
        # forgets this wish with the next packet.
        link = self.transport.get_extra_info("socket") if self.transport is not None else None
        if link is not None:
            with contextlib.suppress(OSError):  # closed meanwhile
                link.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    def _spawn_event(self, xml: Element) -> None:
        # slixmpp's name for "a child of the stream is complete".
        if self.parser is None:
            return
        cut = cast("StanzaParser", self.parser).is_oversized(xml)
        try:
            self.deliver(xml, cut)
        except Exception:
            log.exception("a %s from outside could not be taken", xml.tag[-40:])

    def send_raw(self, data: str | bytes) -> None:
        # slixmpp's own logs what it sends: bodies and secrets.
        self.write(data.encode() if isinstance(data, str) else data)

    def pause_writing(self) -> None:
        self.writable.clear()

    def resume_writing(self) -> None:
        self.writable.set()

    def connection_lost(self, exception: BaseException | None) -> None:
        super().connection_lost(exception)
        self.writable.set()
        if self.reason is None:
            self.reason = _lost(self.default_domain, exception)
        if not self.closed.done():
            self.closed.set_result(None)


def _lost(domain: str, exception: BaseException | None) -> HostUnreachable:
    if exception is None:
        return HungUp(f"{domain} closed the connection")
    # A server that closes on what it has not read resets the connection.
    kind = HungUp if isinstance(exception, ConnectionError) else HostUnreachable
    if isinstance(exception, OSError) and exception.strerror:
        return kind(f"the connection to {domain} broke: {exception.strerror.lower()}")
    return kind(f"the connection to {domain} broke")


# slixmpp builds a context with the system's authorities for each stream (25 ms) unless it is
# given one. This one trusts nobody.
_NO_CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
