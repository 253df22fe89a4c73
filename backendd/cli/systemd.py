"""The systemd user manager, where there is one, asked through systemctl."""

import os
import shutil
import subprocess
from pathlib import Path

UNIT = "backendd.service"
_TIMEOUT_S = 120.0


def has_manager() -> bool:
    """Return whether this user's service manager runs."""
    try:
        # Its own socket: systemctl would ask the session bus next, and have that try to start it.
        status = (_runtime() / "systemd" / "private").stat()
    except OSError:
        return False
    return status.st_uid == os.geteuid()


def has_unit() -> bool:
    """Return whether the service manager knows our unit."""
    return show("LoadState") == "loaded"


def show(name: str) -> str:
    """Return a property of our unit; nothing if there is no service manager to ask."""
    return systemctl("show", "--property", name, "--value", UNIT).stdout.strip()


def systemctl(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Return how `systemctl --user` ended, as if it failed where there is no service manager."""
    command = ["systemctl", "--user", *arguments]
    if not has_manager() or shutil.which("systemctl") is None:
        return subprocess.CompletedProcess(command, 1, "", "there is no service manager")
    return subprocess.run(
        command,
        env={**os.environ, "XDG_RUNTIME_DIR": str(_runtime())},
        capture_output=True,
        text=True,
        check=False,
        timeout=_TIMEOUT_S,
    )


def _runtime() -> Path:
    # Over ssh without pam_systemd the environment doesn't say.
    return Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.geteuid()}")
