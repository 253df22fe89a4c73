"""The services that a server has (XEP-0030): looked up where one of a kind is wanted."""

import asyncio
from collections.abc import Callable

from backendd.api.errors import BackendError, NotConnected
from backendd.core.disco import Info
from backendd.session.home import Home

_LOOK_S = 8.0
_MOST = 50


async def find(home: Home, fits: Callable[[Info], bool]) -> str:
    """Return the first service of our server that says what `fits`, empty where none does.

    The server itself comes first, then what is under its name, then what else it lists. Raises what
    asking the server does; a service that doesn't answer is none.
    """
    domain = home.account_jid.domain
    listed = await home.disco.items(domain, timeout=_LOOK_S)
    addresses = [each.jid for each in listed.items if not each.node and "@" not in each.jid]
    addresses.sort(key=lambda address: not address.endswith(f".{domain}"))
    services = [domain, *addresses][:_MOST]

    async def is_one(service: str) -> bool:
        try:
            return fits(await home.disco.info(service, timeout=_LOOK_S))
        except NotConnected:
            raise
        except BackendError:
            return False

    fitting = await asyncio.gather(*map(is_one, services))
    return next((each for each, is_so in zip(services, fitting, strict=True) if is_so), "")
