"""`backendd stop`."""

import os
import select
import signal

from backendd.cli.backend import session_bus
from backendd.cli.failure import DONE, CommandFailed

_PATIENCE_S = 30.0


def stop() -> int:
    """End the backend and wait until it has; one that doesn't run is as well."""
    with session_bus() as bus:
        pid = bus.pid()
        if pid is None:
            print("it was not running")
            return DONE
        try:
            process = os.pidfd_open(pid)
        except ProcessLookupError:
            return DONE
        try:
            # From here on the descriptor means one process, whoever gets its number later.
            if bus.pid() == pid:
                signal.pidfd_send_signal(process, signal.SIGTERM)
            _wait(process, pid)
        finally:
            os.close(process)
    return DONE


def _wait(process: int, pid: int) -> None:
    ended = select.poll()
    ended.register(process, select.POLLIN)
    if not ended.poll(_PATIENCE_S * 1000):
        raise CommandFailed(f"it was told to stop, but still runs (pid {pid}); its log may say why")
