"""The service manager's side of the daemon: sd_notify(3), its file descriptor store, credentials.

Any manager that speaks this will do, and none at all: then nothing is told, kept or given.
"""

import fcntl
import logging
import os
import socket
from collections.abc import Mapping, MutableMapping
from pathlib import Path

log = logging.getLogger(__name__)

_FIRST_DESCRIPTOR = 3  # sd_listen_fds(3)
_LARGEST_SECRET = 4096
_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


class ServiceManager:
    """Whoever started this process, and what it wants to know. Make one with `from_environment`."""

    def __init__(
        self, address: str, watchdog_s: float | None, kept: Mapping[str, bytes], credentials: str
    ) -> None:
        self.watchdog_s = watchdog_s  # at least this often `alive` has to be called
        self.kept = kept  # by name, what a predecessor had kept with `keep`
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._credentials = credentials

    @classmethod
    def from_environment(
        cls, environment: MutableMapping[str, str] = os.environ
    ) -> "ServiceManager":
        """Return what the environment says, taken out of it: children must not find it."""
        pid = str(os.getpid())
        watchdog_us = int(environment.pop("WATCHDOG_USEC", "0"))
        if environment.pop("WATCHDOG_PID", pid) != pid:
            watchdog_us = 0
        names = environment.pop("LISTEN_FDNAMES", "").split(":")
        count = int(environment.pop("LISTEN_FDS", "0"))
        if environment.pop("LISTEN_PID", "") != pid:
            count = 0
        return cls(
            address=environment.pop("NOTIFY_SOCKET", ""),
            # Half of the time is what sd_watchdog_enabled(3) advises.
            watchdog_s=watchdog_us / 2_000_000 or None,
            kept=_take(names[:count]),
            credentials=environment.get("CREDENTIALS_DIRECTORY", ""),
        )

    def ready(self, status: str) -> None:
        """Say that all is started; `status` is the one line that `systemctl status` shows."""
        self._tell(f"READY=1\nSTATUS={status}")

    def status(self, status: str) -> None:
        """Say in one line what is going on."""
        self._tell(f"STATUS={status}")

    def alive(self) -> None:
        """Say that the event loop turns."""
        self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """Say that the process is about to end."""
        self._tell("STOPPING=1")

    def keep(self, name: str, secret: bytes) -> None:
        """Have `secret` kept until the service is stopped, over crashes and restarts.

        `name` has at most 255 ASCII characters, and no colon. What had the name before is dropped.
        """
        self.forget(name)
        descriptor = os.memfd_create(name, os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            os.write(descriptor, secret)
            fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
            self._tell(f"FDSTORE=1\nFDNAME={name}\nFDPOLL=0", descriptor)
        finally:
            os.close(descriptor)

    def forget(self, name: str) -> None:
        """Have what is kept under `name` dropped."""
        self._tell(f"FDSTOREREMOVE=1\nFDNAME={name}")

    def credential(self, profile: str) -> str | None:
        """Return the password given for the profile of this name, if there is one."""
        if not self._credentials or "/" in profile or "\0" in profile:
            return None
        try:
            text = Path(self._credentials, f"profile_{profile}").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            log.warning("the credential of a profile can't be read: %s", type(error).__name__)
            return None
        # An editor ends a file with a new line; a password never does.
        return text.removesuffix("\n")

    def _tell(self, message: str, descriptor: int | None = None) -> None:
        if not self._address:
            return
        files = [] if descriptor is None else [descriptor]
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as to:
                to.connect(self._address)
                socket.send_fds(to, [message.encode()], files)
        except ConnectionRefusedError:
            # Whoever started us only waited until we were ready.
            log.debug("nobody wants to be told any more")
        except OSError as error:
            # It must never be the reason for a daemon to end; systemd itself notices silence.
            log.warning("the service manager can't be told: %s", error.strerror)


def _take(names: list[str]) -> dict[str, bytes]:
    kept = {}
    for descriptor, name in enumerate(names, start=_FIRST_DESCRIPTOR):
        try:
            kept[name] = os.pread(descriptor, _LARGEST_SECRET, 0)
        except OSError as error:
            log.warning("something kept can't be read: %s", error.strerror)
        finally:
            os.close(descriptor)
    return kept
