"""The table of nicknames, and which of ours the server was told."""

import json
from collections.abc import Mapping, Sequence
from typing import TypedDict

from backendd.store import contacts
from backendd.store.ledger import Ledger
from backendd.store.view import View

TABLE = "nickname"


class Called(TypedDict, total=False):
    """What is added to the record of a contact."""

    nickname: str


def contributed(view: View, jids: Sequence[str]) -> Mapping[str, Called]:
    """Return what contacts call themselves."""
    rows = view.db.execute(
        "SELECT jid, nick FROM nickname "
        "WHERE profile = ? AND jid IN (SELECT value FROM json_each(?))",
        (view.profile_id, json.dumps(list(jids))),
    )
    return {jid: Called(nickname=nick) for jid, nick in rows}


def save(ledger: Ledger, jid: str, nick: str) -> None:
    """Store a nickname; an empty one is none."""
    key = (ledger.profile_id, jid)
    row = ledger.db.execute(
        "SELECT nick FROM nickname WHERE profile = ? AND jid = ?", key
    ).fetchone()
    if nick == (row[0] if row else ""):
        return
    ledger.contributors.uses(TABLE)
    if nick:
        ledger.db.execute("INSERT OR REPLACE INTO nickname VALUES (?, ?, ?)", (*key, nick))
    else:
        ledger.db.execute("DELETE FROM nickname WHERE profile = ? AND jid = ?", key)
    contacts.touch(ledger, jid)


def told(view: View) -> str:
    """Return the nickname that we have told the server last."""
    row = view.db.execute(
        "SELECT nickname_told FROM profile WHERE id = ?", (view.profile_id,)
    ).fetchone()
    return str(row[0])


def save_told(ledger: Ledger, nick: str) -> None:
    """Note which nickname the server was told."""
    ledger.db.execute(
        "UPDATE profile SET nickname_told = ? WHERE id = ?", (nick, ledger.profile_id)
    )
