"""How servers are reached that accounts of the user are on already."""

from backendd.api.contract.profile import ServerSettings
from primitivus.model.accounts.accounts import Accounts


def as_known(accounts: Accounts, server: str) -> ServerSettings | None:
    """Return how a server is reached for an account that is there already; None: none is on it."""
    for account in accounts.opened():
        profile = account.profile
        if profile.jid.partition("/")[0].rpartition("@")[2] == server:
            known = profile.settings
            return ServerSettings(
                host=str(known.get("host", "")),
                port=int(known.get("port", 0)),
                direct_tls=bool(known.get("direct_tls", False)),
                ca_file=str(known.get("ca_file", "")),
            )
    return None
