"""The conversation table."""

from collections.abc import Iterable, Mapping, Sequence

from backendd.api import noise, records
from backendd.api.signature import Plain
from backendd.api.tuples import NamedTuple
from backendd.api.words import Kind, Notify, WantedNotify
from backendd.core.contacts import shown_name
from backendd.core.conversations import AT_FIRST, Behaviour, Peer
from backendd.core.messages import ConversationsChanged, RoomsKnown
from backendd.store import pages
from backendd.store.ledger import Ledger
from backendd.store.unheard import IS_UNHEARD
from backendd.store.view import View


def touch(ledger: Ledger, conversation_id: int) -> None:
    """Have a conversation told, with a new revision."""
    ledger.note(_tell, conversation_id)


def touch_with(ledger: Ledger, peer: str) -> None:
    """Have the conversation with `peer` told, if there is one."""
    conversation_id = find(ledger, peer)
    if conversation_id is not None:
        touch(ledger, conversation_id)


def _tell(ledger: Ledger, ids: list[int]) -> Iterable[object]:
    for conversation_id in ids:
        ledger.db.execute(
            "UPDATE conversation SET revision = ? WHERE id = ?", (ledger.revise(), conversation_id)
        )
    opened, closed = load(ledger, ids)
    return [ConversationsChanged(opened, closed)]


def find(view: View, peer: str) -> int | None:
    """Return the row id of the conversation with `peer`."""
    row = view.db.execute(
        "SELECT id FROM conversation WHERE profile = ? AND peer = ?", (view.profile_id, peer)
    ).fetchone()
    return int(row[0]) if row else None


def peer(view: View, conversation_id: int) -> Peer:
    """Return with whom a conversation is."""
    row = view.db.execute(
        "SELECT peer, kind FROM conversation WHERE id = ?", (conversation_id,)
    ).fetchone()
    return Peer._make(row)


def is_somebody(view: View, jid: str) -> bool:
    """Return whether this is somebody we talk to or know, and none of our rooms."""
    row = view.db.execute(
        """SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM room WHERE profile = ?1 AND room = ?2) AND (
             EXISTS (SELECT 1 FROM conversation WHERE profile = ?1 AND peer = ?2 AND kind = 'chat')
             OR EXISTS (SELECT 1 FROM contact WHERE profile = ?1 AND jid = ?2))""",
        (view.profile_id, jid),
    ).fetchone()
    return row is not None


def is_empty(view: View, conversation_id: int) -> bool:
    """Return whether a conversation has no message."""
    query = "SELECT 1 FROM message WHERE conversation = ? LIMIT 1"
    return view.db.execute(query, (conversation_id,)).fetchone() is None


def rooms(view: View) -> list[str]:
    """Return with which rooms there are conversations, and with which of their occupants."""
    rows = view.db.execute(
        "SELECT peer FROM conversation WHERE profile = ? AND kind <> 'chat'", (view.profile_id,)
    )
    return [peer for (peer,) in rows]


def ensure(ledger: Ledger, whom: Peer, *, active: int, opens: bool = True) -> int:
    """Return the row id of the conversation with somebody, made if needed.

    `active` is the time of what happens in it. A closed one comes back only if that `opens` it.
    """
    conversation_id = _ensure(ledger, whom, active=active, is_listed=True, opens=opens)
    touch(ledger, conversation_id)
    return conversation_id


def ensure_closed(ledger: Ledger, whom: Peer) -> int:
    """Return the row id of the conversation with somebody; one that is made here is not listed."""
    return _ensure(ledger, whom, active=0, is_listed=False, opens=False)


def _ensure(ledger: Ledger, whom: Peer, *, active: int, is_listed: bool, opens: bool) -> int:
    """Return the row id of a conversation, which behaves at first as those of its kind do."""
    first = AT_FIRST[whom.kind]
    row_id, kind = ledger.db.execute(
        """INSERT INTO conversation
             (profile, peer, kind, is_open, active, revision, notify, markers, typing_out)
           VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)
           ON CONFLICT (profile, peer) DO UPDATE
           SET is_open = max(is_open, ?), active = max(active, excluded.active)
           RETURNING id, kind""",
        (
            ledger.profile_id, *whom, is_listed, active, first.notify, first.markers,
            first.typing_out, opens,
        ),
    ).fetchone()  # fmt: skip
    if whom.kind != "chat":
        if kind != whom.kind:  # it has been taken for somebody so far
            ledger.db.execute("UPDATE conversation SET kind = ? WHERE id = ?", (whom.kind, row_id))
            behave(ledger, row_id, first)
        ledger.note(_tell_rooms, whom.jid)
    return int(row_id)


def _tell_rooms(ledger: Ledger, peers: list[str]) -> Iterable[object]:
    return [RoomsKnown(peers)]


def listed(view: View) -> list[records.Conversation]:
    """Return the open conversations: pinned ones first, then the most recent."""
    rows = view.db.execute(
        "SELECT id FROM conversation WHERE profile = ? AND is_open = 1 "
        "ORDER BY pinned DESC, active DESC, id",
        (view.profile_id,),
    ).fetchall()
    return load(view, [row[0] for row in rows])[0]


def load(view: View, ids: Sequence[int]) -> tuple[list[records.Conversation], list[str]]:
    """Return the records of open conversations, in order of `ids`, and the peers of closed ones."""
    found = [view.db.execute(_SELECT, (conversation_id,)).fetchone() for conversation_id in ids]
    rows = [_Row._make(row) for row in found if row is not None]
    opened = [row for row in rows if row.is_open]
    lasts = {each.id: each for each in pages.load(view, [row.last for row in opened])}
    more = view.contributors.load(view, records.Conversation, [row.id for row in opened])
    return (
        [_record(view, row, lasts.get(row.last), more.get(row.id, {})) for row in opened],
        [row.peer for row in rows if not row.is_open],
    )


class _Row(NamedTuple):
    """What `_SELECT` brings."""

    id: int
    peer: str
    kind: Kind
    is_open: int
    name: str
    read_up_to: int
    draft: str
    draft_id: str
    pinned: int
    notify: WantedNotify
    is_closed: int
    markers: int
    typing_out: int
    revision: int
    last: int  # the id of the newest message that is to be seen


_SELECT = f"""SELECT c.id, c.peer, c.kind, c.is_open,
        coalesce(nullif(k.name, ''), nullif(b.name, ''), r.name, ''), c.read_up_to, c.draft,
        c.draft_id, c.pinned, c.notify, coalesce(r.nonanonymous AND r.members_only, 0),
        c.markers, c.typing_out, c.revision,
        coalesce((SELECT m.id FROM message m WHERE m.conversation = c.id AND NOT {IS_UNHEARD}
                  ORDER BY m.place DESC, m.id DESC LIMIT 1), 0)
    FROM conversation c LEFT JOIN contact k ON k.profile = c.profile AND k.jid = c.peer
    LEFT JOIN room r ON r.profile = c.profile AND r.room = c.peer
    LEFT JOIN bookmark b ON b.profile = c.profile AND b.room = c.peer
    WHERE c.id = ?"""


def _record(
    view: View, row: _Row, last: records.Message | None, more: Mapping[str, Plain]
) -> records.Conversation:
    unread = view.db.execute(
        "SELECT count(*) FROM message WHERE conversation = ? AND state = 'unread'",
        (row.id,),
    ).fetchone()[0]
    first = view.db.execute(
        "SELECT id FROM message WHERE conversation = ? AND state = 'unread' ORDER BY place LIMIT 1",
        (row.id,),
    ).fetchone()
    return records.Conversation(
        peer=row.peer, kind=row.kind, name=shown_name(row.name), unread=unread,
        read_up_to=row.read_up_to, first_unread=first[0] if first else 0,
        last=last, draft=row.draft, draft_id=row.draft_id, pinned=bool(row.pinned),
        notify=row.notify or noise.usual(row.kind, is_closed=bool(row.is_closed)),
        markers=bool(row.markers), typing_out=bool(row.typing_out),
        revision=row.revision, more=more,
    )  # fmt: skip


def behave(ledger: Ledger, conversation_id: int, behaviour: Behaviour) -> None:
    """Change how a conversation behaves."""
    ledger.db.execute(
        "UPDATE conversation SET pinned = coalesce(?, pinned), notify = coalesce(?, notify), "
        "markers = coalesce(?, markers), typing_out = coalesce(?, typing_out) WHERE id = ?",
        (
            behaviour.pinned, behaviour.notify, behaviour.markers, behaviour.typing_out,
            conversation_id,
        ),
    )  # fmt: skip
    touch(ledger, conversation_id)


def notify(view: View, conversation_id: int) -> Notify:
    """Return which messages of a conversation are worth a notice."""
    wanted, kind, is_closed = view.db.execute(
        "SELECT c.notify, c.kind, coalesce(r.nonanonymous AND r.members_only, 0) "
        "FROM conversation c LEFT JOIN room r ON r.profile = c.profile AND r.room = c.peer "
        "WHERE c.id = ?",
        (conversation_id,),
    ).fetchone()
    return wanted or noise.usual(kind, is_closed=bool(is_closed))


def close(ledger: Ledger, conversation_id: int) -> None:
    """Take a conversation off the list."""
    ledger.db.execute("UPDATE conversation SET is_open = 0 WHERE id = ?", (conversation_id,))
    touch(ledger, conversation_id)


def end_archive(ledger: Ledger, conversation_id: int) -> None:
    """Note that the archive has nothing older of a conversation."""
    ledger.db.execute("UPDATE conversation SET archive_done = 1 WHERE id = ?", (conversation_id,))
    touch(ledger, conversation_id)


def tells_typing(view: View, whom: Peer) -> bool:
    """Return whether the other side of a conversation may be told that we are typing."""
    row = view.db.execute(
        "SELECT typing_out FROM conversation WHERE profile = ? AND peer = ?",
        (view.profile_id, whom.jid),
    ).fetchone()
    return bool(row[0] if row else AT_FIRST[whom.kind].typing_out)
