"""The roster and the presence of who is on it, where several features meet."""

import json
from collections.abc import Iterable, Mapping, Sequence

from backendd.api import records
from backendd.api.signature import Plain
from backendd.api.tuples import NamedTuple
from backendd.api.words import Subscription
from backendd.core.contacts import ContactsChanged, RosterItem, shown_groups, shown_name
from backendd.core.conversations import Peer
from backendd.core.rooms import Rooms
from backendd.store import conversations
from backendd.store.ledger import Ledger
from backendd.store.view import View

# A person is as available as their most willing client (RFC 6121 4.7.2.3, then 4.7.2.1).
_SHOWS = {show: rank for rank, show in enumerate(("chat", "online", "away", "xa", "dnd"))}


def sees_us(view: View, jid: str) -> bool:
    """Return whether a contact may see our presence."""
    row = view.db.execute(
        "SELECT 1 FROM contact WHERE profile = ? AND jid = ? AND subscription IN ('from', 'both')",
        (view.profile_id, jid),
    ).fetchone()
    return row is not None


def is_seen(view: View, jid: str) -> bool:
    """Return whether we may see the presence of a contact."""
    row = view.db.execute(
        "SELECT 1 FROM contact WHERE profile = ? AND jid = ? AND subscription IN ('to', 'both')",
        (view.profile_id, jid),
    ).fetchone()
    return row is not None


def know_of_us(view: View, whom: Peer, rooms: Rooms) -> bool:
    """Return whether the other side of a conversation may learn that we are there.

    Those do who see our presence, as everybody does in a room with us.
    """
    if whom.kind == "chat":
        return sees_us(view, whom.jid)
    return rooms.are_shared_with(whom)


def is_to_be_mutual(view: View, jid: str) -> bool:
    """Return whether somebody may see our presence because we see, or asked for, theirs.

    Not whom the user took it from, or refused it: they may ask, and the user answers.
    """
    row = view.db.execute(
        "SELECT 1 FROM contact WHERE profile = ? AND jid = ? AND NOT is_withheld "
        "AND (ask OR subscription IN ('to', 'both'))",
        (view.profile_id, jid),
    ).fetchone()
    return row is not None


def withhold(ledger: Ledger, jid: str, *, is_withheld: bool) -> None:
    """Note whether the user refuses to let a contact see our presence."""
    ledger.db.execute(
        "UPDATE contact SET is_withheld = ? WHERE profile = ? AND jid = ?",
        (is_withheld, ledger.profile_id, jid),
    )


def exists(view: View, jid: str) -> bool:
    """Return whether this is a contact."""
    row = view.db.execute(
        "SELECT 1 FROM contact WHERE profile = ? AND jid = ?", (view.profile_id, jid)
    ).fetchone()
    return row is not None


def listed(view: View) -> list[str]:
    """Return who is a contact."""
    rows = view.db.execute("SELECT jid FROM contact WHERE profile = ?", (view.profile_id,))
    return [jid for (jid,) in rows]


def seen(view: View) -> list[str]:
    """Return the contacts whose presence we see."""
    rows = view.db.execute(
        "SELECT jid FROM contact WHERE profile = ? AND subscription IN ('to', 'both')",
        (view.profile_id,),
    )
    return [jid for (jid,) in rows]


def among(view: View, jids: Iterable[str]) -> set[str]:
    """Return those of `jids` who are contacts."""
    rows = view.db.execute(
        "SELECT jid FROM contact WHERE profile = ? AND jid IN (SELECT value FROM json_each(?))",
        (view.profile_id, json.dumps(list(jids))),
    )
    return {jid for (jid,) in rows}


def load(view: View, jids: Sequence[str] | None = None) -> list[records.Contact]:
    """Return contacts with their presence, by JID; all of them unless `jids` are given."""
    if jids is None:
        rows = [
            _Row._make(row)
            for row in view.db.execute(_SELECT + " ORDER BY jid", (view.profile_id,))
        ]
    else:
        rows = [row for jid in jids if (row := _row(view, jid))]
    clients = _resources(view, jids)
    more = view.contributors.load(view, records.Contact, [row.jid for row in rows])
    return [_record(row, clients.get(row.jid, []), more.get(row.jid, {})) for row in rows]


def find(view: View, jid: str) -> RosterItem | None:
    """Return a contact as the server has it, None if this is no contact."""
    row = view.db.execute(
        "SELECT name, groups, subscription, ask, address FROM contact "
        "WHERE profile = ? AND jid = ?",
        (view.profile_id, jid),
    ).fetchone()
    if row is None:
        return None
    name, groups, subscription, ask, address = row
    return RosterItem(jid, name, _groups(groups), subscription, bool(ask), address)


def save(ledger: Ledger, item: RosterItem) -> RosterItem | None:
    """Store a contact, new or different; return what was known of it before."""
    known = find(ledger, item.jid)
    if item == known:
        return known
    ledger.db.execute(
        "INSERT INTO contact (profile, jid, name, groups, subscription, ask, address, revision) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (profile, jid) DO UPDATE SET "
        "name = excluded.name, groups = excluded.groups, subscription = excluded.subscription, "
        "ask = excluded.ask, address = excluded.address",
        (
            ledger.profile_id, item.jid, item.name, json.dumps(item.groups), item.subscription,
            item.ask, item.address,
        ),
    )  # fmt: skip
    if known is not None and (known.sees_us or item.sees_us):
        # Whether here or on another client: what was taken away is not given back unasked.
        withhold(ledger, item.jid, is_withheld=not item.sees_us)
    elif known is not None and item.ask and not known.ask:
        withhold(ledger, item.jid, is_withheld=False)
    touch(ledger, item.jid)
    conversations.touch_with(ledger, item.jid)
    return known


def remove(ledger: Ledger, jid: str) -> None:
    """Remove a contact; nothing happens if it is none."""
    gone = ledger.db.execute(
        "DELETE FROM contact WHERE profile = ? AND jid = ? RETURNING jid", (ledger.profile_id, jid)
    ).fetchone()
    if gone is None:
        return
    ledger.note(_tell, jid)
    conversations.touch_with(ledger, jid)


def touch(ledger: Ledger, jid: str) -> None:
    """Have a contact told as it is at the end of the transaction, if there is one."""
    if exists(ledger, jid):
        ledger.note(_tell, jid)


def _tell(ledger: Ledger, jids: list[str]) -> Iterable[object]:
    for jid in jids:
        ledger.db.execute(
            "UPDATE contact SET revision = ? WHERE profile = ? AND jid = ?",
            (ledger.revise(), ledger.profile_id, jid),
        )
    found = load(ledger, jids)
    known = {contact.jid for contact in found}
    return [ContactsChanged(found, [jid for jid in jids if jid not in known])]


class _Row(NamedTuple):
    """The columns of a contact, by their names."""

    jid: str
    name: str
    groups: str
    subscription: Subscription
    ask: int
    revision: int


_SELECT = f"SELECT {', '.join(_Row._fields)} FROM contact WHERE profile = ?"


def _row(view: View, jid: str) -> _Row | None:
    row = view.db.execute(_SELECT + " AND jid = ?", (view.profile_id, jid)).fetchone()
    return _Row._make(row) if row is not None else None


def clients(view: View, jid: str) -> list[records.Resource]:
    """Return the clients of somebody that are online, by name."""
    return _resources(view, [jid]).get(jid, [])


def _resources(view: View, jids: Sequence[str] | None) -> dict[str, list[records.Resource]]:
    columns = "jid, resource, show, status, priority, idle_since"
    query = f"SELECT {columns} FROM presence WHERE profile = ?"
    if jids is None:
        rows = view.db.execute(query, (view.profile_id,))
    else:
        those = json.dumps(list(jids))
        rows = view.db.execute(
            f"{query} AND jid IN (SELECT value FROM json_each(?))", (view.profile_id, those)
        )
    found: dict[str, list[records.Resource]] = {}
    for jid, resource, show, status, priority, idle_since in rows:
        entry = records.Resource(
            resource=resource, show=show, status=status, priority=priority, idle_since=idle_since
        )
        found.setdefault(jid, []).append(entry)
    return found


def _record(
    row: _Row, clients: list[records.Resource], more: Mapping[str, Plain]
) -> records.Contact:
    best = min(
        clients,
        key=lambda resource: (-resource.priority, _SHOWS.get(resource.show, len(_SHOWS))),
        default=records.Resource(),
    )
    return records.Contact(
        jid=row.jid, name=shown_name(row.name), groups=shown_groups(_groups(row.groups)),
        subscription=row.subscription, ask=bool(row.ask), show=best.show, status=best.status,
        resources=clients, revision=row.revision, more=more,
    )  # fmt: skip


def _groups(stored: str) -> list[str]:
    try:
        groups: list[str] = json.loads(stored)
    except ValueError:
        return []  # damaged; the server has them
    return groups
