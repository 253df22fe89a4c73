"""Where the server of an account is: what was configured, or its SRV records (XEP-0368)."""

import asyncio
import ipaddress
from dataclasses import dataclass

from slixmpp.xmlstream.resolver import default_resolver, get_SRV

from backendd.xmpp.account import Account

PORT = 5222
DIRECT_TLS_PORT = 5223
_DIRECT = "xmpps-client"
_STARTTLS = "xmpp-client"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One host and port, and whether TLS begins with the first byte there."""

    host: str
    port: int
    direct_tls: bool = False

    def __str__(self) -> str:
        return f"{self.host} port {self.port}"


async def find(account: Account, domain: str) -> list[Endpoint]:
    """Return where to connect to, best first; never empty.

    A configured host is used alone. Names below localhost and addresses have no SRV records.
    """
    if account.host:
        default = DIRECT_TLS_PORT if account.direct_tls else PORT
        return [Endpoint(account.host.strip("[]"), account.port or default, account.direct_tls)]
    fallback = Endpoint(domain.strip("[]"), account.port or PORT, account.direct_tls)
    if account.port or _is_local(domain):
        return [fallback]
    return await _records(domain) or [fallback]


async def _records(domain: str) -> list[Endpoint]:
    try:
        name = domain.encode("idna").decode()
    except UnicodeError:
        return []
    resolver = default_resolver(asyncio.get_running_loop())
    found = await get_SRV(name, PORT, [_DIRECT, _STARTTLS], resolver=resolver)
    # A target of "." says that there is no such service; slixmpp has cut the dot off.
    return [Endpoint(host, port, service == _DIRECT) for service, host, port in found if host]


def _is_local(domain: str) -> bool:
    if domain == "localhost" or domain.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(domain.strip("[]"))
    except ValueError:
        return False
    return True
