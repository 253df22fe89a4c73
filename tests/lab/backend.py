"""A real `backendd` on a private bus with scratch directories: start, stop, kill, ask."""

import asyncio
import contextlib
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from backendd.api.link import Link
from backendd.api.names import BUS_NAME
from backendd.api.tasks import Tasks
from tests.lab import leash
from tests.lab.patience import PATIENCE_S
from tests.lab.scratch import Scratch


class Backend:
    """The daemon of one scratch home; it may be started again after it ended."""

    def __init__(self, scratch: Scratch, bus_address: str) -> None:
        self.scratch = scratch
        self.env = {**scratch.env, "DBUS_SESSION_BUS_ADDRESS": bus_address}
        self._bus_address = bus_address
        self._process: asyncio.subprocess.Process | None = None
        self._log_file = scratch.root / "backendd.log"

    @property
    def pid(self) -> int:
        """The process id; it has to run."""
        assert self._process is not None
        return self._process.pid

    @property
    def database(self) -> Path:
        """Where its database is, once it was started."""
        return Path(self.env["XDG_DATA_HOME"], "primitivus", "backendd.db")

    @property
    def log(self) -> str:
        """All it has logged since the first start."""
        return self._log_file.read_text(errors="replace") if self._log_file.exists() else ""

    async def start(self, *, before: Sequence[str] = ()) -> None:
        """Run `backendd fg`, by the command `before` if given; return when its name is there."""
        with self._log_file.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(*before, sys.executable, "-m", "backendd", "fg"),
                env=self.env,
                cwd=self.scratch.root,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        leash.hold(self._process.pid)
        # Whichever comes first: the name, or the end of a daemon that can't start.
        tasks = Tasks()
        ended = tasks.start(self._process.wait(), name="ended")
        owned = tasks.start(wait_for_name(self._bus_address, BUS_NAME), name="owned")
        try:
            await asyncio.wait(
                (ended, owned), timeout=PATIENCE_S, return_when=asyncio.FIRST_COMPLETED
            )
            if ended.done():
                raise AssertionError(f"backendd ended with {ended.result()}:\n{self.log[-4000:]}")
            if not owned.done():
                raise AssertionError(f"backendd doesn't take its name:\n{self.log[-4000:]}")
            await owned
        finally:
            await tasks.stop()

    async def stop(self) -> int:
        """End it in its own time (SIGTERM); return its exit code."""
        return await self._end(signal.SIGTERM)

    async def end_by(self, number: int) -> int:
        """End it by a signal; return its exit code."""
        return await self._end(signal.Signals(number))

    async def kill(self) -> int:
        """End it as a crash would (kill -9)."""
        return await self._end(signal.SIGKILL)

    async def run(self, *arguments: str, given: str = "") -> tuple[int, str, str]:
        """Run the command `backendd ARGUMENTS`; return exit code, output and errors."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "backendd", *arguments),
            env=self.env,
            cwd=self.scratch.root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        output, errors = await process.communicate(given.encode())
        assert process.returncode is not None
        return process.returncode, output.decode(), errors.decode()

    async def add_profile(
        self,
        name: str,
        jid: str,
        xmpp_password: str,
        profile_password: str = "",
        *,
        port: int,
        ca_file: Path,
    ) -> None:
        """Make a profile for an account of a server on loopback."""
        code, output, errors = await self.run(
            *("profile", "add", name, jid),
            *("--host", "127.0.0.1", "--port", str(port), "--ca-file", str(ca_file)),
            given=f"{xmpp_password}\n{profile_password}\n",
        )
        assert code == 0, f"profile add ended with {code}: {output}{errors}\n{self.log[-2000:]}"

    async def _end(self, how: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(how)
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
            raise AssertionError(f"backendd doesn't stop:\n{self.log[-4000:]}") from None
        finally:
            leash.release(process.pid)


async def wait_for_name(bus_address: str, name: str) -> None:
    """Return once somebody owns `name` on the bus."""
    link = await Link.open(bus_address)
    owned = asyncio.Event()
    link.watch_name(name, lambda owner: owned.set() if owner else None)
    try:
        await owned.wait()
    finally:
        await link.close()
