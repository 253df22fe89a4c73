"""The table of who is blocked; what it says of contacts."""

import json
from collections.abc import Iterable, Mapping, Sequence

from backendd.core.jid import Jid
from backendd.features.blocking.model import Blocked, BlockedChanged, Unblocked, blocks
from backendd.store import contacts, presence
from backendd.store.ledger import Ledger
from backendd.store.view import View

TABLE = "blocked"


def load(view: View) -> list[str]:
    """Return who is blocked, in order."""
    rows = view.db.execute(
        "SELECT jid FROM blocked WHERE profile = ? ORDER BY jid", (view.profile_id,)
    )
    return [address for (address,) in rows]


def among(view: View, entries: Iterable[str]) -> set[str]:
    """Return those of `entries` that are on the list."""
    rows = view.db.execute(
        "SELECT jid FROM blocked WHERE profile = ? AND jid IN (SELECT value FROM json_each(?))",
        (view.profile_id, json.dumps(list(entries))),
    )
    return {address for (address,) in rows}


def why(view: View, address: Jid) -> str:
    """Return the entry of the list that blocks `address`, empty where none does."""
    entries = blocks(address)
    found = among(view, entries)
    return next((each for each in entries if each in found), "")


def contributed(view: View, jids: Sequence[str]) -> Mapping[str, Blocked]:
    """Return what contacts are to be told of it."""
    entries = {address: _entries(address) for address in jids}
    found = among(view, {each for several in entries.values() for each in several})
    return {
        address: Blocked(blocked=True)
        for address, several in entries.items()
        if found.intersection(several)
    }


def replace(ledger: Ledger, wanted: set[str]) -> None:
    """Store the whole list."""
    known = set(load(ledger))
    remove(ledger, known - wanted)
    add(ledger, wanted - known)


def add(ledger: Ledger, jids: set[str]) -> None:
    """Store that these are blocked: of their presence we hear no more, not even its end."""
    new = jids - among(ledger, jids)
    ledger.contributors.uses(TABLE)
    ledger.db.executemany(
        "INSERT INTO blocked (profile, jid) VALUES (?, ?)",
        [(ledger.profile_id, address) for address in new],
    )
    for contact in _touch(ledger, new):
        presence.forget(ledger, contact)


def remove(ledger: Ledger, jids: set[str]) -> None:
    """Store that these are blocked no longer."""
    gone = among(ledger, jids)
    ledger.db.executemany(
        "DELETE FROM blocked WHERE profile = ? AND jid = ?",
        [(ledger.profile_id, address) for address in gone],
    )
    _touch(ledger, gone)


def unblock(ledger: Ledger, jids: set[str]) -> None:
    """Store that the server has just let these through again, which has told nothing of them."""
    gone = among(ledger, jids)
    remove(ledger, gone)
    for each in gone:
        ledger.note(_tell_unblocked, each)


def _touch(ledger: Ledger, changed: set[str]) -> list[str]:
    """Have the change told, and the contacts that it is about; return those."""
    if not changed:
        return []
    ledger.note(_tell, None)
    about = [each for each in contacts.listed(ledger) if changed.intersection(_entries(each))]
    for each in about:
        contacts.touch(ledger, each)
    return about


def _entries(contact: str) -> tuple[str, str]:
    """Return which entries of the list would block a contact; there are thousands of them."""
    return contact, contact.rpartition("@")[2]


def _tell(ledger: Ledger, _: list[None]) -> Iterable[object]:
    return [BlockedChanged(load(ledger))]


def _tell_unblocked(ledger: Ledger, gone: list[str]) -> Iterable[object]:
    about = {each: _entries(each) for each in contacts.seen(ledger)}
    still = set(load(ledger))
    found = [each for each, entries in about.items() if {*entries} & {*gone}]
    return [Unblocked([each for each in found if still.isdisjoint(about[each])])]
