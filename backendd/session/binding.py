"""The bare address that the server gives a login (RFC 6120 7.6): the one that counts."""

from dataclasses import replace
from typing import TYPE_CHECKING

from backendd.api.errors import ServerError
from backendd.core import jid
from backendd.store import profiles
from backendd.store.ledger import Ledger

if TYPE_CHECKING:
    from backendd.session.session import Session

WARNING = "address"


def check(session: "Session", bound: str) -> None:
    """Raise ServerError where the history that is here is that of another address."""
    known = session.profile.bound
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


def take(session: "Session", bound: str) -> None:
    """Let it be the account's own, and tell where it isn't the one the user gave."""
    session.profile = replace(session.profile, bound=bound)
    session.account_jid = jid.received(bound)
    warnings = session.warnings
    if bound == session.profile.jid:
        warnings.settle(WARNING)
    elif not any(each.word == WARNING and each.subject == bound for each in warnings):
        warnings.add(
            WARNING,
            bound,
            f"the server gives this login the address {jid.shown(bound)}: others know you by "
            f"that, and not as {jid.shown(session.profile.jid)}",
        )
