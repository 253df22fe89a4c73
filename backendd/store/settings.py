"""The table of what the user has set for all profiles."""

import json
import sqlite3


def load(db: sqlite3.Connection, name: str) -> object:
    """Return what a setting is set to; None where it isn't, or what is there can't be read."""
    row = db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    try:
        return json.loads(row[0]) if row else None
    except ValueError:
        return None


def save(db: sqlite3.Connection, name: str, value: object) -> None:
    """Store what a setting is set to."""
    db.execute(
        "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, json.dumps(value))
    )
