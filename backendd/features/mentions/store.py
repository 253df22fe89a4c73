"""Which messages speak to the user."""

import json
from collections.abc import Mapping, Sequence
from typing import cast

from backendd.api.variants import Variant
from backendd.features.mentions.model import Mentioned, Mentions
from backendd.store.view import View


def load(view: View, ids: Sequence[int]) -> Mapping[int, Mentioned]:
    """Return which of these messages speak to the user."""
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(f"SELECT message, names FROM mention WHERE message IN ({marks})", ids)
    found: dict[int, Mentioned] = {}
    for message_id, written in rows:
        found[message_id] = {"mention": True}
        if names := _read(written):
            found[message_id]["mentioned"] = names
    return found


def _read(written: str) -> list[str]:
    try:
        names = json.loads(written)
    except ValueError:
        return []
    return list(map(str, names)) if isinstance(names, list) else []


def count(view: View, ids: Sequence[int]) -> Mapping[int, Mentions]:
    """Return how many unread messages of these conversations speak to the user, and the first."""
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(
        "SELECT x.conversation, count(*), min(m.place), m.id FROM mention x "
        "JOIN message m ON m.id = x.message "
        f"WHERE x.is_unread = 1 AND m.state = 'unread' AND x.conversation IN ({marks}) "
        "GROUP BY x.conversation",
        ids,
    )
    # On the bus the number is a u, as that of those unread is. Of the row with the lowest place,
    # which min() chooses, SQLite takes the id as well.
    return {
        row_id: {"mentions": cast("int", Variant("u", number)), "first_mention": first}
        for row_id, number, _, first in rows
    }
