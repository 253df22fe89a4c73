"""A home of its own for each test: scratch XDG directories and a clean environment."""

import os
import sys
from pathlib import Path

_HOMES = {
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_DOWNLOAD_DIR": "Downloads",
}
_KEPT = ("LANG", "LC_ALL", "TZ", "TERM", "COLORTERM", "COLUMNS", "LINES", "PYTHONPATH")


class Scratch:
    """A user's directories below one that is thrown away; `env` is the whole environment."""

    def __init__(self, root: Path, **more: str) -> None:
        """Make the directories; `more` is added to the environment."""
        self.root = root
        self.home = root / "home"
        self.runtime = root / "run"
        homes = {name: str(self.home / path) for name, path in _HOMES.items()}
        self.home.mkdir(parents=True)
        self.runtime.mkdir(mode=0o700)
        commands = str(Path(sys.executable).parent)  # where backendd and primitivus are
        self.env = {
            **{name: os.environ[name] for name in _KEPT if name in os.environ},
            "PATH": f"{commands}:{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin",
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.runtime),
            "XDG_CONFIG_DIRS": str(root / "etc"),
            **homes,
            **more,
        }

    @property
    def data(self) -> Path:
        """Where the daemon keeps its database."""
        return self.home / ".local/share/primitivus"

    @property
    def config(self) -> Path:
        """Where the settings of both programs are looked for."""
        return self.home / ".config/primitivus"
