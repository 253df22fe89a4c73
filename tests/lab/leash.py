"""Has what tests start end with them, also where they are killed and can end nothing themselves.

A shell beside them waits for the end of a pipe, which the kernel closes with this process, however
it ends. (The signal that the kernel sends at the death of a parent comes with that of its thread.)
"""

import atexit
import os
import subprocess
import threading

_WATCH = """
held=" "
while read -r what pid; do
  case $what in
    hold) held="$held$pid " ;;
    release) held="${held%%" $pid "*} ${held#*" $pid "}" ;;
  esac
done
for pid in $held; do kill -9 "-$pid"; done
"""

_lock = threading.Lock()
_held: set[int] = set()
_watches: list["subprocess.Popen[bytes]"] = []


def hold(pid: int) -> None:
    """Have this leader of a session killed, with what it has started, once this process is gone."""
    with _lock:
        _held.add(pid)
        _tell("hold", pid)


def release(pid: int) -> None:
    """Forget one that has ended: another may get its number."""
    with _lock:
        if pid in _held:
            _held.remove(pid)
            _tell("release", pid)


def _tell(what: str, pid: int) -> None:
    if not _watches:
        _watches.append(_start())
    pipe = _watches[0].stdin
    assert pipe is not None
    os.write(pipe.fileno(), f"{what} {pid}\n".encode())


def _start() -> "subprocess.Popen[bytes]":
    watch = subprocess.Popen(
        ["sh", "-c", _WATCH],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    atexit.register(watch.communicate)
    return watch
