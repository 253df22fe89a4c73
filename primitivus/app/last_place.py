"""Where one was when one left, kept for those who want to begin there again.

It is a file of the state directory, with the name of the profile and the address of the
conversation, a line each. Of a profile with a password nothing is kept.
"""

from pathlib import Path

from primitivus.app import kept
from primitivus.model.place import NOWHERE, Place
from primitivus.model.state import State


def path() -> Path:
    """Return where it is kept."""
    return kept.path("last")


def read() -> Place:
    """Return where one was; NOWHERE if nothing tells."""
    lines = kept.lines("last")
    return Place(*lines[:2]) if len(lines) >= len(NOWHERE[:2]) else NOWHERE


def to_keep(state: State) -> Place:
    """Return where one is, to be kept: of several conversations the one where one was last."""
    account = state.account
    return NOWHERE if account.profile.has_password else account.left_place()


def write(place: Place) -> None:
    """Keep where one is; what was kept before is gone. It waits for the disk."""
    text = "" if place == NOWHERE else f"{place.account}\n{place.peer}\n"
    kept.write("last", text, "where you were")
