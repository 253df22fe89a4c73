"""Where things are: the data, the log of a backend without systemd, received files."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from xdg_base_dirs import xdg_config_home, xdg_data_home, xdg_state_home

_NAME = "primitivus"
# xdg-user-dirs writes this for shells; the value is absolute, or begins with $HOME.
_DOWNLOADS = re.compile(r'^\s*XDG_DOWNLOAD_DIR="((?:\$HOME)?/[^"\n]*)"', re.MULTILINE)


def data() -> Path:
    """Return the directory of the database."""
    return xdg_data_home() / _NAME


def state() -> Path:
    """Return the directory of the log that a backend in the background writes without systemd."""
    return xdg_state_home() / _NAME


def downloads(configured: str = "", environment: Mapping[str, str] = os.environ) -> Path:
    """Return the directory of received files; `configured` is `[files] download_dir`."""
    if configured:
        return Path(configured).expanduser()
    named = environment.get("XDG_DOWNLOAD_DIR", "") or _user_directory()
    return Path(named) if named.startswith("/") else Path.home() / "Downloads"


def _user_directory() -> str:
    try:
        text = (xdg_config_home() / "user-dirs.dirs").read_text(errors="surrogateescape")
    except OSError:
        return ""
    lines = _DOWNLOADS.findall(text)
    return lines[-1].replace("$HOME", str(Path.home()), 1) if lines else ""
