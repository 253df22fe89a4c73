"""The program from its first frame to its last."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.settings import Problem
from primitivus.app import kept_sizes
from primitivus.app.display import Display
from primitivus.app.terminal import Terminal
from primitivus.client.door import GivenUp
from primitivus.client.engine import Engine
from primitivus.config import Settings
from primitivus.keymaps import load as keymaps
from primitivus.sentences import tr

if TYPE_CHECKING:
    from primitivus.app.controls import Controls

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
        on_given_back: Callable[[], None] = lambda: None,
    ) -> None:
        """`on_given_back` is called when the terminal is, and all else begins to end."""
        self.engine = engine
        # What the user does; there is none before the first screen.
        self.controls: Controls | None = None
        self._saved = settings
        self._address = address
        self._on_given_back = on_given_back
        self._typed_early: list[str] = []
        self._ended = asyncio.Event()
        engine.state.use_settings(settings)
        engine.state.layout.sizes = self._sizes = kept_sizes.read()
        self._keymap = keymaps.find(settings.keymap)
        self.display = Display(
            *(engine, terminal, keymaps.merge(self._keymap)[0]),
            encoding=encoding,
            problems=problems,
            on_keys=self._typed,
            on_lost=self.quit,
        )

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
            if not attaching.done():
                self.display.take()
            with suppress(TimeoutError):
                async with asyncio.timeout(FIRST_FRAME_S):
                    await self._first_screen(attaching, ended)
            if not attaching.done():
                self.display.open()
                self._take_control()
                await asyncio.wait([attaching, ended], return_when=asyncio.FIRST_COMPLETED)
                await self._farewell()
                await self._keep()
            return self._outcome(attaching)
        finally:
            self.display.close()
            self._on_given_back()
            await self.engine.stop()

    def quit(self) -> None:
        """End the program, after what was typed is at the backend."""
        self._ended.set()

    def _take_control(self) -> None:
        """Load what the user can do, and take what was typed meanwhile."""
        if self.controls is not None:
            return
        from primitivus.app.controls import Controls

        self.controls = controls = Controls(
            *(self.engine, self.display, self._keymap, self._saved), on_quit=self.quit
        )
        self.engine.tasks.start(self._hold_keys(controls), name="first keys")
        controls.keyboard.feed(self._typed_early)
        if self._address:
            self.engine.tasks.start(self._open_address(controls), name="open address")

    def _typed(self, keys: list[str]) -> None:
        if self.controls is None:
            self._typed_early += keys
        else:
            self.controls.keyboard.feed(keys)

    async def _open_address(self, controls: "Controls") -> None:
        """Open what was named at the start, once it is known who is whom."""
        await self.engine.accounts.is_filled.wait()
        await controls.run_line(f"open {self._address}")

    async def _either(
        self, awaited: Coroutine[Any, Any, object], *others: "asyncio.Task[Any]"
    ) -> None:
        """Return when `awaited` has come, or one of `others` has ended before."""
        task = self.engine.tasks.start(awaited, name="awaited")
        try:
            await asyncio.wait([task, *others], return_when=asyncio.FIRST_COMPLETED)
        finally:
            task.cancel()

    async def _first_screen(self, *endings: "asyncio.Task[Any]") -> None:
        """Return when the first screen is complete, or something has ended before."""
        asked = self.engine.tasks.start(self.engine.door.is_asked.wait(), name="asked")
        await self._either(self._first_page(), asked, *endings)
        if asked.done():
            # It is complete with what is asked, and that is for who takes keys.
            self._take_control()
            await self._either(self._first_page(), *endings)
        asked.cancel()

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

    async def _hold_keys(self, controls: "Controls") -> None:
        """Keep what is typed early for the first screen: it is meant for what that shows."""
        with controls.ctx.waiting.keys(FIRST_KEYS_S), suppress(TimeoutError):
            async with asyncio.timeout(FIRST_KEYS_S):
                await self._first_page()

    async def _farewell(self) -> None:
        with suppress(TimeoutError, BackendError, LinkError):
            async with asyncio.timeout(FAREWELL_S):
                await asyncio.gather(*(each.farewell() for each in self.engine.accounts))

    async def _keep(self) -> None:
        """Keep what was made of the layout, and for who wants to begin there where one is."""
        kept: list[Callable[[], None]] = []
        sizes = self.engine.state.layout.sizes
        if sizes != self._sizes:
            kept.append(partial(kept_sizes.write, sizes))
        if self.engine.state.settings.start == "last":
            from primitivus.app import last_place

            kept.append(partial(last_place.write, last_place.to_keep(self.engine.state)))
        if kept:
            from primitivus.client.apart import apart

            with suppress(TimeoutError):
                async with asyncio.timeout(FAREWELL_S):
                    await apart(lambda: [each() for each in kept])

    def _went_wrong(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Log what nobody caught, and say so where the user looks."""
        # Its message shows the arguments of callbacks, which may be what somebody wrote.
        log.error("something went wrong in the background", exc_info=context.get("exception"))
        self.engine.state.complain(
            tr("something failed inside primitivus; its log file tells more")
        )

    def _outcome(self, attaching: "asyncio.Task[Exception | None]") -> int:
        """Return the exit code; raise why attaching ended, if it did."""
        error = attaching.result() if attaching.done() and not attaching.cancelled() else None
        if error is not None and not isinstance(error, GivenUp):
            raise error
        return 0
