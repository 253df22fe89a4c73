"""From nothing to an authenticated stream: find, connect, secure, prove (RFC 6120)."""

import asyncio
import base64
import binascii
import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from backendd.api.errors import (
    AuthenticationFailed,
    BackendError,
    CertificateError,
    HostUnreachable,
    ServerError,
)
from backendd.core import jid
from backendd.core.text import clean_line
from backendd.xmpp import endpoints, names, sasl, tls
from backendd.xmpp.account import Account
from backendd.xmpp.encoding import encode
from backendd.xmpp.endpoints import Endpoint
from backendd.xmpp.faults import Moved
from backendd.xmpp.handshake import Handshake
from backendd.xmpp.names import MECHANISMS, PROCEED, STARTTLS, TLS_FAILURE, split

_EYEBALLS_S = 0.25  # RFC 8305
# These pass; everything else that SASL refuses needs the user.
_PASSING = frozenset({"temporary-auth-failure", "aborted"})


@dataclass(frozen=True, slots=True)
class Login:
    """How to log an account in; `patience_s` bounds each wait for the server."""

    account: Account
    patience_s: float
    scram_offered: Callable[[], None]

    async def run(self, preferred: tuple[str, int] | None = None) -> Handshake:
        """Return an authenticated stream, tried at `preferred` first.

        Raises `AuthenticationFailed`, `CertificateError`, `HostUnreachable` or `ServerError`.
        """
        domain = jid.received(self.account.jid).domain
        candidates = [Endpoint(*preferred)] if preferred else []
        candidates += await endpoints.find(self.account, domain)
        failures: list[BackendError] = []
        for endpoint in candidates:
            try:
                return await self._log_in(domain, endpoint)
            except Moved:
                raise
            except (HostUnreachable, CertificateError) as error:
                failures.append(error)
        raise _most_telling(failures)

    async def _log_in(self, domain: str, endpoint: Endpoint) -> Handshake:
        shake = Handshake(domain, endpoint, self.patience_s)
        try:
            await self._secure(shake)
            await self._authenticate(shake)
        except BaseException:
            shake.wire.abort()
            raise
        return shake

    async def _secure(self, shake: Handshake) -> None:
        direct = shake.endpoint.direct_tls
        context = await asyncio.to_thread(tls.context, self.account.ca_file, direct=direct)
        with _explained(shake):
            async with asyncio.timeout(self.patience_s):
                await _connect(shake, context if direct else None)
        await shake.expect_features()
        if direct:
            return
        if shake.features.find(STARTTLS) is None:
            raise CertificateError(
                f"{shake.endpoint} offers no encryption, and nothing is sent without"
            )
        shake.wire.write(encode(Element(STARTTLS)))
        answer = await shake.expect(PROCEED, TLS_FAILURE)
        if answer.tag == TLS_FAILURE or not shake.is_quiet:
            raise CertificateError(f"{shake.endpoint} doesn't begin the encryption it offers")
        with _explained(shake):
            async with asyncio.timeout(self.patience_s):
                await shake.wire.secure(context)
        await shake.expect_features()

    async def _authenticate(self, shake: Handshake) -> None:
        offered = [child.text or "" for child in shake.features.iterfind(f"{MECHANISMS}/*")]
        if sasl.offers_scram(offered) and not self.account.scram_seen:
            self.scram_offered()
        mechanism = sasl.choose(
            offered,
            jid.received(self.account.jid).local,
            self.account.password,
            binding=_binding(shake),
            scram_seen=self.account.scram_seen,
        )
        await _converse(shake, mechanism)
        shake.wire.open_stream()
        await shake.expect_features()


async def _connect(shake: Handshake, context: ssl.SSLContext | None) -> None:
    await asyncio.get_running_loop().create_connection(
        lambda: shake.wire,
        shake.endpoint.host,
        shake.endpoint.port,
        ssl=context,
        server_hostname=shake.domain.strip("[]") if context else None,
        happy_eyeballs_delay=_EYEBALLS_S,
    )


@contextlib.contextmanager
def _explained(shake: Handshake) -> Iterator[None]:
    where = str(shake.endpoint)
    try:
        yield
    except TimeoutError as error:
        raise HostUnreachable(f"{where} doesn't answer") from error
    except ssl.SSLError as error:
        raise tls.failure(error, shake.domain, where) from error
    except socket.gaierror as error:
        raise HostUnreachable(
            f"no address is known for {shake.endpoint.host} (port {shake.endpoint.port})"
        ) from error
    except OSError as error:
        raise HostUnreachable(f"{where} can't be reached: {_reason(error)}") from error


def _reason(error: OSError) -> str:
    # With several addresses asyncio gives one error without a number that quotes the others.
    if isinstance(error, ConnectionRefusedError) or "Errno 111" in str(error):
        return "connection refused"
    return (error.strerror or "no connection").lower()


def _most_telling(failures: list[BackendError]) -> BackendError:
    for error in failures:
        if isinstance(error, CertificateError):
            return error
    return failures[0]


def _binding(shake: Handshake) -> bytes | None:
    secured = shake.wire.secured
    if secured is None or secured.version() == "TLSv1.3":
        # RFC 9266 forbids tls-unique there, and Python has no tls-exporter.
        return None
    return secured.get_channel_binding("tls-unique")


async def _converse(shake: Handshake, mechanism: sasl.Mechanism) -> None:
    auth = Element(names.sasl("auth"), {"mechanism": mechanism.name})
    auth.text = _encoded(mechanism.first())
    shake.wire.write(encode(auth))
    while True:
        answer = await shake.expect(
            names.sasl("challenge"), names.sasl("success"), names.sasl("failure")
        )
        if answer.tag == names.sasl("failure"):
            raise _refusal(answer, shake.domain)
        data = _decoded(answer.text)
        if answer.tag == names.sasl("success"):
            mechanism.finish(data)
            return
        response = Element(names.sasl("response"))
        response.text = _encoded(await mechanism.answer(data))
        shake.wire.write(encode(response))


def _refusal(failure: Element, domain: str) -> BackendError:
    conditions = [split(child.tag)[1] for child in failure]
    condition = next((name for name in conditions if name != "text"), "not-authorized")
    said = clean_line(failure.findtext(names.sasl("text"), ""), limit=200)
    if condition in _PASSING:
        return ServerError(f"{domain} can't log anybody in at the moment")
    if condition == "not-authorized":
        return AuthenticationFailed(f"{domain} refuses the address or its password")
    reason = clean_line(condition, limit=60).replace("-", " ")
    return AuthenticationFailed(
        f"{domain} refuses the login: {reason}" + (f" ({said})" if said else "")
    )


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode() if data else "="


def _decoded(text: str | None) -> bytes:
    if not text or text == "=":
        return b""
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""
