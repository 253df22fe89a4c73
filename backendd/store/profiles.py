"""The profile table."""

import json
import logging
import sqlite3
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from backendd.api.tuples import NamedTuple
from backendd.core.profiles import Profile, Settings
from backendd.store import index
from backendd.store.ledger import Ledger

log = logging.getLogger(__name__)


class _Row(NamedTuple):
    """The columns of a profile, by their names."""

    id: int
    uuid: str
    name: str
    jid: str
    is_default: int
    sealed: bytes
    xmpp_password: bytes
    settings: str
    show: str
    status: str
    scram_seen: int
    bound: str
    vault_id: str
    password_worked: int


_SELECT = f"SELECT {', '.join(_Row._fields)} FROM profile"


def load_all(db: sqlite3.Connection) -> list[Profile]:
    """Return all profiles, the first made first."""
    return [_profile(_Row._make(row)) for row in db.execute(f"{_SELECT} ORDER BY id")]


def load(db: sqlite3.Connection, profile_id: int) -> Profile:
    """Return the profile with this row id; KeyError if it is gone."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (profile_id,)).fetchone()
    if row is None:
        raise KeyError(profile_id)
    return _profile(_Row._make(row))


def add(db: sqlite3.Connection, profile: Profile) -> int:
    """Store a new profile and return its row id; the first one becomes the default."""
    cursor = db.execute(
        """INSERT INTO profile (uuid, name, jid, is_default, sealed, xmpp_password, settings)
           VALUES (?, ?, ?, NOT EXISTS (SELECT 1 FROM profile WHERE is_default), ?, ?, ?)""",
        (
            profile.uuid, profile.name, profile.jid, profile.sealed, profile.xmpp_password,
            json.dumps(asdict(profile.settings)),
        ),
    )  # fmt: skip
    return cursor.lastrowid or 0


def empty(db: sqlite3.Connection, profile_id: int, limit: int = 2000) -> bool:
    """Remove some of a profile's messages; return whether there may be more."""
    cursor = db.execute(
        "DELETE FROM message WHERE id IN (SELECT id FROM message WHERE profile = ? LIMIT ?)",
        (profile_id, limit),
    )
    return cursor.rowcount == limit


def remove(db: sqlite3.Connection, profile_id: int) -> None:
    """Remove a profile and all that is its own; the oldest left becomes the default."""
    db.execute("DELETE FROM profile WHERE id = ?", (profile_id,))
    index.forget(db, profile_id)
    db.execute(
        "UPDATE profile SET is_default = 1 WHERE id = (SELECT min(id) FROM profile) "
        "AND NOT EXISTS (SELECT 1 FROM profile WHERE is_default)"
    )


def set_default(db: sqlite3.Connection, profile_id: int) -> None:
    """Make this the default profile, and no other."""
    db.execute("UPDATE profile SET is_default = (id = ?)", (profile_id,))


def save_settings(db: sqlite3.Connection, profile_id: int, settings: Settings) -> None:
    """Replace the settings."""
    _set(db, profile_id, "settings", json.dumps(asdict(settings)))


def is_used(db: sqlite3.Connection, profile_id: int) -> bool:
    """Return whether a profile was ever logged in, or holds messages."""
    row = db.execute(
        "SELECT 1 FROM profile WHERE id = ?1 "
        "AND (bound <> '' OR EXISTS (SELECT 1 FROM message WHERE profile = ?1))",
        (profile_id,),
    ).fetchone()
    return row is not None


def save_account(ledger: Ledger, jid: str) -> None:
    """Replace the account of a profile, and what was known of its server."""
    _set(ledger.db, ledger.profile_id, "jid", jid)
    _set(ledger.db, ledger.profile_id, "scram_seen", 0)


def save_secrets(
    db: sqlite3.Connection, profile_id: int, *, sealed: bytes, xmpp_password: bytes
) -> None:
    """Replace the vault and what is encrypted with its key."""
    db.execute(
        "UPDATE profile SET sealed = ?1, xmpp_password = ?2, password_worked = "
        "CASE WHEN xmpp_password = ?2 THEN password_worked ELSE 0 END WHERE id = ?3",
        (sealed, xmpp_password, profile_id),
    )


def save_presence(db: sqlite3.Connection, profile_id: int, show: str, status: str) -> None:
    """Replace the presence that is shown to contacts."""
    _set(db, profile_id, "show", show)
    _set(db, profile_id, "status", status)


def save_login(
    db: sqlite3.Connection, profile_id: int, xmpp_password: bytes, *, by_scram: bool
) -> None:
    """Remember that the server took a login with this password, and whether by SCRAM."""
    db.execute(
        "UPDATE profile SET scram_seen = max(scram_seen, ?1), password_worked = "
        "CASE WHEN xmpp_password = ?2 THEN 1 ELSE password_worked END WHERE id = ?3",
        (by_scram, xmpp_password, profile_id),
    )


def save_bound(db: sqlite3.Connection, profile_id: int, address: str) -> None:
    """Remember the bare address that the server gives this login."""
    _set(db, profile_id, "bound", address)


def _set(db: sqlite3.Connection, profile_id: int, column: str, value: object) -> None:
    db.execute(f"UPDATE profile SET {column} = ? WHERE id = ?", (value, profile_id))


def _profile(row: _Row) -> Profile:
    return Profile(
        id=row.id,
        uuid=row.uuid,
        name=row.name,
        jid=row.jid,
        is_default=bool(row.is_default),
        sealed=row.sealed,
        xmpp_password=row.xmpp_password,
        settings=_settings(row.settings),
        show=row.show,
        status=row.status,
        scram_seen=bool(row.scram_seen),
        bound=row.bound,
        vault_id=row.vault_id or row.uuid,
        password_worked=bool(row.password_worked),
    )


def _settings(stored: str) -> Settings:
    """Return what can be read of stored settings; what can't is as if it had never been set."""
    usual = asdict(Settings())
    same = {
        name: value
        for name, value in _object(stored).items()
        if name in usual and type(value) is type(usual[name])
    }
    return Settings(**{**usual, **same})


def _object(stored: str) -> dict[str, Any]:
    with suppress(ValueError):
        values = json.loads(stored)
        if isinstance(values, dict):
            return values
    log.error("the settings of a profile are damaged; the usual ones are taken")
    return {}
