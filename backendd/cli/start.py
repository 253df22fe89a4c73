"""`backendd` without a command: the backend in the background."""

import os
import re
import select
import socket
import subprocess
import sys
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from backendd import config, directories
from backendd.cli import command, systemd
from backendd.cli.backend import session_bus
from backendd.cli.failure import DONE, FAILED, CommandFailed
from backendd.store.directory import holder

_PATIENCE_S = 60.0
# A frontend that waits for us waits for twice as long.
_OTHERS_S = 10.0
_LARGEST_LOG = 1024 * 1024
_KNOWN_CODES = (4, 78)
# As `backendd fg` ends with a sentence, and as its log has it.
_LAST_WORDS = re.compile(rb"^(?:\S+ \S+ CRITICAL \S+|backendd): (.*)$", re.MULTILINE)
_ERRORS = re.compile(rb"^\S+ \S+ ERROR +\S+ (.*)$", re.MULTILINE)


def start(given: Path | None) -> int:
    """Have a backend run, and return when it is ready."""
    if not ensure(given):
        print("it is running already")
    return DONE


def ensure(given: Path | None) -> bool:
    """Have a backend run that is ready; return whether it had to be started."""
    config.load(given)
    with session_bus() as bus:
        if bus.pid() is not None:
            return False
        try:
            _begin(given)
        except CommandFailed:
            # Who has begun at the same moment holds the data, and has its name in a moment.
            if holder(directories.data()) is None or not bus.comes(_OTHERS_S):
                raise
            return False
    return True


def _begin(given: Path | None) -> None:
    # The unit reads the usual file: another one needs another process.
    if given is None and systemd.has_unit():
        _start_unit()
    else:
        _start_detached(given)


def _start_unit() -> None:
    started = systemd.systemctl("start", systemd.UNIT)
    if started.returncode == 0:
        return
    status = systemd.show("ExecMainStatus")
    code = int(status) if status.isdecimal() and int(status) in _KNOWN_CODES else FAILED
    hint = f"`journalctl --user -u {systemd.UNIT}` says why"
    raise CommandFailed(f"systemd could not start it; {hint}", code)


def _start_detached(given: Path | None) -> None:
    path = directories.state() / "backendd.log"
    with _open(path) as log, _Readiness() as readiness:
        before = log.tell()
        process = subprocess.Popen(
            command.foreground(given),
            env={**os.environ, "NOTIFY_SOCKET": readiness.address},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        if readiness.wait(process.pid):
            process.returncode = 0  # it goes on without us: no warning that nobody waits for it
            log.seek(before)
            _repeat_errors(log.read())
            return
        if process.poll() is None:
            process.returncode = 0
            raise CommandFailed(f"it is taking long to start; {path} may say why")
        log.seek(before)
        code = process.returncode if process.returncode > 0 else FAILED
        raise CommandFailed(_reason(log.read()) or f"it ended; {path} may say why", code)


class _Readiness:
    """Where a backend says that it is ready, the way it would say it to systemd."""

    def __enter__(self) -> "_Readiness":
        # A name in no directory: nothing to clean up, and no path that could be too long.
        name = f"primitivus-{token_hex(16)}"
        self.address = "@" + name
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        self._socket.bind("\0" + name)
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def wait(self, pid: int) -> bool:
        """Return whether the process says so; else it has ended, or patience has."""
        process = os.pidfd_open(pid)
        events = select.poll()
        events.register(self._socket, select.POLLIN)
        events.register(process, select.POLLIN)
        try:
            while ready := {descriptor for descriptor, _ in events.poll(_PATIENCE_S * 1000)}:
                if self._socket.fileno() not in ready:
                    return False
                if b"READY=1" in self._socket.recv(4096).splitlines():
                    return True
            return False
        finally:
            os.close(process)


def _open(path: Path) -> BinaryIO:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST_LOG:
            path.replace(path.with_suffix(".log.1"))
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND | os.O_CLOEXEC, 0o600)
        log = os.fdopen(descriptor, "r+b", buffering=0)
        log.seek(0, os.SEEK_END)
    except OSError as error:
        raise CommandFailed(f"its log {path} can't be written: {error.strerror}") from error
    return log


def _repeat_errors(written: bytes) -> None:
    """Print what went wrong though it started, as a damaged database that was set aside."""
    for said in _ERRORS.findall(written):
        print(f"backendd: {said.decode(errors='replace')}", file=sys.stderr)


def _reason(written: bytes) -> str:
    """Return the sentence that the ended process left in its log."""
    said = _LAST_WORDS.findall(written)
    return said[-1].decode(errors="replace") if said else ""
