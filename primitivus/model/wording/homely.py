"""Paths as people know them: below their home directory they begin there."""

from pathlib import Path


def from_home(path: str) -> str:
    """Return an absolute path, from the home directory on where it is in there: `~/letters`."""
    home = str(Path.home())
    is_there = path == home or path.startswith(f"{home}/")
    return f"~{path.removeprefix(home)}" if is_there and home != "/" else path
