"""Small files of the state directory: what one run of the program leaves for the next."""

import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from xdg_base_dirs import xdg_state_home

log = logging.getLogger(__name__)

_LONGEST = 8192


def path(name: str) -> Path:
    """Return where a file is kept that is called so."""
    return xdg_state_home() / "primitivus" / name


def lines(name: str) -> Sequence[str]:
    """Return the lines of a file, without their ends; none where it can't be read."""
    try:
        with path(name).open(encoding="utf-8") as file:
            return file.read(_LONGEST).split("\n")
    except (OSError, ValueError):
        return ()


def write(name: str, text: str, what: str) -> None:
    """Keep a text, or nothing where it is empty; what was kept before is gone.

    It waits for the disk. Where that fails, the log says that `what` was not kept.
    """
    at = path(name)
    try:
        if not text:
            with suppress(FileNotFoundError):
                at.unlink()
            return
        at.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = at.with_suffix(".new")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        new.replace(at)
    except OSError as error:
        log.warning("%s was not kept: %s", what, error)
