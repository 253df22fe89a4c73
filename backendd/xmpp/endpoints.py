"""Where a server is: what was configured, or its SRV records (XEP-0368)."""

import asyncio
import ipaddress

from backendd.api.errors import HostUnreachable
from backendd.api.values import Value
from backendd.core import domains
from backendd.core.jid import shown
from backendd.xmpp.account import ServerAddress
from backendd.xmpp.library import default_resolver, get_SRV

PORT = 5222
DIRECT_TLS_PORT = 5223
_DIRECT = "xmpps-client"
_STARTTLS = "xmpp-client"


class Endpoint(Value):
    """One host and port, and whether TLS begins with the first byte there."""

    host: str
    port: int
    direct_tls: bool = False

    def __str__(self) -> str:
        return f"{self.host} port {self.port}"


async def find(server: ServerAddress) -> list[Endpoint]:
    """Return where to connect to, best first; never empty.

    A configured host is used alone. Names below localhost and addresses have no SRV records.
    """
    if server.host:
        default = DIRECT_TLS_PORT if server.direct_tls else PORT
        return [Endpoint(resolvable(server.host), server.port or default, server.direct_tls)]
    name = resolvable(server.domain)
    fallback = Endpoint(name, server.port or PORT, server.direct_tls)
    if server.port or _is_local(name):
        return [fallback]
    return await _records(name) or [fallback]


def resolvable(host: str) -> str:
    """Return a host as it is to be asked for; HostUnreachable where it can't be.

    What is written in other letters never gets to the resolver: it goes by other rules.
    """
    bare = host.strip("[]")
    if bare.isascii():
        return bare
    try:
        return domains.to_ascii(domains.normalise(bare))
    except UnicodeError as error:
        raise HostUnreachable(f"{shown(bare)} is not the name of a server") from error


async def _records(name: str) -> list[Endpoint]:
    resolver = default_resolver(asyncio.get_running_loop())
    found = await get_SRV(name, PORT, [_DIRECT, _STARTTLS], resolver=resolver)
    # A target of "." says that there is no such service; slixmpp has cut the dot off.
    return [Endpoint(host, port, service == _DIRECT) for service, host, port in found if host]


def _is_local(domain: str) -> bool:
    if domain == "localhost" or domain.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(domain)
    except ValueError:
        return False
    return True
