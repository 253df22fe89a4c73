"""Which files are on their way here, of all profiles: they share a directory."""

import json

from backendd.store.view import View


def keys(view: View) -> set[str]:
    """Return by what the parts of all files are found again that came, or may come still."""
    found = set()
    for (written,) in view.db.execute("SELECT notes FROM transfer WHERE direction = 'in'"):
        try:
            notes = json.loads(written)
        except ValueError:
            continue
        if isinstance(notes, dict):
            found.add(str(notes.get("key", "")))
    return found
