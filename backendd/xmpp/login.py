"""From nothing to an authenticated stream: find, connect, secure, prove (RFC 6120)."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from backendd.api.errors import (
    BackendError,
    CertificateError,
    HostUnreachable,
    ServerError,
)
from backendd.core import jid
from backendd.core.encoding import encode
from backendd.xmpp import endpoints, tls
from backendd.xmpp.account import Account
from backendd.xmpp.authentication import authenticate
from backendd.xmpp.endpoints import Endpoint
from backendd.xmpp.faults import Moved
from backendd.xmpp.handshake import Handshake
from backendd.xmpp.names import PROCEED, STARTTLS, TLS_FAILURE
from backendd.xmpp.sasl import offers_scram

_EYEBALLS_S = 0.25  # RFC 8305


@dataclass(frozen=True, slots=True)
class Login:
    """How to log an account in; `patience_s` bounds each wait for the server.

    `logged_in` is told of an account that the server took, and whether that was by SCRAM.
    """

    account: Account
    patience_s: float
    logged_in: Callable[[Account, bool], None]

    async def run(
        self, preferred: tuple[str, int] | None = None, last_resort: Endpoint | None = None
    ) -> Handshake:
        """Return an authenticated stream, tried at `preferred` first and at `last_resort` last.

        Raises `AuthenticationFailed`, `CertificateError`, `HostUnreachable` or `ServerError`.
        """
        domain = jid.received(self.account.jid).domain
        candidates = _preferred(preferred) if preferred else []
        candidates += await endpoints.find(self.account, domain)
        candidates.sort(key=lambda endpoint: endpoint == last_resort)
        failures: list[BackendError] = []
        for endpoint in candidates:
            try:
                return await self._log_in(domain, endpoint)
            except Moved:
                raise
            except (HostUnreachable, CertificateError, ServerError) as error:
                # Whatever ends a handshake may be this machine's fault alone (RFC 6120 4.9.3).
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
                await shake.wire.secure(context, endpoints.resolvable(shake.domain))
        await shake.expect_features()

    async def _authenticate(self, shake: Handshake) -> None:
        mechanism = await authenticate(shake, self.account)
        self.logged_in(self.account, offers_scram([mechanism.name]))
        shake.wire.open_stream()
        await shake.expect_features()


def _preferred(address: tuple[str, int]) -> list[Endpoint]:
    host, port = address
    with contextlib.suppress(HostUnreachable):  # it was the server's word, not the user's
        return [Endpoint(endpoints.resolvable(host), port)]
    return []


async def _connect(shake: Handshake, context: ssl.SSLContext | None) -> None:
    await asyncio.get_running_loop().create_connection(
        lambda: shake.wire,
        shake.endpoint.host,
        shake.endpoint.port,
        ssl=context,
        server_hostname=endpoints.resolvable(shake.domain) if context else None,
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
    for kind in (CertificateError, ServerError):
        for error in failures:
            if isinstance(error, kind):
                return error
    return failures[0]
