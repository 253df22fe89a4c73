"""What the servers of the tests have in common: processes on loopback, with accounts and ports.

Everything one writes is below one directory. It may be killed and started again: ports, data and
certificates stay the same. The calls block: inside a running loop go through `asyncio.to_thread`.
"""

import contextlib
import os
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.lab import leash
from tests.lab.authority import Authority
from tests.lab.patience import PATIENCE_S

HOST = "127.0.0.1"
WEB_HOST = "localhost"
"""What the certificate of its web server is for."""

DOMAIN = "x.localhost"
ACCOUNTS = ("alice", "bob", "carol", "dave")


class Server(ABC):
    """One server for `domain`, with accounts whose passwords are `pw-NAME`."""

    def __init__(self, directory: Path, *, domain: str, authority: Authority | None) -> None:
        """Prepare what every server has; nothing runs yet."""
        self.directory = directory
        self.domain = domain
        self.port, self.direct_tls_port, *others = free_ports(5)
        self.http_port, self.https_port, self.proxy_port = others
        self.authority = authority or Authority(directory / "ca")
        self.ca_file = self.authority.ca_file
        self.certificate, self.key = self.authority.issue(directory / "certs", domain)
        self.web_certificate, self.web_key = self.authority.issue(directory / "certs", WEB_HOST)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process else None

    def jid(self, account: str) -> str:
        """Return the address of `account`."""
        return f"{account}@{self.domain}"

    def password(self, account: str) -> str:
        """Return the password of `account`."""
        return f"pw-{account}"

    @abstractmethod
    def add_account(self, account: str, password: str = "") -> None:
        """Store an account, or its other password, also while the server runs."""

    def start(self) -> Self:
        """Start the server and return once it takes logins."""
        if self._process is not None:
            raise RuntimeError(f"this {self._name} runs already")
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                self._command(),
                env={**os.environ, **self._environment()},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        leash.hold(self._process.pid)
        self._await_features()
        self._started()
        return self

    def stop(self) -> None:
        """End the server in its own time; nothing happens where it doesn't run."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End the server as a crash would (kill -9)."""
        self._end(signal.SIGKILL)

    def pause(self) -> None:
        """Freeze the server: connections stay, nothing answers."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)

    def unpause(self) -> None:
        """Undo `pause`."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGCONT)

    def restart(self, *, kill: bool = False) -> None:
        """Stop (or kill) the server and start it with the same data on the same ports."""
        self._end(signal.SIGKILL if kill else signal.SIGTERM)
        self.start()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @abstractmethod
    def _command(self) -> Sequence[str]:
        """Return what runs the server in the foreground."""

    def _started(self) -> None:
        """Do what is due once it takes logins."""
        return

    def _environment(self) -> dict[str, str]:
        """Return what it finds in its environment besides ours."""
        return {}

    @property
    def _name(self) -> str:
        return type(self).__name__

    @property
    def _output(self) -> Path:
        return self.directory / "output.log"

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(how)
        process.send_signal(signal.SIGCONT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        leash.release(process.pid)

    def _await_features(self) -> None:
        # A port that listens isn't yet a host that is loaded: ask for a stream.
        header = (
            f"<stream:stream to='{self.domain}' version='1.0' xmlns='jabber:client'"
            " xmlns:stream='http://etherx.jabber.org/streams'>"
        ).encode()
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            assert self._process is not None
            if self._process.poll() is not None:
                break
            if b"starttls" in _ask(self.port, header):
                return
            time.sleep(0.02)
        output = self._output.read_text(errors="replace")[-2000:]
        self.kill()
        raise RuntimeError(f"{self._name} doesn't start: {output}")


def free_ports(count: int) -> list[int]:
    """Return `count` different TCP ports of loopback that nothing listens on."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((HOST, 0))
        return [each.getsockname()[1] for each in sockets]


def _ask(port: int, header: bytes) -> bytes:
    answer = b""
    try:
        with socket.create_connection((HOST, port), timeout=1) as connection:
            connection.sendall(header)
            while b"</stream:features>" not in answer:
                data = connection.recv(4096)
                if not data:
                    break
                answer += data
    except OSError:
        return answer
    return answer
