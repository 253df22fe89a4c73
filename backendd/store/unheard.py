"""Whom the user ignores in rooms, as far as others have to know: nothing of theirs is to be seen.

The tables are kept by the feature for it.
"""

from backendd.core import authors
from backendd.store.view import View

IS_UNHEARD = "EXISTS (SELECT 1 FROM unheard u WHERE u.message = m.id)"
"""Whether the message `m` of a query is of somebody who is ignored."""


def ignored(view: View) -> frozenset[tuple[str, str]]:
    """Return in which room what is written by whom is not to be seen, by the keys of authors."""
    rows = view.db.execute(
        "SELECT room, occupant_id FROM ignored WHERE profile = ?", (view.profile_id,)
    )
    return frozenset((room, authors.key_of(occupant_id)) for room, occupant_id in rows)
