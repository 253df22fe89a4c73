"""Who is known to a profile, in whatever way."""

from backendd.core.jid import Jid
from backendd.store.view import View


def is_known(view: View, address: Jid) -> bool:
    """Return whether there is a conversation with `address`, or it is a contact or asks to be."""
    row = view.db.execute(
        "SELECT 1 FROM conversation WHERE profile = ?1 AND peer IN (?2, ?3) "
        "UNION ALL SELECT 1 FROM contact WHERE profile = ?1 AND jid = ?2 "
        "UNION ALL SELECT 1 FROM request WHERE profile = ?1 AND jid = ?2",
        (view.profile_id, address.bare, address.full),
    ).fetchone()
    return row is not None


def is_room(view: View, jid: str) -> bool:
    """Return whether this is one of our rooms, as is a bookmarked one that was never entered.

    Nobody we talk to or know is one, whatever was bookmarked.
    """
    row = view.db.execute(
        """SELECT 1 FROM room WHERE profile = ?1 AND room = ?2
             AND NOT EXISTS (SELECT 1 FROM conversation
               WHERE profile = ?1 AND peer = ?2 AND kind = 'chat')
             AND NOT EXISTS (SELECT 1 FROM contact WHERE profile = ?1 AND jid = ?2)""",
        (view.profile_id, jid),
    ).fetchone()
    return row is not None
