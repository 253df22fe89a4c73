"""Which files are on their way here, and where what has come of them is found again."""

import json

from backendd.api import records
from backendd.api.tuples import NamedTuple
from backendd.store import transfers
from backendd.store.view import View


class Kept(NamedTuple):
    """What has come of a file, or may come still: in which directory, and by which key."""

    directory: str
    key: str


def parts(view: View) -> set[Kept]:
    """Return what is kept for transfers of all profiles: they share directories."""
    found = set[Kept]()
    for (written,) in view.db.execute("SELECT notes FROM transfer WHERE direction = 'in'"):
        try:
            notes = json.loads(written)
        except ValueError:
            continue
        if isinstance(notes, dict) and notes.get("directory"):
            found.add(Kept(str(notes["directory"]), str(notes.get("key", ""))))
    return found


def unfinished(view: View) -> list[records.Transfer]:
    """Return what comes to this profile, and isn't here."""
    found = transfers.load(view)
    return [each for each in found if each.direction == "in" and each.state != "done"]
