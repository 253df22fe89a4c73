"""Where one was when one left, kept for those who want to begin there again.

It is a file of the state directory, with the name of the profile and the address of the
conversation, a line each. Of a profile with a password nothing is kept.
"""

import logging
import os
from contextlib import suppress
from pathlib import Path

from xdg_base_dirs import xdg_state_home

from primitivus.model.place import NOWHERE, Place
from primitivus.model.state import State

log = logging.getLogger(__name__)

_LONGEST = 8192


def path() -> Path:
    """Return where it is kept."""
    return xdg_state_home() / "primitivus" / "last"


def read() -> Place:
    """Return where one was; NOWHERE if nothing tells."""
    try:
        with path().open(encoding="utf-8") as file:
            lines = file.read(_LONGEST).split("\n")
    except (OSError, ValueError):
        return NOWHERE
    return Place(*lines[:2]) if len(lines) >= len(NOWHERE[:2]) else NOWHERE


def to_keep(state: State) -> Place:
    """Return where one is, to be kept: of several conversations the one where one was last."""
    account = state.account
    return NOWHERE if account.profile.has_password else account.left_place()


def write(place: Place) -> None:
    """Keep where one is; what was kept before is gone. It waits for the disk."""
    at = path()
    try:
        if place == NOWHERE:
            with suppress(FileNotFoundError):
                at.unlink()
            return
        at.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = at.with_suffix(".new")
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(f"{place.account}\n{place.peer}\n")
        new.replace(at)
    except OSError as error:
        log.warning("where you were was not kept: %s", error)
