"""The systemd user manager, where there is one, asked through systemctl."""

import shutil
import subprocess

UNIT = "backendd.service"
_TIMEOUT_S = 120.0


def has_manager() -> bool:
    """Return whether a user manager answers."""
    return systemctl("show-environment").returncode == 0


def has_unit() -> bool:
    """Return whether the user manager knows our unit."""
    return show("LoadState") == "loaded"


def show(name: str) -> str:
    """Return a property of our unit; nothing if there is no manager to ask."""
    return systemctl("show", "--property", name, "--value", UNIT).stdout.strip()


def systemctl(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Return how `systemctl --user` ended, as if it failed where there is none."""
    command = ["systemctl", "--user", *arguments]
    if shutil.which("systemctl") is None:
        return subprocess.CompletedProcess(command, 1, "", "systemctl is not installed")
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=_TIMEOUT_S)
