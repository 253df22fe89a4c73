"""The bare address that the server gives a login (RFC 6120 7.6): the one that counts."""

from dataclasses import replace

from backendd.api.errors import ServerError
from backendd.api.words import WarningWord
from backendd.core import jid
from backendd.session.home import Home
from backendd.store import profiles
from backendd.store.ledger import Ledger

WARNING: WarningWord = "address"


def check(home: Home, bound: str) -> None:
    """Raise ServerError where the history that is here is that of another address."""
    known = home.profile.bound
    # The rules for writing an address may have changed since it was stored.
    if known and jid.received(bound) != jid.received(known):
        raise ServerError(
            f"the server gives this login the address {jid.shown(bound)} now, which was "
            f"{jid.shown(known)} before; so that two histories don't mix it isn't used here: "
            "make another profile for it"
        )


def save(ledger: Ledger, bound: str) -> None:
    """Store it: from now on it is that of the profile's history."""
    profiles.save_bound(ledger.db, ledger.profile_id, bound)


def take(home: Home, bound: str) -> None:
    """Let it be the account's own, and tell where it isn't the one the user gave."""
    home.profile = replace(home.profile, bound=bound)
    home.account_jid = jid.received(bound)
    if bound == home.profile.jid:
        home.warnings.settle(WARNING)
    else:
        home.warnings.hold(
            WARNING,
            bound,
            f"the server gives this login the address {jid.shown(bound)}: others know you by "
            f"that, and not as {jid.shown(home.profile.jid)}",
        )
