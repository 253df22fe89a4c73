"""A private session bus: a real dbus-daemon of one test, on a socket of its own."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.lab import leash

_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>{address}</listen>
  <auth>EXTERNAL</auth>
  {services}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
  <limit name="max_incoming_bytes">1000000000</limit>
  <limit name="max_outgoing_bytes">1000000000</limit>
  <limit name="max_message_size">1000000000</limit>
  <limit name="max_replies_per_connection">50000</limit>
  <limit name="max_match_rules_per_connection">50000</limit>
  <limit name="service_start_timeout">90000</limit>
</busconfig>
"""


class PrivateBus:
    """A bus below `directory`; what it can start is in `services`, activation files."""

    def __init__(
        self,
        directory: Path,
        *,
        services: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        """Prepare a bus; entering starts it. What it starts has its environment, `env`."""
        self.directory = directory
        self.socket = directory / "bus"
        self.address = f"unix:path={self.socket}"
        self._services = f"<servicedir>{services}</servicedir>" if services else ""
        self._env = env
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process id of the daemon; it has to run."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Return when it takes connections."""
        self.directory.mkdir(parents=True, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        configuration = self.directory / "bus.conf"
        configuration.write_text(
            _CONFIGURATION.format(address=self.address, services=self._services)
        )
        with (self.directory / "bus.log").open("ab") as log:
            self._process = subprocess.Popen(
                ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address=1"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                env=self._env,
                start_new_session=True,
            )
        leash.hold(self._process.pid)
        assert self._process.stdout is not None
        if not self._process.stdout.readline():
            self.kill()
            raise AssertionError(f"dbus-daemon does not start: {_end_of(self.directory)}")

    def kill(self) -> None:
        """End it as a crash would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it."""
        self._end(signal.SIGTERM)

    def pause(self) -> None:
        """Let it take nothing until `resume`."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        os.kill(self.pid, signal.SIGCONT)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGCONT)
            os.kill(self.pid, how)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process.wait(timeout=60)
        leash.release(self._process.pid)
        self._process = None


def _end_of(directory: Path) -> str:
    return (directory / "bus.log").read_text(errors="replace")[-1000:]
