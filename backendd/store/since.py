"""What came from a time on."""

from backendd.store.view import View


def first(view: View, conversation_id: int, time: int) -> int:
    """Return the first message of a conversation that came at `time` or later; 0: none did."""
    row = view.db.execute(
        "SELECT id FROM message WHERE conversation = ? AND time >= ? ORDER BY place, id LIMIT 1",
        (conversation_id, time),
    ).fetchone()
    return row[0] if row else 0
