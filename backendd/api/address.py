"""Where the session bus is. Loads nothing but what every Python has: programs begin here."""

import os
import stat
from collections.abc import Mapping

from backendd.api.failures import NoBus

_RUNTIME = "/run/user"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
# What stands for itself in an address (D-Bus specification, "Server Addresses").
_PLAIN = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_/.")

Place = str | os.PathLike[str]


def find_address(environment: Mapping[str, str] = os.environ, *, runtime: Place = _RUNTIME) -> str:
    """Return the address of this user's session bus; raises NoBus.

    Over ssh without pam_systemd the environment says nothing, but the directory of the user's
    manager may be there all the same.
    """
    address = environment.get("DBUS_SESSION_BUS_ADDRESS")
    if address:
        return address
    directory = environment.get("XDG_RUNTIME_DIR")
    if directory and _is_socket(os.path.join(directory, "bus")):
        return _unix(os.path.join(directory, "bus"))
    own = os.path.join(runtime, str(os.getuid()))
    path = os.path.join(own, "bus")
    if not _is_socket(path):
        raise NoBus(
            "no session bus found: DBUS_SESSION_BUS_ADDRESS is not set and there is no "
            f"{path}; log in with a user manager running, or use dbus-run-session"
        )
    _check(own, path)
    return _unix(path)


def _is_socket(path: str) -> bool:
    try:
        return stat.S_ISSOCK(os.stat(path).st_mode)
    except OSError:
        return False


def _check(directory: str, socket: str) -> None:
    # Nobody told us to use it, so it must be clear that nobody else can have put it there.
    for path in (directory, socket):
        if os.lstat(path).st_uid != os.getuid():
            raise NoBus(f"{path} belongs to another user; not using the bus there")
    if os.stat(directory).st_mode & _OTHERS:
        raise NoBus(f"{directory} is open to other users; not using the bus there")


def _unix(path: str) -> str:
    escaped = (chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in os.fsencode(path))
    return "unix:path=" + "".join(escaped)


def socket_name(address: str) -> bytes:
    """Return the name of the socket that one address of a bus means; raises ValueError.

    It is one of those that `;` separates: `unix:path=/run/user/1000/bus,guid=...`.
    """
    transport, _, written = address.partition(":")
    keys = dict(each.partition("=")[::2] for each in written.split(","))
    if transport == "unix" and "path" in keys:
        return _unescaped(keys["path"])
    if transport == "unix" and "abstract" in keys:
        return b"\0" + _unescaped(keys["abstract"])
    raise ValueError("its address is not that of a socket of this machine")


def _unescaped(text: str) -> bytes:
    first, *others = text.split("%")
    parts = [bytes.fromhex(each[:2]) + os.fsencode(each[2:]) for each in others]
    return os.fsencode(first) + b"".join(parts)
