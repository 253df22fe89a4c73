"""Files on web servers: sent by PUT, fetched by GET, of any size and without memory for it.

What may be asked is decided for every server on the way (`policy.py`), what an answer means stands
in `answers.py`. No proxy is used and nothing else is taken from the environment: where addresses
are resolved by somebody else nothing can be said of them.

Who is cancelled in here has nothing left open. The library behind it is loaded with the first
transfer, which takes a quarter of a second and is no business of a start.
"""

import asyncio
import contextlib
import importlib
import ssl
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from backendd.api.errors import (
    HostUnreachable,
    InvalidArgument,
    ServerError,
)
from backendd.api.values import Value
from backendd.crypto import tls
from backendd.files import fetched, headers, links, names, policy
from backendd.files.body import Body, Outgoing, Source
from backendd.files.fetched import Answer
from backendd.files.headers import Header
from backendd.files.links import Link
from backendd.files.patience import Patience
from backendd.files.policy import UPLOAD, Hop, Reach

if TYPE_CHECKING:  # comes late
    from backendd.files.exchange import Reply

MOST_REDIRECTS = 5
_ALPN = "http/1.1"
_TAKEN = frozenset({200, 201, 202, 204})
_REDIRECTS = {
    "GET": frozenset({301, 302, 303, 307, 308}),
    "PUT": frozenset({301, 302, 307, 308}),  # 303 is no place to send it to again
}


class _Request(Value):
    """What is asked for, from one server to the next."""

    method: str
    link: Link
    headers: tuple[Header, ...] = ()
    secret: tuple[Header, ...] = ()
    body: Callable[[], Body] | None = None

    def outgoing(self) -> Outgoing:
        return Outgoing(self.method, self.headers + self.secret, self.body and self.body())

    def redirected(self, location: str) -> "_Request":
        """Return it for where a server refers to; what is secret isn't told to another one."""
        try:
            link = self.link.leads_to(location)
        except InvalidArgument as error:
            raise ServerError(f"{self.link.host} refers to what can't be asked: {error}") from error
        secret = self.secret if link.origin == self.link.origin else ()
        return replace(self, link=link, secret=secret)


def _nothing(_sent: int) -> None:
    """Tell nobody."""


class Web:
    """What a profile sends and fetches; `ca_file` names whom it trusts beside the system's."""

    def __init__(self, ca_file: str = "", patience: Patience | None = None) -> None:
        self._ca_file = ca_file
        self._patience = patience or Patience()

    async def put(
        self,
        url: str,
        source: Source,
        *,
        slot_headers: Iterable[Header] = (),
        mime: str = "",
        reach: Reach = UPLOAD,
        progress: Callable[[int], None] = _nothing,
    ) -> tuple[str, ...]:
        """Return once the server has all of it: what a user should know of the way it took.

        `slot_headers` are those that came with the address; `progress` is told how many bytes are
        sent. InvalidArgument, NotAllowed, HostUnreachable, CertificateError, ServerError,
        TooLarge, UnknownItem, Timeout, and what the source raises; `answers.may_pass` tells
        whether to try again.
        """
        about = (
            ("Content-Length", str(source.size)),
            ("Content-Type", headers.mime(mime) or "application/octet-stream"),
        )
        secret = headers.of_slot(slot_headers)
        body = partial(Body, source, self._patience, progress)
        request = _Request("PUT", links.parse(url), about, secret, body)
        async with self._answer(request, reach) as (reply, remarks):
            if reply.status not in _TAKEN:
                raise await fetched.refusal(reply)
            if not reply.is_sent:
                raise ServerError(f"{reply.hop.link.host} answered before it had the file")
            return remarks

    @contextlib.asynccontextmanager
    async def get(
        self,
        url: str,
        *,
        reach: Reach,
        most: int,
        start: int = 0,
        validator: str = "",
    ) -> AsyncIterator[Answer]:
        """Yield the file, of at most `most` bytes; from `start` on where that can be had.

        `validator` says that what is here already is of the same file; without one only its hash
        can tell. Raises what `put` does.
        """
        link = links.parse(url)
        for begin in dict.fromkeys((start, 0)):
            request = _Request("GET", link, headers.from_on(begin, validator))
            async with self._answer(request, reach) as (reply, remarks):
                if begin and fetched.is_shorter(reply, begin):
                    continue  # it is another file by now
                told = await fetched.told(reply, begin, names.of_address(url), remarks)
                yield Answer(told, reply, most)
                return

    @contextlib.asynccontextmanager
    async def _answer(
        self, request: _Request, reach: Reach
    ) -> AsyncIterator[tuple["Reply", tuple[str, ...]]]:
        """Ask, wherever it is referred to; yield the answer, and what to know of the way to it."""
        await asyncio.to_thread(importlib.import_module, "backendd.files.exchange")
        from backendd.files.exchange import exchange

        host = ""
        remarks: tuple[str, ...] = ()
        for _ in range(MOST_REDIRECTS + 1):
            hop = await self._hop(request.link, reach, host)
            host, reach = hop.link.host, hop.narrowed(reach)
            remarks = tuple(dict.fromkeys((*remarks, *hop.remarks)))
            context = await self._context(hop)
            async with exchange(request.outgoing(), hop, context, self._patience) as reply:
                location = reply.header("Location")
                if reply.status not in _REDIRECTS[request.method] or not location:
                    yield reply, remarks
                    return
            request = request.redirected(location)
        raise ServerError(f"{host} refers to yet another place, after {MOST_REDIRECTS} of them")

    async def _hop(self, link: Link, reach: Reach, referred_by: str) -> Hop:
        try:
            async with asyncio.timeout(self._patience.answer_s):
                return await policy.hop(link, reach, referred_by=referred_by)
        except TimeoutError as error:
            raise HostUnreachable(f"no address can be found out for {link.host}") from error

    async def _context(self, hop: Hop) -> ssl.SSLContext | None:
        if not hop.link.is_secure:
            return None
        return await asyncio.to_thread(tls.context, self._ca_file, _ALPN, and_system=True)
