"""A real Prosody on loopback: own certificate authority, accounts, free ports, no limits.

Everything it writes is below one directory. It may be killed and started again: ports, data
and certificates stay the same. The calls block (a start takes about half a second): inside a
running loop go through `asyncio.to_thread`.
"""

import contextlib
import hashlib
import hmac
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.lab.authority import Authority
from tests.lab.patience import PATIENCE_S

HOST = "127.0.0.1"
DOMAIN = "x.localhost"
ACCOUNTS = ("alice", "bob", "carol", "dave")
_ITERATIONS = 4096

MODULES = [
    *("admin_socket", "blocklist", "bookmarks", "carbons", "csi_simple", "disco", "http"),
    *("lastactivity", "mam", "offline", "pep", "ping", "private", "register", "roster"),
    *("saslauth", "smacks", "time", "tls", "uptime", "vcard4", "vcard_legacy", "version"),
]


class Prosody:
    """One server for `domain` with `accounts`, whose passwords are `pw-NAME`."""

    def __init__(
        self,
        directory: Path,
        *,
        domain: str = DOMAIN,
        accounts: Iterable[str] = ACCOUNTS,
        without: Iterable[str] = (),
        extra: Iterable[str] = (),
        settings: str = "",
        components: bool = False,
        authority: Authority | None = None,
    ) -> None:
        """Prepare a server; `without` and `extra` name modules, `settings` is Lua to add."""
        self.directory = directory
        self.domain = domain
        self.port, self.direct_tls_port, self.http_port, self.proxy_port = free_ports(4)
        self.authority = authority or Authority(directory / "ca")
        self.ca_file = self.authority.ca_file
        self._settings = settings
        self._components = components
        self._modules = [name for name in (*MODULES, *extra) if name not in set(without)]
        self._process: subprocess.Popen[bytes] | None = None
        self.authority.issue(directory / "certs", domain)
        for account in accounts:
            self.add_account(account)
        self._configure()

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process else None

    @property
    def log_file(self) -> Path:
        """What the server says of itself."""
        return self.directory / "prosody.log"

    def jid(self, account: str) -> str:
        """Return the address of `account`."""
        return f"{account}@{self.domain}"

    def password(self, account: str) -> str:
        """Return the password of `account`."""
        return f"pw-{account}"

    def add_account(self, account: str, password: str = "") -> None:
        """Store an account, also while the server runs."""
        # prosodyctl takes a third of a second for each; the format is stable and small.
        folder = self.directory / "data" / _escape(self.domain) / "accounts"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{_escape(account)}.dat"
        path.write_text(_credentials(password or self.password(account)))

    def start(self) -> Self:
        """Start the server and return once it takes logins."""
        if self._process is not None:
            raise RuntimeError("this Prosody runs already")
        config = self.directory / "prosody.cfg.lua"
        with (self.directory / "output.log").open("ab") as output:
            self._process = subprocess.Popen(
                [shutil.which("prosody") or "/usr/bin/prosody", "--config", str(config), "-F"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self._await_features()
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

    def shell(self, command: str) -> str:
        """Return what `prosodyctl shell COMMAND` prints."""
        config = self.directory / "prosody.cfg.lua"
        done = subprocess.run(
            ["prosodyctl", "--config", str(config), "shell", command],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        return done.stdout + done.stderr

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

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
        output = (self.directory / "output.log").read_text(errors="replace")[-2000:]
        self.kill()
        raise RuntimeError(f"Prosody doesn't start: {output}")

    def _configure(self) -> None:
        directory = self.directory
        modules = "; ".join(f'"{name}"' for name in self._modules)
        text = f"""
run_as_root = true
pidfile = "{directory}/prosody.pid"
data_path = "{directory}/data"
certificates = "{directory}/certs"
ssl = {{
  certificate = "{directory}/certs/{self.domain}.crt";
  key = "{directory}/certs/{self.domain}.key";
}}
interfaces = {{ "{HOST}" }}
c2s_ports = {{ {self.port} }}
c2s_direct_tls_ports = {{ {self.direct_tls_port} }}
c2s_direct_tls_interfaces = {{ "{HOST}" }}
s2s_ports = {{ }}
http_ports = {{ {self.http_port} }}
http_interfaces = {{ "{HOST}" }}
https_ports = {{ }}
proxy65_ports = {{ {self.proxy_port} }}
admin_socket = "{directory}/prosody.sock"
authentication = "internal_hashed"
c2s_require_encryption = true
{self._stanza_limit()}
archive_expires_after = "never"
allow_registration = true
modules_enabled = {{ {modules} }}
modules_disabled = {{ "s2s" }}
log = {{ info = "{directory}/prosody.log" }}
{self._settings}
VirtualHost "{self.domain}"
"""
        if self._components:
            text += _COMPONENTS.format(domain=self.domain, http_port=self.http_port)
        (directory / "prosody.cfg.lua").write_text(text)

    def _stanza_limit(self) -> str:
        # Once: Prosody fails over an option that is set twice in a file with a long path.
        name = "c2s_stanza_size_limit"
        return "" if name in self._settings else f"{name} = 4*1024*1024"


_COMPONENTS = """
Component "conference.{domain}" "muc"
  modules_enabled = {{ "muc_mam" }}
  muc_log_by_default = true
  restrict_room_creation = false
Component "upload.{domain}" "http_file_share"
  http_host = "127.0.0.1"
  http_external_url = "http://127.0.0.1:{http_port}/"
  http_file_share_size_limit = 100*1024*1024
Component "pubsub.{domain}" "pubsub"
  add_permissions = {{ ["prosody:registered"] = {{ "pubsub:create-node" }} }}
Component "proxy.{domain}" "proxy65"
  proxy65_address = "127.0.0.1"
"""


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


def _credentials(password: str) -> str:
    salt = os.urandom(16).hex()
    salted = hashlib.pbkdf2_hmac("sha1", password.encode(), salt.encode(), _ITERATIONS)
    client_key = hmac.digest(salted, b"Client Key", "sha1")
    stored_key = hashlib.sha1(client_key, usedforsecurity=False).hexdigest()
    server_key = hmac.digest(salted, b"Server Key", "sha1").hex()
    return (
        f'return {{ ["salt"] = "{salt}"; ["iteration_count"] = {_ITERATIONS};'
        f' ["stored_key"] = "{stored_key}"; ["server_key"] = "{server_key}"; }};\n'
    )


def _escape(name: str) -> str:
    return "".join(
        char if char.isascii() and char.isalnum() else "".join(f"%{b:02x}" for b in char.encode())
        for char in name
    )
