"""Who is available: of contacts, of our own clients, and of others till we know who is one."""

import json
from collections.abc import Iterable, Sequence

from backendd.api.tuples import NamedTuple
from backendd.core.contacts import OwnClientsChanged, Seen
from backendd.store import capabilities, contacts
from backendd.store.ledger import Ledger

MOST_STRANGERS = 1000
"""Anyone can send presence."""


class _Client(NamedTuple):
    """What is stored of one client."""

    show: str
    status: str
    priority: int
    idle_since: int
    caps: str


Clients = dict[str, dict[str, _Client]]  # by JID and name


def save(ledger: Ledger, seen: Sequence[Seen], *, own: str, keeps_strangers: bool = False) -> None:
    """Store what presence says, in order; strangers are of no interest here, but `own` clients.

    `keeps_strangers` is for while the roster is missing: they may be on it.
    """
    known = _load(ledger, {each.jid for each in seen})
    now = _after(known, seen)
    different = [jid for jid in now if now[jid] != known[jid]]
    friends = contacts.among(ledger, different)
    room = MOST_STRANGERS - _count(ledger) if keeps_strangers else 0
    friends_or_own = friends | {own}
    strangers = [jid for jid in different if jid not in friends_or_own and not known[jid]]
    refused = set(strangers[max(room, 0) :])
    _write(ledger, known, {jid: now[jid] for jid in different if jid not in refused})
    for jid in different:
        if jid in friends:
            contacts.touch(ledger, jid)
    if own in different:
        ledger.note(_tell_own, own)


def _tell_own(ledger: Ledger, own: list[str]) -> Iterable[object]:
    return [OwnClientsChanged(contacts.clients(ledger, jid)) for jid in own]


def _load(ledger: Ledger, jids: Iterable[str]) -> Clients:
    known: Clients = {jid: {} for jid in jids}
    rows = ledger.db.execute(
        "SELECT jid, resource, show, status, priority, idle_since, caps FROM presence "
        "WHERE profile = ? AND jid IN (SELECT value FROM json_each(?))",
        (ledger.profile_id, json.dumps(list(known))),
    )
    for jid, name, *values in rows:
        known[jid][name] = _Client(*values)
    return known


def _after(known: Clients, seen: Iterable[Seen]) -> Clients:
    """Return who is available after all of `seen`."""
    now = {jid: dict(clients) for jid, clients in known.items()}
    for each in seen:
        clients = now[each.jid]
        if each.resource is not None:
            before = clients.get(each.name)
            caps = capabilities.encode(each.caps) or (before.caps if before else "")
            said = each.resource
            clients[each.name] = _Client(
                said.show, said.status, said.priority, said.idle_since, caps
            )
        elif each.name:
            clients.pop(each.name, None)
        else:
            clients.clear()
    return now


def _write(ledger: Ledger, known: Clients, now: Clients) -> None:
    ledger.db.executemany(
        "DELETE FROM presence WHERE profile = ? AND jid = ? AND resource = ?",
        [
            (ledger.profile_id, jid, name)
            for jid, clients in now.items()
            for name in known[jid].keys() - clients.keys()
        ],
    )
    ledger.db.executemany(
        "INSERT OR REPLACE INTO presence "
        "(profile, jid, resource, show, status, priority, idle_since, caps) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (ledger.profile_id, jid, name, *client)
            for jid, clients in now.items()
            for name, client in clients.items()
            if known[jid].get(name) != client
        ],
    )


def _count(ledger: Ledger) -> int:
    (count,) = ledger.db.execute(
        "SELECT count(*) FROM presence WHERE profile = ?", (ledger.profile_id,)
    ).fetchone()
    return int(count)


def forget(ledger: Ledger, jid: str) -> None:
    """Store that no client of `jid` is known to be available."""
    gone = ledger.db.execute(
        "DELETE FROM presence WHERE profile = ? AND jid = ?", (ledger.profile_id, jid)
    )
    if gone.rowcount:
        contacts.touch(ledger, jid)


def forget_all(ledger: Ledger, own: str) -> None:
    """Store that nobody is known to be available."""
    rows = ledger.db.execute(
        "DELETE FROM presence WHERE profile = ? RETURNING jid", (ledger.profile_id,)
    ).fetchall()
    for (jid,) in rows:
        contacts.touch(ledger, jid)
    if (own,) in rows:
        ledger.note(_tell_own, own)


def forget_strangers(ledger: Ledger, own: str) -> None:
    """Forget the presence of those who are on no roster, now that there is one."""
    ledger.db.execute(
        "DELETE FROM presence WHERE profile = ?1 AND jid <> ?2 "
        "AND jid NOT IN (SELECT jid FROM contact WHERE profile = ?1)",
        (ledger.profile_id, own),
    )
