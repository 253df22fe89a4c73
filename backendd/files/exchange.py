"""One request of HTTP and its answer; the only module that knows the library for it."""

import asyncio
import contextlib
import errno
import os
import socket
import ssl
from collections.abc import AsyncIterator, Iterator

import aiohttp
import aiohttp.abc
from yarl import URL

from backendd.api.errors import BackendError, HostUnreachable, ServerError, Timeout
from backendd.crypto import tls
from backendd.files.body import Body, Outgoing
from backendd.files.patience import Clock, Patience
from backendd.files.policy import Hop

_READ = 256 * 1024
# What the system may hold of an upload besides what is on its way, so that a cancel is at once and
# progress is what it says. The constant is named since Python 3.12.
_TCP_NOTSENT_LOWAT = 25
_UNSENT = 256 * 1024
_ALWAYS = (("User-Agent", "Primitivus"), ("Accept-Encoding", "identity"))


class Reply:
    """An answer, of which only the beginning was read."""

    def __init__(
        self, response: aiohttp.ClientResponse, hop: Hop, patience: Patience, body: Body | None
    ) -> None:
        self.status = response.status
        self.hop = hop
        self._response = response
        self._patience = patience
        self._body = body

    @property
    def is_sent(self) -> bool:
        """Whether all was sent by then that there was to send."""
        return self._body is None or self._body.is_sent

    def header(self, name: str) -> str:
        """Return what it says there, or nothing."""
        return str(self._response.headers.get(name, "")).strip()

    async def read(self) -> bytes:
        """Return the next bytes; none at the end. HostUnreachable, Timeout."""
        host = self.hop.link.host
        with _explained(host):
            try:
                async with asyncio.timeout(self._patience.stall_s):
                    return await self._response.content.readany()
            except TimeoutError as error:
                raise _stalled(host, self._patience.stall_s) from error


@contextlib.asynccontextmanager
async def exchange(
    request: Outgoing, hop: Hop, context: ssl.SSLContext | None, patience: Patience
) -> AsyncIterator[Reply]:
    """Ask, and yield the answer; nothing is left of it behind.

    HostUnreachable, CertificateError, ServerError, Timeout, and what is wrong with the body.
    """
    sockets: list[socket.socket] = []
    connector = aiohttp.TCPConnector(
        resolver=_Known(hop),
        use_dns_cache=False,
        ssl=context or True,
        socket_factory=lambda info: _socket(info, sockets),
    )
    async with aiohttp.ClientSession(
        connector=connector,
        auto_decompress=False,  # a file is what was sent, and no larger
        cookie_jar=aiohttp.DummyCookieJar(),
        read_bufsize=_READ,
        timeout=aiohttp.ClientTimeout(total=None),
    ) as session:
        try:
            response = await _ask(session, request, hop, patience)
            try:
                yield Reply(response, hop, patience, request.body)
            finally:
                response.close()
        finally:
            if request.body:
                request.body.close()
            for each in sockets:  # else what wasn't taken yet would still be sent
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)


async def _ask(
    session: aiohttp.ClientSession, request: Outgoing, hop: Hop, patience: Patience
) -> aiohttp.ClientResponse:
    host, body = hop.link.host, request.body
    with _explained(host, body):
        try:
            async with asyncio.timeout(patience.answer_s) as timeout:
                if body:
                    body.clock = Clock(timeout)
                return await session.request(
                    request.method,
                    URL(str(hop.link), encoded=True),
                    headers=(*_ALWAYS, *request.headers),
                    data=body,
                    allow_redirects=False,
                )
        except TimeoutError as error:
            if body and body.sent:
                waited = patience.done_s if body.is_sent else patience.stall_s
                raise _stalled(host, waited) from error
            raise HostUnreachable(f"{host} doesn't answer") from error


class _Known(aiohttp.abc.AbstractResolver):
    """Has the addresses that were looked at, and no others."""

    def __init__(self, hop: Hop) -> None:
        self._hop = hop

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[aiohttp.abc.ResolveResult]:
        return [
            aiohttp.abc.ResolveResult(
                hostname=host,
                host=str(address),
                port=port,
                family=socket.AF_INET6 if address.version == 6 else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self._hop.addresses
        ]

    async def close(self) -> None:
        """Nothing is open."""


def _socket(info: aiohttp.AddrInfoType, sockets: list[socket.socket]) -> socket.socket:
    family, kind, protocol, *_ = info
    made = socket.socket(family, kind, protocol)
    sockets.append(made)
    with contextlib.suppress(OSError):
        made.setsockopt(socket.IPPROTO_TCP, _TCP_NOTSENT_LOWAT, _UNSENT)
    return made


def _stalled(host: str, seconds: float) -> Timeout:
    return Timeout(f"{host} has stopped: nothing happened for {seconds:.0f} seconds")


@contextlib.contextmanager
def _explained(host: str, body: Body | None = None) -> Iterator[None]:
    try:
        yield
    except (aiohttp.ClientError, OSError, ValueError) as error:
        if isinstance(error, TimeoutError):
            raise
        if body and body.error:
            raise body.error from error
        raise _failure(host, error) from error


def _failure(host: str, error: Exception) -> BackendError:
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        certificate = error.certificate_error
        if isinstance(certificate, ssl.SSLError):
            return tls.failure(certificate, host, host)
    if isinstance(error, aiohttp.ClientConnectorSSLError):
        inner = error.os_error
        if isinstance(inner, ssl.SSLError):
            return tls.failure(inner, host, host)
    if isinstance(error, aiohttp.ClientConnectorError):
        return HostUnreachable(f"{host} can't be reached: {_reason(error.os_error)}")
    if isinstance(error, aiohttp.ClientResponseError | ValueError):
        return ServerError(f"{host} answers with what is no HTTP")
    return HostUnreachable(f"the connection to {host} broke in the middle")


def _reason(error: OSError) -> str:
    if error.errno and error.errno in errno.errorcode:
        return os.strerror(error.errno).lower()
    return "no connection"
