"""Where the session bus is."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from backendd.api.failures import NoBus

_RUNTIME = Path("/run/user")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def find_address(environment: Mapping[str, str] = os.environ, *, runtime: Path = _RUNTIME) -> str:
    """Return the address of this user's session bus; raises NoBus.

    Over ssh without pam_systemd the environment says nothing, but the directory of the user's
    manager may be there all the same.
    """
    address = environment.get("DBUS_SESSION_BUS_ADDRESS")
    if address:
        return address
    directory = environment.get("XDG_RUNTIME_DIR")
    if directory and _is_socket(Path(directory, "bus")):
        return _unix(Path(directory, "bus"))
    own = runtime / str(os.getuid())
    if not _is_socket(own / "bus"):
        raise NoBus(
            "no session bus found: DBUS_SESSION_BUS_ADDRESS is not set and there is no "
            f"{own / 'bus'}; log in with a user manager running, or use dbus-run-session"
        )
    _check(own)
    return _unix(own / "bus")


def _is_socket(path: Path) -> bool:
    try:
        return stat.S_ISSOCK(path.stat().st_mode)
    except OSError:
        return False


def _check(directory: Path) -> None:
    # Nobody told us to use it, so it must be clear that nobody else can have put it there.
    for path in (directory, directory / "bus"):
        if path.lstat().st_uid != os.getuid():
            raise NoBus(f"{path} belongs to another user; not using the bus there")
    if directory.stat().st_mode & _OTHERS:
        raise NoBus(f"{directory} is open to other users; not using the bus there")


def _unix(path: Path) -> str:
    # "~" needs no escape in a URL, but does in a bus address as dbus-next reads it.
    return "unix:path=" + quote(str(path)).replace("~", "%7E")
