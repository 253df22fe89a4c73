"""Which contacts may see a node, where the roster decides that (XEP-0060 4.5)."""

import json
from collections.abc import Iterable

from backendd.store.view import View


def seeing(view: View) -> set[str]:
    """Return who may see our presence."""
    rows = view.db.execute(
        "SELECT jid FROM contact WHERE profile = ? AND subscription IN ('from', 'both')",
        (view.profile_id,),
    )
    return {jid for (jid,) in rows}


def grouped(view: View, groups: Iterable[str]) -> set[str]:
    """Return who is in one of these groups."""
    rows = view.db.execute(
        "SELECT DISTINCT jid FROM contact, json_each(contact.groups) AS one "
        "WHERE profile = ? AND one.value IN (SELECT value FROM json_each(?))",
        (view.profile_id, json.dumps(list(groups))),
    )
    return {jid for (jid,) in rows}


def groups(view: View) -> list[str]:
    """Return the groups in which somebody is."""
    rows = view.db.execute(
        "SELECT DISTINCT one.value FROM contact, json_each(contact.groups) AS one "
        "WHERE profile = ? ORDER BY one.value",
        (view.profile_id,),
    )
    return [group for (group,) in rows]
