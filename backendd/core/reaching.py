"""How a user says that a server is reached, checked before anything tries it."""

import os
from pathlib import Path

from backendd.api import regular, text
from backendd.api.errors import FileError, InvalidArgument
from backendd.core import domains

_MOST = 16 << 20  # bytes: the authorities of a whole system are a quarter of a MiB


def check(host: str, port: int, ca_file: str) -> None:
    """Raise InvalidArgument or FileError where a server can't be reached so.

    Each may be empty, or 0: then it is found by DNS, and the system says whom to trust.
    """
    if not 0 <= port <= 65535:
        raise InvalidArgument("port has to be 1 to 65535, or 0 to find it by DNS")
    if port and not host:
        raise InvalidArgument("a port needs a host")
    if not _is_host(host):
        raise InvalidArgument("host is the name or address of a server")
    if ca_file:
        _check_readable(ca_file)


def _is_host(host: str) -> bool:
    if text.clean_line(host) != host or " " in host:
        return False
    if host.isascii():
        return True  # an address as well
    try:
        domains.normalise(host)
    except UnicodeError:
        return False
    return True


def _check_readable(ca_file: str) -> None:
    path = Path(ca_file)
    if not path.is_absolute():
        raise FileError("ca_file must be an absolute path")
    try:
        with regular.opened(ca_file, "ca_file", "trusted") as file:
            content = os.read(file.fileno(), _MOST)
    except OSError as error:
        raise FileError(f"ca_file can't be read: {error.strerror}") from error
    if b"-----BEGIN CERTIFICATE-----" not in content:
        raise FileError("ca_file has no certificate in PEM form")
