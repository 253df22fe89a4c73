"""Reading the message table. Pages are in order of `(place, id)`, oldest first."""

from collections.abc import Mapping, Sequence

from backendd.api import records
from backendd.api.signature import Plain
from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.api.words import Direction, Kind, MessageState, MessageType, Source
from backendd.core import authors
from backendd.store import since
from backendd.store.view import View

# From messages on (CROSS), whatever SQLite has learned of the tables when they were small: it would
# go through all conversations, and all that is in them, for a page of one.
_SELECT = """SELECT m.id, m.place, c.peer, c.kind, m.direction, m.source, m.type, m.sender,
        m.author, m.real_jid, m.message_id, m.body, m.encryption, m.truncated,
        iif(m.claimed = 0, m.time, m.claimed), iif(m.claimed = 0, 0, m.time), m.state,
        m.error_name, m.error_text, m.origin_id, m.stanza_id, m.gap, m.revision
    FROM message m CROSS JOIN conversation c ON c.id = m.conversation"""


class _Row(NamedTuple):
    """What `_SELECT` brings."""

    id: int
    place: int
    peer: str
    kind: Kind
    direction: Direction
    source: Source
    type: MessageType
    sender: str
    author: str | None
    real_jid: str
    message_id: str
    body: str
    encryption: str
    truncated: int
    time: int
    received: int
    state: MessageState
    error_name: str
    error_text: str
    origin_id: str
    stanza_id: str
    gap: int
    revision: int


def _rows(view: View, condition: str, arguments: Sequence[object]) -> list[_Row]:
    return list(map(_Row._make, view.db.execute(f"{_SELECT} {condition}", arguments)))


def _records(view: View, rows: Sequence[_Row]) -> list[records.Message]:
    more = view.contributors.load(view, records.Message, [row.id for row in rows])
    return [_record(row, more.get(row.id, {})) for row in rows]


def _record(row: _Row, more: Mapping[str, Plain]) -> records.Message:
    return records.Message(
        id=row.id, order=row.place, peer=row.peer, kind=row.kind, direction=row.direction,
        source=row.source, type=row.type, sender=row.sender, message_id=row.message_id,
        occupant_id=authors.occupant_id_of(row.author), real_jid=_real_jid(row),
        body=row.body, encryption=row.encryption, truncated=bool(row.truncated), time=row.time,
        received=row.received, state=row.state, error=(row.error_name, row.error_text),
        origin_id=row.origin_id, stanza_id=row.stanza_id, gap=bool(row.gap), revision=row.revision,
        more=more,
    )  # fmt: skip


def _real_jid(row: _Row) -> str:
    key = row.sender if row.author is None else row.author
    return authors.real_jid_of(key, row.peer, row.real_jid) if row.kind != "chat" else ""


def load(view: View, ids: Sequence[int]) -> list[records.Message]:
    """Return the records of the messages in `ids`, by revision."""
    found: list[_Row] = []
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        found += _rows(view, f"WHERE m.id IN ({','.join('?' * len(part))})", part)
    return sorted(_records(view, found), key=lambda message: message.revision)


def get(view: View, message_id: int) -> records.Message | None:
    """Return the record of a message of this profile."""
    rows = _rows(view, "WHERE m.id = ? AND m.profile = ?", (message_id, view.profile_id))
    return _records(view, rows)[0] if rows else None


def changes(view: View, since: int, limit: int) -> list[records.Message]:
    """Return at most `limit` messages with a revision above `since`, lowest first."""
    rows = _rows(
        view,
        "WHERE m.profile = ? AND m.revision > ? ORDER BY m.revision LIMIT ?",
        (view.profile_id, since, limit),
    )
    return _records(view, rows)


def removals(view: View, since: int, limit: int) -> list[tuple[int, int]]:
    """Return at most `limit` pairs `(revision, id)` of messages removed since, lowest first."""
    return view.db.execute(
        "SELECT revision, message FROM removed WHERE profile = ? AND revision > ? "
        "ORDER BY revision LIMIT ?",
        (view.profile_id, since, limit),
    ).fetchall()


def place(view: View, conversation_id: int, message_id: int) -> tuple[int, int] | None:
    """Return `(place, id)` of a message if it is in this conversation."""
    row = view.db.execute(
        "SELECT place, id FROM message WHERE id = ? AND conversation = ?",
        (message_id, conversation_id),
    ).fetchone()
    return tuple(row) if row else None


def before(
    view: View, conversation_id: int, limit: int, at: tuple[int, int] | None = None
) -> list[records.Message]:
    """Return the last `limit` messages (before `at`), oldest first."""
    return _records(view, _before(view, conversation_id, limit, at))


def _before(view: View, conversation_id: int, limit: int, at: tuple[int, int] | None) -> list[_Row]:
    bound = "AND (m.place, m.id) < (?, ?)" if at else ""
    return _rows(
        view,
        f"WHERE m.conversation = ? {bound} ORDER BY m.place DESC, m.id DESC LIMIT ?",
        (conversation_id, *(at or ()), limit),
    )[::-1]


def _after(view: View, conversation_id: int, limit: int, at: tuple[int, int]) -> list[_Row]:
    return _rows(
        view,
        "WHERE m.conversation = ? AND (m.place, m.id) > (?, ?) ORDER BY m.place, m.id LIMIT ?",
        (conversation_id, *at, limit),
    )


def newest_id(view: View) -> int:
    """Return the highest message id there is, 0 without any."""
    (newest,) = view.db.execute("SELECT max(id) FROM message").fetchone()
    return newest or 0


def incoming_above(view: View, peer: str, after_id: int, limit: int) -> list[records.Message]:
    """Return incoming messages (of `peer`, or any) with an id above `after_id`, but no history."""
    bound, arguments = ("AND c.peer = ?", (peer,)) if peer else ("", ())
    # By the ids alone (+): an index of the profile's would have all of its messages sorted first.
    rows = _rows(
        view,
        f"WHERE +m.profile = ? {bound} AND m.id > ? AND m.direction = 'in' AND m.past = 0 "
        "ORDER BY m.id LIMIT ?",
        (view.profile_id, *arguments, after_id, limit),
    )
    return _records(view, rows)


class Page(Value):
    """A part of a conversation, oldest first. `has_older`: more is stored before it."""

    messages: Sequence[records.Message]
    has_older: bool
    is_archive_done: bool

    @property
    def gaps(self) -> list[int]:
        """Those of the messages before which some may be missing."""
        return [each.id for each in self.messages if each.gap]


def page(view: View, peer: str, anchors: Mapping[str, int], limit: int) -> Page | None:
    """Return the newest messages, or those before, after or around a message; None without it.

    A `time` stands for the first message that came then or later, if there is one.
    """
    row = view.db.execute(
        "SELECT id, archive_done FROM conversation WHERE profile = ? AND peer = ?",
        (view.profile_id, peer),
    ).fetchone()
    if row is None:
        is_empty = not anchors or "time" in anchors
        return Page((), has_older=False, is_archive_done=False) if is_empty else None
    conversation_id, is_archive_done = row
    if "time" in anchors:
        first_id = since.first(view, conversation_id, anchors["time"])
        anchors = {"around": first_id} if first_id else {}
    found = _around(view, conversation_id, anchors, limit)
    if found is None:
        return None
    first = (found[0].place, found[0].id) if found else None
    anchor = next(iter(anchors.values()), None)
    if first is None and anchor is not None and "before" in anchors:
        first = place(view, conversation_id, anchor)
    return Page(
        _records(view, found),
        has_older=first is not None and _is_any_before(view, conversation_id, first),
        is_archive_done=bool(is_archive_done),
    )


def _around(
    view: View, conversation_id: int, anchors: Mapping[str, int], limit: int
) -> list[_Row] | None:
    if not anchors:
        return _before(view, conversation_id, limit, None)
    ((which, message_id),) = anchors.items()
    at = place(view, conversation_id, message_id)
    if at is None:
        return None
    if which == "before":
        return _before(view, conversation_id, limit, at)
    if which == "after":
        return _after(view, conversation_id, limit, at)
    half = max(limit // 2, 1)
    just_after = (at[0], at[1] + 1)
    return [
        *_before(view, conversation_id, half, just_after),
        *_after(view, conversation_id, half, at),
    ]


def _is_any_before(view: View, conversation_id: int, at: tuple[int, int]) -> bool:
    query = "SELECT 1 FROM message WHERE conversation = ? AND (place, id) < (?, ?) LIMIT 1"
    return view.db.execute(query, (conversation_id, *at)).fetchone() is not None


def changed_since(
    view: View, since: int, limit: int
) -> tuple[list[records.Message], list[int], int, bool]:
    """Return messages changed and ids removed after `since`, the revision that leads to, more."""
    found = changes(view, since, limit)
    gone = removals(view, since, limit)
    (current,) = view.db.execute(
        "SELECT revision FROM profile WHERE id = ?", (view.profile_id,)
    ).fetchone()
    # Of lists that were cut the one that goes less far counts: nothing may be skipped.
    cut = [found[-1].revision] if len(found) == limit else []
    cut += [gone[-1][0]] if len(gone) == limit else []
    revision = min(cut, default=max(current, since))
    return (
        [message for message in found if message.revision <= revision],
        [message for at, message in gone if at <= revision],
        revision,
        bool(cut),
    )
