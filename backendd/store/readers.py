"""The table of those who want to read blogs of ours, and of those who were let in."""

from collections.abc import Iterable

from backendd.api import records
from backendd.api.tuples import NamedTuple
from backendd.core.entries import Feed
from backendd.core.readers import Asked, ReaderRequestsChanged
from backendd.store.ledger import Ledger
from backendd.store.view import View

MOST = 1000
"""Anyone can ask; above it the oldest request is void."""

_RECORD = "SELECT id, service, node, jid, time FROM reader WHERE profile = ? AND answer = ''"


class Answer(NamedTuple):
    """What the service of a blog is to be told of a request."""

    id: int
    asked: Asked
    is_allowed: bool


def waiting(view: View) -> list[records.ReaderRequest]:
    """Return what waits for an answer, oldest first."""
    rows = view.db.execute(f"{_RECORD} ORDER BY time, id", (view.profile_id,))
    return [_record(*row) for row in rows]


def services(view: View, domain: str) -> list[str]:
    """Return which services may have requests for nodes of ours: of our server, or known for it."""
    rows = view.db.execute(
        "SELECT service FROM reader WHERE profile = ?1 UNION SELECT service FROM feed "
        "WHERE profile = ?1 AND (service = ?2 OR substr(service, -length(?2) - 1) = '.' || ?2)",
        (view.profile_id, domain),
    )
    return sorted(service for (service,) in rows if "@" not in service)


def save(ledger: Ledger, new: Asked, time: int) -> None:
    """Store a request; the same again is one, and one that is being answered stays so."""
    known = ledger.db.execute(
        "UPDATE reader SET subid = ?, stanza_id = ? WHERE profile = ? AND service = ? AND node = ? "
        "AND jid = ? AND answer = '' RETURNING id",
        (
            new.subid, new.stanza_id, ledger.profile_id, new.feed.service, new.feed.node, new.jid,
        ),
    ).fetchone()  # fmt: skip
    if known is not None:
        return  # it waits, and was told
    row = ledger.db.execute(
        """INSERT INTO reader (profile, service, node, jid, subid, stanza_id, time)
           VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (profile, service, node, jid) DO UPDATE SET
             subid = excluded.subid, stanza_id = excluded.stanza_id, time = excluded.time,
             answer = '' WHERE answer IN ('', 'allowed')
           RETURNING id""",
        (
            ledger.profile_id, new.feed.service, new.feed.node, new.jid, new.subid,
            new.stanza_id, time,
        ),
    ).fetchone()  # fmt: skip
    if row is None:
        return
    ledger.note(_tell, str(row[0]))
    _told(
        ledger,
        "DELETE FROM reader WHERE id IN (SELECT id FROM reader WHERE profile = ? AND answer = '' "
        "ORDER BY time DESC, id DESC LIMIT -1 OFFSET ?) RETURNING id",
        (ledger.profile_id, MOST),
    )


def answer(ledger: Ledger, id: str, *, is_allowed: bool) -> bool:
    """Note what is answered to a request; return False where nothing waits for that."""
    return _told(
        ledger,
        "UPDATE reader SET answer = ? WHERE profile = ? AND id = ? AND answer = '' RETURNING id",
        ("allow" if is_allowed else "deny", ledger.profile_id, id),
    )


def answers(view: View) -> list[Answer]:
    """Return what services are still to be told, in the order in which it was asked."""
    rows = view.db.execute(
        "SELECT id, service, node, jid, subid, stanza_id, answer FROM reader "
        "WHERE profile = ? AND answer IN ('allow', 'deny') ORDER BY time, id",
        (view.profile_id,),
    )
    return [
        Answer(id, Asked(Feed(service, node), jid, subid, stanza_id), said == "allow")
        for id, service, node, jid, subid, stanza_id, said in rows
    ]


def settle(ledger: Ledger, told: Answer, *, is_let_in: bool) -> None:
    """Note that a service knows an answer, or refuses it."""
    if is_let_in:
        ledger.db.execute("UPDATE reader SET answer = 'allowed' WHERE id = ?", (told.id,))
    else:
        ledger.db.execute("DELETE FROM reader WHERE id = ?", (told.id,))


def let_in(view: View, feed: Feed) -> tuple[str, ...]:
    """Return who was let in to read a blog, as far as that was done here."""
    rows = view.db.execute(
        "SELECT jid FROM reader "
        "WHERE profile = ? AND service = ? AND node = ? AND answer = 'allowed' ORDER BY id",
        (view.profile_id, feed.service, feed.node),
    )
    return tuple(jid for (jid,) in rows)


def take_in(ledger: Ledger, feed: Feed, jid: str, time: int) -> None:
    """Note that somebody was let in to read a blog, whether they have asked or not."""
    _told(
        ledger,
        """INSERT INTO reader (profile, service, node, jid, subid, stanza_id, time, answer)
           VALUES (?, ?, ?, ?, '', '', ?, 'allowed') ON CONFLICT (profile, service, node, jid)
           DO UPDATE SET answer = 'allowed' RETURNING id""",
        (ledger.profile_id, feed.service, feed.node, jid, time),
    )


def leave_out(ledger: Ledger, feed: Feed, jid: str) -> None:
    """Note that somebody who was let in reads a blog no more."""
    ledger.db.execute(
        "DELETE FROM reader WHERE profile = ? AND service = ? AND node = ? AND jid = ? "
        "AND answer = 'allowed'",
        (ledger.profile_id, feed.service, feed.node, jid),
    )


def forget(ledger: Ledger, feed: Feed) -> None:
    """Know nobody any more who wants to read a blog, or does: it is gone."""
    _told(
        ledger,
        "DELETE FROM reader WHERE profile = ? AND service = ? AND node = ? RETURNING id",
        (ledger.profile_id, feed.service, feed.node),
    )


def _told(ledger: Ledger, statement: str, values: tuple[object, ...]) -> bool:
    rows = ledger.db.execute(statement, values).fetchall()
    for (row_id,) in rows:
        ledger.note(_tell, str(row_id))
    return bool(rows)


def _tell(ledger: Ledger, ids: list[str]) -> Iterable[object]:
    rows = (
        ledger.db.execute(f"{_RECORD} AND id = ?", (ledger.profile_id, each)).fetchone()
        for each in dict.fromkeys(ids)
    )
    still = [_record(*row) for row in rows if row is not None]
    there = {each.id for each in still}
    return [
        ReaderRequestsChanged(still, [each for each in dict.fromkeys(ids) if each not in there])
    ]


def _record(id: int, service: str, node: str, jid: str, time: int) -> records.ReaderRequest:
    return records.ReaderRequest(id=str(id), service=service, node=node, jid=jid, time=time)
