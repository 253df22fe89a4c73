"""From nothing to an encrypted stream that nobody has logged in on: find, connect, secure.

RFC 6120 3 to 5.
"""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterator
from xml.etree.ElementTree import Element

from backendd.api.errors import (
    BackendError,
    CertificateError,
    HostUnreachable,
    ServerError,
)
from backendd.core.encoding import encode
from backendd.crypto import tls
from backendd.xmpp import endpoints
from backendd.xmpp.account import ServerAddress
from backendd.xmpp.endpoints import Endpoint
from backendd.xmpp.faults import Moved
from backendd.xmpp.handshake import Handshake
from backendd.xmpp.names import PROCEED, STARTTLS, TLS_FAILURE

_EYEBALLS_S = 0.25  # RFC 8305
_ALPN = "xmpp-client"  # XEP-0368


async def secured(
    server: ServerAddress,
    patience_s: float,
    then: Callable[[Handshake], Awaitable[None]],
    *,
    preferred: tuple[str, int] | None = None,
    last_resort: Endpoint | None = None,
) -> Handshake:
    """Return an encrypted stream with which `then` is done, tried at `preferred` first.

    And at `last_resort` last. Where it or `then` fails for a reason that may be one machine's, the
    next one is tried. `patience_s` bounds each wait for the server. Raises `CertificateError`,
    `HostUnreachable`, `ServerError`, and what else `then` does.
    """
    candidates = _preferred(preferred) if preferred else []
    candidates += await endpoints.find(server)
    candidates.sort(key=lambda endpoint: endpoint == last_resort)
    failures: list[BackendError] = []
    for endpoint in candidates:
        try:
            return await _try(Handshake(server.domain, endpoint, patience_s), server, then)
        except Moved:
            raise
        except (HostUnreachable, CertificateError, ServerError) as error:
            # Whatever ends a handshake may be this machine's fault alone (RFC 6120 4.9.3).
            failures.append(error)
    raise _most_telling(failures)


async def _try(
    shake: Handshake, server: ServerAddress, then: Callable[[Handshake], Awaitable[None]]
) -> Handshake:
    try:
        await _secure(shake, server.ca_file)
        await then(shake)
    except BaseException:
        shake.wire.abort()
        raise
    return shake


async def _secure(shake: Handshake, ca_file: str) -> None:
    direct = shake.endpoint.direct_tls
    context = await asyncio.to_thread(tls.context, ca_file, _ALPN if direct else "")
    with _explained(shake):
        async with asyncio.timeout(shake.patience_s):
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
        async with asyncio.timeout(shake.patience_s):
            await shake.wire.secure(context, endpoints.resolvable(shake.domain))
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
