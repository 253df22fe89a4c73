"""The program from its first frame to its last."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.settings import Problem
from primitivus.app.display import Display
from primitivus.app.terminal import Terminal
from primitivus.client.door import GivenUp
from primitivus.client.engine import Engine
from primitivus.commands.doorman import Doorman
from primitivus.config import Settings

log = logging.getLogger(__name__)

# The first frame waits so long for the first page, so that a quick start draws only once.
FIRST_FRAME_S = 0.5
# What is typed is kept for it so long.
FIRST_KEYS_S = 2.5
# When the page is there, the rest of the first screen is at most so far behind.
REST_S = 0.05
# Quitting waits so long for messages and drafts to be at the backend.
FAREWELL_S = 2.0


class App:
    """One run of the terminal UI."""

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        terminal: Terminal,
        *,
        encoding: str = "utf-8",
        problems: Sequence[Problem] = (),
        address: str = "",
    ) -> None:
        self.engine = engine
        self._address = address
        self._ended = asyncio.Event()
        self.display = Display(
            engine, terminal, settings, encoding=encoding, on_quit=self.quit, problems=problems
        )
        engine.door.keep(Doorman(self.display.ctx))

    async def _open_address(self) -> None:
        """Open what was named at the start, once it is known who is whom."""
        if self._address:
            await self.engine.accounts.is_filled.wait()
            await self.display.run_line(f"open {self._address}")

    async def run(self) -> int:
        """Show the program until the user leaves; return its exit code.

        Raises LinkError when there is no bus or no backend to begin with, before anything is
        drawn, and an Ending with something to say.
        """
        asyncio.get_running_loop().set_exception_handler(self._went_wrong)
        attaching = self.engine.begin()
        ended = self.engine.tasks.start(self._ended.wait(), name="end")
        try:
            await self._either(self.engine.accounts.is_found.wait(), attaching, ended)
            self.engine.tasks.start(self._hold_keys(), name="first keys")
            if not attaching.done():
                self.display.take()
            with suppress(TimeoutError):
                async with asyncio.timeout(FIRST_FRAME_S):
                    await self._either(self._first_page(), attaching, ended)
            if not attaching.done():
                self.display.open()
                self.engine.tasks.start(self._open_address(), name="open address")
                await asyncio.wait([attaching, ended], return_when=asyncio.FIRST_COMPLETED)
                await self._farewell()
            return self._outcome(attaching)
        finally:
            self.display.close()
            await self.engine.stop()

    def quit(self) -> None:
        """End the program, after what was typed is at the backend."""
        self._ended.set()

    async def _either(
        self, awaited: Coroutine[Any, Any, object], *others: "asyncio.Task[Any]"
    ) -> None:
        """Return when `awaited` has come, or one of `others` has ended before."""
        task = self.engine.tasks.start(awaited, name="awaited")
        try:
            await asyncio.wait([task, *others], return_when=asyncio.FIRST_COMPLETED)
        finally:
            task.cancel()

    async def _first_page(self) -> None:
        """Return when the first screen is complete, or something has to be asked first."""
        await self.engine.state.changes.until(self._is_ready)
        with suppress(TimeoutError):
            async with asyncio.timeout(REST_S):
                await self.engine.accounts.is_filled.wait()

    def _is_ready(self) -> bool:
        state = self.engine.state
        pane = state.conversation
        is_loaded = pane is not None and pane.window.is_loaded
        return is_loaded or state.view.popup is not None or self.engine.accounts.is_filled.is_set()

    async def _hold_keys(self) -> None:
        """Keep what is typed early for the first screen: it is meant for what that shows."""
        with self.display.ctx.waiting.keys(FIRST_KEYS_S), suppress(TimeoutError):
            async with asyncio.timeout(FIRST_KEYS_S):
                await self._first_page()

    async def _farewell(self) -> None:
        with suppress(TimeoutError, BackendError, LinkError):
            async with asyncio.timeout(FAREWELL_S):
                await asyncio.gather(*(each.farewell() for each in self.engine.accounts))

    def _went_wrong(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Log what nobody caught, and say so where the user looks."""
        # Its message shows the arguments of callbacks, which may be what somebody wrote.
        log.error("something went wrong in the background", exc_info=context.get("exception"))
        self.engine.state.complain("something failed inside primitivus; its log file tells more")

    def _outcome(self, attaching: "asyncio.Task[Exception | None]") -> int:
        """Return the exit code; raise why attaching ended, if it did."""
        error = attaching.result() if attaching.done() and not attaching.cancelled() else None
        if error is not None and not isinstance(error, GivenUp):
            raise error
        return 0
