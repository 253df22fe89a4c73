"""Where another program lives: a home, a bus and a view of the network of its own.

Programs of others look for a server by its name and trust whom the system trusts. In here, a domain
has the address that a test gives to it, and the authority of a test is one of the system's.
"""

import functools
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path
from secrets import randbelow

from tests.lab import leash
from tests.lab.scratch import Scratch
from tests.lab.server import Server

PORT = 5222
"""Where a server is looked for whose domain has no records."""

_NEEDED = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "dbus-run-session": "dbus-daemon",
    "unshare": "util-linux",
}
# With mounts and processes of its own, which end with it; and no longer as root, as some insist on.
_APART = ("unshare", "-rmpf", "--kill-child", "--mount-proc", "sh", "-c")
_NOBODY = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
_TRUSTED = Path("/etc/ssl/certs/ca-certificates.crt")
_NOBODY_ASKED = "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n"


def missing(program: str) -> str:
    """Return what it takes to drive a program, which is called as its package, and isn't there."""
    needed = {program: program, **_NEEDED}
    absent = [package for name, package in needed.items() if shutil.which(name) is None]
    if absent:
        return f"these packages are missing: {', '.join(absent)}"
    return "" if _may_mount() else "unshare may not make namespaces here"


@functools.cache
def _may_mount() -> bool:
    tried = [
        *_APART,
        "mount --bind /etc/hostname /etc/hosts && exec " + " ".join((*_NOBODY, "true")),
    ]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


def free_address() -> str:
    """Return an address of this machine at which nobody has the port of servers."""
    while True:
        address = f"127.{1 + randbelow(200)}.{randbelow(256)}.{1 + randbelow(254)}"
        with socket.socket() as tried:
            try:
                tried.bind((address, PORT))
            except OSError:
                continue
            return address


class World:
    """A world below `directory` in which the domain of a server is at `address`."""

    def __init__(self, directory: Path, server: Server, address: str, display: str) -> None:
        self.scratch = Scratch(directory, DISPLAY=display)
        self._etc = directory / "etc"
        self._etc.mkdir()
        trusted = _TRUSTED.read_bytes() if _TRUSTED.exists() else b""
        mounted = {
            str(_TRUSTED): trusted + server.ca_file.read_bytes(),
            "/etc/hosts": f"127.0.0.1 localhost\n{address} {server.domain}\n".encode(),
            "/etc/resolv.conf": _NOBODY_ASKED.encode(),
        }
        for path, content in mounted.items():
            self._own(path).write_bytes(content)
        self._mounting = " && ".join(f'mount --bind "{self._own(path)}" {path}' for path in mounted)

    def _own(self, path: str) -> Path:
        return self._etc / Path(path).name

    def start(self, command: Sequence[str], **env: str) -> "subprocess.Popen[bytes]":
        """Start a program; what it says is in `output`."""
        with self.output.open("ab") as output:
            process = subprocess.Popen(
                [*_APART, f'{self._mounting} && exec "$@"', "sh", *_NOBODY,
                 "dbus-run-session", "--", *command],
                env={**self.scratch.env, **env},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )  # fmt: skip
        leash.hold(process.pid)
        return process

    @property
    def output(self) -> Path:
        """What its programs have said."""
        return self.scratch.root / "output.log"


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a program with all that it has started, in whatever it is."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    leash.release(process.pid)
