"""Which message is meant: the one way to find it by the id that others name it by."""

from collections.abc import Mapping, Sequence

from backendd.core.messages import NewMessage
from backendd.core.references import Names, Target
from backendd.store.view import View

MOST_OF_NAME = 50
"""How many further ids of one name are looked at: somebody may give the same to all there is."""

_COLUMNS = "m.id, m.conversation, m.place, m.direction, m.state, coalesce(m.author, m.sender)"

# In a room only the id that the room itself gives is the same for all (XEP-0359).
_BY_ROOM = f"""SELECT {_COLUMNS} FROM conversation c
      JOIN archived a ON a.profile = c.profile AND a.archive = c.peer AND a.stanza_id = ?1
      JOIN message m ON m.id = a.message AND m.conversation = c.id WHERE c.id = ?2
    UNION SELECT {_COLUMNS} FROM conversation c
      JOIN alias a ON a.conversation = c.id AND a.archive = c.peer AND a.name = ?1
      JOIN message m ON m.id = a.message WHERE c.id = ?2
    ORDER BY 1 DESC"""
_BY_AUTHOR = f"""SELECT {_COLUMNS} FROM message m WHERE m.conversation = ?2 AND m.dedupe = ?1
    UNION SELECT {_COLUMNS} FROM message m
      WHERE m.conversation = ?2 AND m.message_id = ?1 AND m.message_id <> m.dedupe
    UNION SELECT {_COLUMNS} FROM message m WHERE m.id IN (
      SELECT a.message FROM alias a WHERE a.conversation = ?2 AND a.archive = '' AND a.name = ?1
      LIMIT {MOST_OF_NAME})
    ORDER BY 1 DESC"""


def named(view: View, conversation_id: int, target_id: str, by: Names = "room") -> list[Target]:
    """Return the messages of a conversation that are named by this id, the newest first.

    `by`: who has given it where the conversation is a room.
    """
    if not target_id:
        return []
    queries = [_BY_AUTHOR]
    if by != "author" and _is_room(view, conversation_id):
        queries = [_BY_ROOM] if by == "room" else [_BY_ROOM, _BY_AUTHOR]
    found = (
        Target._make(row)
        for query in queries
        for row in view.db.execute(query, (target_id, conversation_id))
    )
    return list(dict.fromkeys(found))


def ours(view: View, conversation_id: int, message_id: str) -> Target | None:
    """Return the newest message of ours that went out with this id, also in a room."""
    found = named(view, conversation_id, message_id, by="author")
    return next((each for each in found if each.direction == "out"), None)


def get(view: View, message_id: int) -> Target | None:
    """Return a message of this profile by its own id."""
    row = view.db.execute(
        f"SELECT {_COLUMNS} FROM message m WHERE m.id = ? AND m.profile = ?",
        (message_id, view.profile_id),
    ).fetchone()
    return Target._make(row) if row else None


def name(view: View, message_id: int) -> str:
    """Return the id by which a message is named to others; empty where it has none."""
    row = view.db.execute(
        """SELECT iif(c.kind <> 'room', m.dedupe, coalesce(
             (SELECT stanza_id FROM archived WHERE message = m.id AND archive = c.peer), ''))
           FROM message m JOIN conversation c ON c.id = m.conversation
           WHERE m.id = ? AND m.profile = ?""",
        (message_id, view.profile_id),
    ).fetchone()
    return str(row[0]) if row else ""


def names(view: View, conversation_id: int, new: NewMessage) -> Mapping[Names, set[str]]:
    """Return the ids by which others name a new message, by who has given them."""
    of_author = {new.message_id, new.origin_id} - {""}
    of_room = of_author
    if _is_room(view, conversation_id):
        of_room = {stanza_id for archive, stanza_id in new.archive_ids if archive == new.peer}
    return {"room": of_room, "author": of_author, "either": of_room | of_author}


def _is_room(view: View, conversation_id: int) -> bool:
    query = "SELECT kind = 'room' FROM conversation WHERE id = ?"
    return bool(view.db.execute(query, (conversation_id,)).fetchone()[0])


def ours_up_to(view: View, target: Target, states: Sequence[str]) -> list[int]:
    """Return our messages in one of `states` that stand up to `target` in its conversation."""
    marks = ",".join("?" * len(states))
    rows = view.db.execute(
        f"""SELECT id FROM message WHERE conversation = ? AND direction = 'out'
            AND state IN ({marks}) AND (place, id) <= (?, ?)""",
        (target.conversation, *states, target.place, target.id),
    )
    return [row[0] for row in rows]
