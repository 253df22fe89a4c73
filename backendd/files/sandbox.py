"""What a service manager shows this process otherwise than to others (systemd.exec(5))."""

import os
from pathlib import Path

from backendd.api.errors import FileError
from backendd.files import reasons

_MOUNTS = Path("/proc/self/mountinfo")
_PRIVATE = "/systemd-private-"
_ROOT, _POINT = 3, 4  # fields of a line (proc_pid_mountinfo(5))


def check_shared(directory: str) -> None:
    """Raise FileError where nobody else would find what is put into a directory."""
    if _is_private(os.path.realpath(directory)):
        raise FileError(
            f"{reasons.shown(directory)} is another one for the backend than for you; "
            "choose one that is the same for both"
        )


def _is_private(directory: str) -> bool:
    for line in _MOUNTS.read_text(errors="replace").splitlines():
        fields = line.split(" ")
        if _PRIVATE in fields[_ROOT] and Path(directory).is_relative_to(fields[_POINT]):
            return True
    return False
