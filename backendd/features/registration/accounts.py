"""Registering accounts: on a stream that nobody has logged in on."""

import asyncio
import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack
from xml.etree.ElementTree import Element

from backendd.api import records
from backendd.api.contract.profile import ServerSettings
from backendd.api.descriptors import Descriptor
from backendd.api.errors import (
    BackendError,
    FormRejected,
    InvalidArgument,
    InvalidJid,
    NotSupported,
    ServerError,
    Timeout,
    UnknownItem,
)
from backendd.api.sealed import sealed
from backendd.core import bits, jid, reaching, registration
from backendd.core.asked import Asked
from backendd.core.form_records import to_record
from backendd.features.registration.service import rejected
from backendd.session.backend import Backend, BackendPart
from backendd.xmpp.account import ServerAddress

if TYPE_CHECKING:  # slixmpp is loaded with the first connection, not before
    from backendd.xmpp.handshake import Handshake

_PATIENCE_S = 8.0
_ALL_S = 18.0
# A captcha is answered on the stream that brought it.
_KEPT_S = 300.0
_MOST = 5


@dataclass(slots=True)
class _Open:
    """A stream on which somebody was asked to fill in a form."""

    shake: "Handshake"
    asked: Asked
    bits: Mapping[str, bytes]


class Registrar(BackendPart):
    """Asks servers what an account needs, and makes it; streams wait a while for the answer."""

    def __init__(self, backend: Backend) -> None:
        self._tasks = backend.tasks
        self._open: dict[ServerAddress, _Open] = {}

    async def form(self, server: ServerAddress, *, kept: bool = False) -> records.Form:
        """Return what a server asks for: where a stream waits for that, what it did if `kept`."""
        opened = self._waiting(server) if kept else None
        return to_record((opened or await self._ask(server)).asked.form)

    async def media(self, server: ServerAddress, uri: str) -> Descriptor:
        """Return what the form of a server means by a `cid:` address, as a sealed file."""
        cid, opened = bits.named(uri), self._waiting(server)
        if opened is None:
            raise UnknownItem(f"{server.domain} has to be asked anew for its form")
        content = opened.bits.get(cid)
        if content is None:
            content = bits.decode(await opened.shake.ask("get", bits.ask(cid)), cid)
        return sealed("media", content)

    async def register(self, server: ServerAddress, values: Mapping[str, Sequence[str]]) -> str:
        """Make an account; return its address."""
        opened = self._waiting(server) or await self._ask(server)
        payload = registration.submit(opened.asked, values)
        address = _address(values, server)
        try:
            async with asyncio.timeout(_ALL_S):
                await opened.shake.ask("set", payload)
        except TimeoutError as error:
            self._close(server)
            raise Timeout(f"{server.domain} doesn't answer: the account may be made") from error
        except ServerError as error:
            if opened.shake.wire.closed.done():
                self._close(server)
            raise rejected(error) from error
        except BackendError:
            self._close(server)
            raise
        self._close(server)
        return address

    def _waiting(self, server: ServerAddress) -> _Open | None:
        """Return the stream that waits for what is filled in, None where there is none."""
        opened = self._open.get(server)
        return None if opened is None or opened.shake.wire.closed.done() else opened

    async def _ask(self, server: ServerAddress) -> _Open:
        self._close(server)
        await asyncio.to_thread(importlib.import_module, "backendd.xmpp.securing")
        from backendd.xmpp.securing import secured

        answers: list[Element] = []

        async def ask(shake: "Handshake") -> None:
            answers[:] = [await shake.ask("get", registration.ask())]

        try:
            async with asyncio.timeout(_ALL_S):
                shake = await secured(server, _PATIENCE_S, ask)
        except TimeoutError as error:
            raise Timeout(f"{server.domain} doesn't answer") from error
        (answer,) = answers
        asked = registration.decode(answer)
        if not asked.form.fields and not asked.form.instructions:
            shake.wire.abort()
            raise NotSupported(f"{server.domain} doesn't say what it needs to make an account")
        while len(self._open) >= _MOST:
            self._close(next(iter(self._open)))
        self._open[server] = opened = _Open(shake, asked, bits.brought(answer))
        self._tasks.start(self._forget(server, opened), name="wait for a registration")
        return opened

    async def _forget(self, server: ServerAddress, opened: _Open) -> None:
        """Close a stream that nobody comes back to, or that ends with the backend."""
        wire = opened.shake.wire
        try:
            await asyncio.wait((wire.closed,), timeout=_KEPT_S)
        finally:
            if self._open.get(server) is opened:
                self._close(server)
            await wire.wait_closed()

    def _close(self, server: ServerAddress) -> None:
        opened = self._open.pop(server, None)
        if opened is not None:
            opened.shake.wire.abort()


def _address(values: Mapping[str, Sequence[str]], server: ServerAddress) -> str:
    """Return the address that an account of this name has; empty where the server chooses it."""
    username = "".join(values.get("username", [])[:1])
    try:
        return jid.own_account(f"{username}@{server.domain}") if username else ""
    except InvalidJid as error:
        raise FormRejected(f"username: {error}") from error


def server_address(server: str, **options: Unpack[ServerSettings]) -> ServerAddress:
    """Return where a server is; InvalidJid, InvalidArgument, FileError."""
    address = jid.parse(server)
    if address.full != address.domain:
        raise InvalidArgument("a server is named by its domain alone")
    where = ServerAddress(address.domain, **options)
    reaching.check(where.host, where.port, where.ca_file)
    return where
