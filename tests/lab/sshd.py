"""A real sshd on loopback, for one key, that knows nothing of logind: no bus in the environment.

Its processes have a `/run` of their own, where the given bus is at `/run/user/UID/bus`; making
that needs root.
"""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.lab import leash
from tests.lab.patience import PATIENCE_S
from tests.lab.server import HOST, free_ports

_CONFIGURATION = """
ListenAddress {host}:{port}
HostKey {directory}/host_key
AuthorizedKeysFile {directory}/user_key.pub
PidFile none
UsePAM no
StrictModes no
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
PrintMotd no
PrintLastLog no
"""
_ENTER = """
set -e
mount -t tmpfs tmpfs /run
mkdir -p -m 755 /run/sshd /run/user
mkdir -m 700 "/run/user/$1"
mount --bind "$2" "/run/user/$1"
exec "$3" -D -e -f "$4"
"""


class Sshd:
    """A server whose only user is the one who runs the tests."""

    def __init__(self, directory: Path, bus_directory: Path) -> None:
        """Prepare a server whose sessions find the socket `bus` of `bus_directory`."""
        (self.port,) = free_ports(1)
        self._directory = directory
        self._bus_directory = bus_directory
        self._process: asyncio.subprocess.Process | None = None

    def command(self, *command: str) -> list[str]:
        """Return the command line that runs `command` over ssh, on a terminal."""
        settings = {
            "UserKnownHostsFile": f"{self._directory}/known_hosts",
            "StrictHostKeyChecking": "yes",
            "IdentitiesOnly": "yes",
            "BatchMode": "yes",
            "LogLevel": "ERROR",
        }
        options = [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
        key = str(self._directory / "user_key")
        where = ["-p", str(self.port), "-l", _user(), HOST]
        return ["ssh", "-F", "none", "-tt", "-i", key, *options, *where, "exec", *command]

    async def __aenter__(self) -> Self:
        self._bus_directory.chmod(0o700)
        configuration = self._write()
        sshd = shutil.which("sshd", path="/usr/sbin:/sbin:" + os.environ.get("PATH", ""))
        enter = (str(os.getuid()), str(self._bus_directory), str(sshd), str(configuration))
        self._process = await asyncio.create_subprocess_exec(
            *("unshare", "--mount", "--propagation", "private", "sh", "-c", _ENTER, "sh", *enter),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        leash.hold(self._process.pid)
        await self._await_listening()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        await self._process.communicate()
        leash.release(self._process.pid)

    def _write(self) -> Path:
        """Make keys and configuration; return the path of the latter."""
        directory = self._directory
        directory.mkdir()
        for name in ("host_key", "user_key"):
            key = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(directory / name))
            subprocess.run(key, check=True)
        public = (directory / "host_key.pub").read_text()
        (directory / "known_hosts").write_text(f"[{HOST}]:{self.port} {public}")
        settings = _CONFIGURATION.format(host=HOST, port=self.port, directory=directory)
        configuration = directory / "sshd_config"
        configuration.write_text(settings)
        return configuration

    async def _await_listening(self) -> None:
        assert self._process is not None
        assert self._process.stderr is not None
        said = b""
        async with asyncio.timeout(PATIENCE_S):
            while b"Server listening" not in said:
                line = await self._process.stderr.readline()
                if not line:
                    raise AssertionError(f"sshd doesn't start: {said.decode()}")
                said += line


def _user() -> str:

    return pwd.getpwuid(os.getuid()).pw_name
