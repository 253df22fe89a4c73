"""Command line of the demo: `--check` drives it by itself, in a pty of its own.

Exit codes: 0 done, 1 something failed (the last screen says where), 5 this is no terminal,
130 and the like for a signal.
"""

import argparse
import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from xdg_base_dirs import xdg_data_dirs, xdg_data_home

from tests.lab.backend import Backend
from tools.demo import LANGUAGE, script
from tools.demo.check import check
from tools.demo.stage import GUIDE, YOU, stage

_NO_TERMINAL = 5

# What tells a program of the terminal it is in, and how its user wants it used and to speak.
_TERMINAL = ("TMUX", "TMUX_PANE", "STY", "COLORFGBG", "NO_COLOR", "VISUAL", "EDITOR", "LC_MESSAGES")


def main() -> int:
    """Run the demo; return its exit code."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--check", action="store_true", help="drive it in a pty, for tests")
    is_check = parser.parse_args().check
    if not is_check and not (sys.stdin.isatty() and sys.stdout.isatty()):
        print("demo: this is no terminal; try `make demo CHECK=1`", file=sys.stderr)
        return _NO_TERMINAL
    directory = Path(tempfile.mkdtemp(prefix="primitivus-demo-"))
    try:
        return asyncio.run(_demo(directory, is_check=is_check))
    finally:
        shutil.rmtree(directory)


async def _demo(directory: Path, *, is_check: bool) -> int:
    signals: list[signal.Signals] = []
    this = asyncio.current_task()
    assert this is not None

    def leave(number: signal.Signals) -> None:
        signals.append(number)
        if len(signals) == 1:  # a second one must not disturb the leaving
            this.cancel()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, leave, number)
    try:
        with contextlib.suppress(BrokenPipeError):
            print("demo: starting a server, a bus and the backend, on this machine only ...")
        async with stage(directory) as backend:
            entrance = directory / script.ENTRANCE
            entrance.write_text(script.entrance(backend.env), encoding="utf-8")
            return await (check if is_check else _show)(backend, entrance)
    except asyncio.CancelledError:
        return 128 + signals[0] if signals else 1
    except AssertionError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1


async def _show(backend: Backend, entrance: Path) -> int:
    """Run the terminal UI here; return its exit code."""
    print(f"demo: to script it, in another terminal:\n{script.call(entrance, YOU, GUIDE)}")
    print(f"demo: to be somebody else as well:\n{script.second()}", flush=True)
    terminal = {name: os.environ[name] for name in _TERMINAL if name in os.environ}
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "primitivus"),
        env={**terminal, **_speaking(), **backend.env},
    )
    try:
        return await program.wait()
    except asyncio.CancelledError:
        with contextlib.suppress(ProcessLookupError):
            program.terminate()  # so that it leaves a clean terminal
        await program.wait()
        raise


def _speaking() -> dict[str, str]:
    """Return the language that was wanted, and where the user's translations are.

    The program looks for them in a home of its own, and the user's is one of many to it.
    """
    places = (xdg_data_home(), *xdg_data_dirs())
    return {"LANGUAGE": LANGUAGE, "XDG_DATA_DIRS": ":".join(map(str, places))}


if __name__ == "__main__":
    sys.exit(main())
