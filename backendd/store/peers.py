"""Who is known to a profile, in whatever way."""

from backendd.store.view import View


def is_known(view: View, jid: str) -> bool:
    """Return whether there is a conversation with `jid`, or it is a contact or asks to be one."""
    row = view.db.execute(
        "SELECT 1 FROM conversation WHERE profile = ?1 AND peer = ?2 "
        "UNION ALL SELECT 1 FROM contact WHERE profile = ?1 AND jid = ?2 "
        "UNION ALL SELECT 1 FROM request WHERE profile = ?1 AND jid = ?2",
        (view.profile_id, jid),
    ).fetchone()
    return row is not None
