"""The version of the roster, and who asks to see our presence."""

from collections.abc import Iterable

from backendd.api import records
from backendd.core.contacts import (
    AskedBack,
    ContactsRefused,
    RequestsAnswered,
    RequestsChanged,
    RosterChange,
)
from backendd.store import contacts, presence
from backendd.store.ledger import Ledger
from backendd.store.view import View

MOST = 1000
"""Anyone can ask; the server repeats what had no room when there is some again."""


def load_version(view: View) -> str:
    """Return the version of the stored roster (RFC 6121 2.6), empty without one."""
    row = view.db.execute(
        "SELECT version FROM roster WHERE profile = ?", (view.profile_id,)
    ).fetchone()
    return str(row[0]) if row else ""


def save_version(ledger: Ledger, version: str) -> None:
    """Replace the version of the stored roster."""
    ledger.db.execute(
        "INSERT OR REPLACE INTO roster (profile, version) VALUES (?, ?)",
        (ledger.profile_id, version),
    )


def apply(ledger: Ledger, change: RosterChange) -> None:
    """Store what is different in the roster."""
    for item in change.items:
        known = contacts.save(ledger, item)
        if known is not None and known.shows_us and not item.shows_us:
            presence.forget(ledger, item.jid)  # not every server says so itself
        if item.sees_us:
            remove_request(ledger, item.jid, is_answered=True)
        else:
            answer_if_mutual(ledger, item.jid)
    for address in change.removed:
        contacts.remove(ledger, address)
        presence.forget(ledger, address)
    for reason in change.refused:
        ledger.note(_tell_refused, reason)
    if change.version is not None:
        save_version(ledger, change.version)


def replace(ledger: Ledger, roster: RosterChange, own: str) -> None:
    """Store a whole roster: who isn't on it is a contact no more, but our `own` clients stay."""
    known = {contact.jid for contact in contacts.load(ledger)}
    gone = sorted(known - {item.jid for item in roster.items})
    version = roster.version or ""
    apply(ledger, RosterChange(roster.items, gone, roster.refused, version))
    presence.forget_strangers(ledger, own)


def load_requests(view: View) -> list[records.Request]:
    """Return the open requests, oldest first."""
    rows = view.db.execute(
        "SELECT jid, nickname, text, time FROM request WHERE profile = ? ORDER BY time, jid",
        (view.profile_id,),
    )
    return [
        records.Request(jid=jid, nickname=nick, text=text, time=time)
        for jid, nick, text, time in rows
    ]


def save_request(ledger: Ledger, request: records.Request) -> None:
    """Store a request; one that is repeated keeps its time. There are at most `MOST`.

    Whom we asked first is not made to wait for an answer.
    """
    if contacts.is_to_be_mutual(ledger, request.jid):
        ledger.note(_tell_asked_back, request.jid)
        return
    keep_request(ledger, request)


def keep_request(ledger: Ledger, request: records.Request) -> None:
    """Store a request for the user to answer, whoever it is from."""
    key = (ledger.profile_id, request.jid)
    known = ledger.db.execute(
        "SELECT nickname, text FROM request WHERE profile = ? AND jid = ?", key
    ).fetchone()
    if known is None and _is_full(ledger):
        return
    ledger.db.execute(
        "INSERT INTO request (profile, jid, nickname, text, time) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (profile, jid) DO UPDATE SET nickname = excluded.nickname, "
        "text = excluded.text, is_doubted = 0",
        (*key, request.nickname, request.text, request.time),
    )
    if known != (request.nickname, request.text):
        ledger.note(_tell, request.jid)


def has_doubted_requests(view: View) -> bool:
    """Return whether the server has yet to say of some requests if they are still open."""
    row = view.db.execute(
        "SELECT 1 FROM request WHERE profile = ? AND is_doubted", (view.profile_id,)
    ).fetchone()
    return row is not None


def doubt_requests(ledger: Ledger) -> None:
    """Note that the server has yet to say which requests are still open."""
    ledger.db.execute("UPDATE request SET is_doubted = 1 WHERE profile = ?", (ledger.profile_id,))


def remove_doubted_requests(ledger: Ledger) -> None:
    """Remove the requests that the server did not repeat."""
    gone = ledger.db.execute(
        "DELETE FROM request WHERE profile = ? AND is_doubted RETURNING jid", (ledger.profile_id,)
    ).fetchall()
    for (jid,) in gone:
        ledger.note(_tell, jid)
        ledger.note(_tell_answered, jid)


def answer_if_mutual(ledger: Ledger, jid: str) -> None:
    """Have an open request answered where we have asked as well."""
    row = ledger.db.execute(
        "SELECT 1 FROM request WHERE profile = ? AND jid = ?", (ledger.profile_id, jid)
    ).fetchone()
    if row is not None and contacts.is_to_be_mutual(ledger, jid):
        ledger.note(_tell_asked_back, jid)


def remove_request(ledger: Ledger, jid: str, *, is_answered: bool = False) -> None:
    """Remove a request, if there is one; `is_answered` where the server says so."""
    gone = ledger.db.execute(
        "DELETE FROM request WHERE profile = ? AND jid = ? RETURNING jid", (ledger.profile_id, jid)
    ).fetchone()
    if gone is None:
        return
    ledger.note(_tell, jid)
    if is_answered:
        ledger.note(_tell_answered, jid)


def _tell_refused(ledger: Ledger, reasons: list[str]) -> Iterable[object]:
    return [ContactsRefused(reasons)]


def _tell_answered(ledger: Ledger, jids: list[str]) -> Iterable[object]:
    return [RequestsAnswered(jids)]


def _tell_asked_back(ledger: Ledger, jids: list[str]) -> Iterable[object]:
    return [AskedBack(jids)]


def _is_full(ledger: Ledger) -> bool:
    (count,) = ledger.db.execute(
        "SELECT count(*) FROM request WHERE profile = ?", (ledger.profile_id,)
    ).fetchone()
    return int(count) >= MOST


def _tell(ledger: Ledger, jids: list[str]) -> Iterable[object]:
    still = {request.jid: request for request in load_requests(ledger)}
    found = [still[jid] for jid in jids if jid in still]
    return [RequestsChanged(found, [jid for jid in jids if jid not in still])]
