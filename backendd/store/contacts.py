"""The roster and the presence of who is on it, where several features meet."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from backendd.api import records
from backendd.api.words import Subscription
from backendd.core.capabilities import Caps
from backendd.core.contacts import ContactsChanged, RosterItem, shown_groups, shown_name
from backendd.store import capabilities, conversations
from backendd.store.ledger import Ledger
from backendd.store.view import View

MOST_STRANGERS = 1000
"""Anyone can send presence."""

# A person is as available as their most willing client (RFC 6121 4.7.2.3, then 4.7.2.1).
_SHOWS = {show: rank for rank, show in enumerate(("chat", "online", "away", "xa", "dnd"))}


def sees_us(view: View, jid: str) -> bool:
    """Return whether a contact may see our presence."""
    row = view.db.execute(
        "SELECT 1 FROM contact WHERE profile = ? AND jid = ? AND subscription IN ('from', 'both')",
        (view.profile_id, jid),
    ).fetchone()
    return row is not None


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


def load(view: View, jids: Sequence[str] | None = None) -> list[records.Contact]:
    """Return contacts with their presence, by JID; all of them unless `jids` are given."""
    if jids is None:
        rows = [
            _Row._make(row)
            for row in view.db.execute(_SELECT + " ORDER BY jid", (view.profile_id,))
        ]
    else:
        rows = [row for jid in jids if (row := _row(view, jid))]
    resources = _resources(view, None if jids is None else jids)
    return [_record(row, resources.get(row.jid, [])) for row in rows]


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


def save(ledger: Ledger, item: RosterItem) -> None:
    """Store a contact, new or different."""
    known = find(ledger, item.jid)
    if item == known:
        return
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
    conversation_id = conversations.find(ledger, item.jid)
    if conversation_id is not None:
        conversations.touch(ledger, conversation_id)


def remove(ledger: Ledger, jid: str) -> None:
    """Remove a contact; nothing happens if it is none."""
    gone = ledger.db.execute(
        "DELETE FROM contact WHERE profile = ? AND jid = ? RETURNING jid", (ledger.profile_id, jid)
    ).fetchone()
    if gone is None:
        return
    ledger.note(_tell, jid)
    conversation_id = conversations.find(ledger, jid)
    if conversation_id is not None:
        conversations.touch(ledger, conversation_id)


def save_presence(
    ledger: Ledger,
    jid: str,
    resource: records.Resource,
    caps: Caps | None,
    *,
    keeps_strangers: bool = False,
) -> None:
    """Store that a client of a contact is available; strangers are of no interest here.

    Without `caps` it can do what it said before: servers leave out what they have told.
    `keeps_strangers` is for while the roster is missing: they may be on it.
    """
    is_stranger = not exists(ledger, jid)
    if is_stranger and not (keeps_strangers and _count_presence(ledger) < MOST_STRANGERS):
        return
    ledger.db.execute(
        "INSERT INTO presence (profile, jid, resource, show, status, priority, caps) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (profile, jid, resource) DO UPDATE SET "
        "show = excluded.show, status = excluded.status, priority = excluded.priority, "
        "caps = CASE excluded.caps WHEN '' THEN caps ELSE excluded.caps END",
        (
            ledger.profile_id, jid, resource.resource, resource.show, resource.status,
            resource.priority, capabilities.encode(caps),
        ),
    )  # fmt: skip
    touch(ledger, jid)


def _count_presence(ledger: Ledger) -> int:
    (count,) = ledger.db.execute(
        "SELECT count(*) FROM presence WHERE profile = ?", (ledger.profile_id,)
    ).fetchone()
    return int(count)


def forget_strangers(ledger: Ledger) -> None:
    """Forget the presence of those who are on no roster, now that there is one."""
    ledger.db.execute(
        "DELETE FROM presence WHERE profile = ?1 "
        "AND jid NOT IN (SELECT jid FROM contact WHERE profile = ?1)",
        (ledger.profile_id,),
    )


def remove_presence(ledger: Ledger, jid: str, resource: str = "") -> None:
    """Store that a client of `jid` is gone, or all of them."""
    gone = ledger.db.execute(
        "DELETE FROM presence WHERE profile = ?1 AND jid = ?2 AND (?3 = '' OR resource = ?3) "
        "RETURNING jid",
        (ledger.profile_id, jid, resource),
    ).fetchall()
    if gone:
        touch(ledger, jid)


def forget_presence(ledger: Ledger) -> None:
    """Store that nobody is known to be available."""
    rows = ledger.db.execute(
        "DELETE FROM presence WHERE profile = ? RETURNING jid", (ledger.profile_id,)
    ).fetchall()
    for (jid,) in rows:
        touch(ledger, jid)


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


def _resources(view: View, jids: Sequence[str] | None) -> dict[str, list[records.Resource]]:
    query = "SELECT jid, resource, show, status, priority FROM presence WHERE profile = ?"
    if jids is None:
        rows = view.db.execute(query, (view.profile_id,)).fetchall()
    else:
        rows = [
            row
            for jid in jids
            for row in view.db.execute(query + " AND jid = ?", (view.profile_id, jid))
        ]
    found: dict[str, list[records.Resource]] = {}
    for jid, resource, show, status, priority in rows:
        entry = records.Resource(resource=resource, show=show, status=status, priority=priority)
        found.setdefault(jid, []).append(entry)
    return found


def _record(row: _Row, resources: list[records.Resource]) -> records.Contact:
    best = min(
        resources,
        key=lambda resource: (-resource.priority, _SHOWS.get(resource.show, len(_SHOWS))),
        default=records.Resource(),
    )
    return records.Contact(
        jid=row.jid, name=shown_name(row.name), groups=shown_groups(_groups(row.groups)),
        subscription=row.subscription, ask=bool(row.ask), show=best.show, status=best.status,
        resources=resources, revision=row.revision,
    )  # fmt: skip


def _groups(stored: str) -> list[str]:
    try:
        groups: list[str] = json.loads(stored)
    except ValueError:
        return []  # damaged; the server has them
    return groups
