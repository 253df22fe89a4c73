"""The program put together: bus, model, commands, widgets, and the terminal they are drawn on."""

import asyncio
import logging
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from typing import Any, Protocol

import urwid
from urwid.display.common import InputClosedError

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.tasks import Tasks
from primitivus.client.attach import Attach, GivenUp
from primitivus.client.client import Client
from primitivus.client.drafts import Drafts
from primitivus.client.outgoing import Outgoing
from primitivus.client.pages import Pages
from primitivus.client.reading import Reading
from primitivus.client.snapshot import Snapshot
from primitivus.client.sync import Sync
from primitivus.client.typing import Typing
from primitivus.commands.all import registry
from primitivus.commands.doorman import Doorman
from primitivus.commands.session import Session
from primitivus.config import Problem, Settings
from primitivus.keymaps.keymap import Binding
from primitivus.keymaps.load import load_keymap
from primitivus.model.area import Area
from primitivus.model.chat import Chat
from primitivus.model.clock import now_us
from primitivus.model.state import State
from primitivus.themes.colours import NickColours
from primitivus.themes.depth import colour_depth
from primitivus.themes.load import load_theme
from primitivus.themes.symbols import symbols_for
from primitivus.themes.theme import PaletteEntry
from primitivus.widgets.editor import edit
from primitivus.widgets.frames import Frames
from primitivus.widgets.keyboard import Keyboard
from primitivus.widgets.palette import Palette
from primitivus.widgets.scene import Scene
from primitivus.widgets.window import Window

log = logging.getLogger(__name__)

# The first frame waits so long for the first page, so that a quick start draws only once.
FIRST_FRAME_S = 0.5
# Quitting waits so long for drafts to be saved.
FAREWELL_S = 2.0


class Terminal(Protocol):
    """What the program needs of a terminal: a real one (widgets/tty.py), or a test's."""

    @property
    def size(self) -> tuple[int, int]: ...

    def register(self, palette: Iterable[PaletteEntry]) -> None: ...

    def start(self, on_keys: Callable[[list[str]], None]) -> None: ...

    def stop(self) -> None: ...

    def lent(self) -> AbstractContextManager[None]: ...

    def draw(self, canvas: urwid.Canvas) -> None: ...

    def clear(self) -> None: ...

    def suspend(self) -> None: ...

    def ring(self) -> None: ...

    def show_title(self, title: str) -> None: ...

    def copy(self, text: str) -> None: ...


class App:
    """One run of the terminal UI."""

    def __init__(
        self,
        settings: Settings,
        terminal: Terminal,
        *,
        wanted: str = "",
        encoding: str = "utf-8",
        problems: Sequence[Problem] = (),
    ) -> None:
        self.tasks = Tasks()
        self.state = State(now_us)
        self.client = Client()
        self._terminal = terminal
        self._encoding = encoding
        self._ended = asyncio.Event()
        self._is_filled = asyncio.Event()
        self._is_started = False
        self.sync = Sync(self.state, self._unseen)
        pages = Pages(self.client, self.state, self.tasks)
        self.reading = Reading(self.client, self.state, self.tasks)
        self.session = Session(
            state=self.state,
            client=self.client,
            pages=pages,
            drafts=Drafts(self.client, self.state, self.tasks),
            typing=Typing(self.client, self.tasks),
            outgoing=Outgoing(self.client, self.state),
            registry=registry(),
            settings=settings,
            screen=self,
        )
        self.attach = Attach(
            client=self.client,
            state=self.state,
            sync=self.sync,
            snapshot=Snapshot(self.client, self.state, self.sync, pages, self._after_snapshot),
            doorman=Doorman(self.session),
            tasks=self.tasks,
            wanted=wanted,
            asks_always=settings.ask_password == "always",
        )
        keymap, trouble = load_keymap(settings.keymap, self.session.registry)
        self.keyboard = Keyboard(self.session, keymap, self.tasks, after=self._typed, now_us=now_us)
        self.frames = Frames(self._draw)
        self._problems = [*problems, *trouble]
        self._dress(settings)
        view = self.state.view
        self.state.view = replace(
            view,
            is_modal=keymap.modal,
            mode="insert" if keymap.modal else view.mode,
            contacts=settings.contacts,
            timestamps=settings.timestamps,
            short_nicks=settings.short_nicks,
            offline=settings.offline_contacts,
            resources=settings.resources,
            statuses=settings.statuses,
        )
        self.state.changes.watch(self._changed)

    async def run(self) -> int:
        """Show the program until the user leaves; return its exit code.

        Raises LinkError when there is no bus or no backend to begin with, before anything is
        drawn, and UnknownProfileName.
        """
        asyncio.get_running_loop().set_exception_handler(self._went_wrong)
        try:
            await self.attach.first()
            attaching = self.tasks.start(self.attach.run(), name="attach")
            with suppress(TimeoutError):
                async with asyncio.timeout(FIRST_FRAME_S):
                    await self._first_page(attaching)
            self._open_screen()
            ended = self.tasks.start(self._ended.wait(), name="end")
            await asyncio.wait([attaching, ended], return_when=asyncio.FIRST_COMPLETED)
            await self._farewell()
            if attaching.done():
                return self._outcome(attaching)
            return 0
        finally:
            self._terminal.stop()
            self._is_started = False
            self.frames.cancel()
            await self.tasks.stop()
            await self.attach.close()

    # What commands want of the screen (commands/session.py).

    def scroll(self, rows: int) -> None:
        chat = self.state.chat
        if chat is not None:
            self.window.messages.scroll(chat, rows)
            self.state.changed(Area.MESSAGES)

    def page_rows(self) -> int:
        return self.window.messages.page()

    def contexts(self) -> tuple[str, ...]:
        return self.keyboard.contexts()

    def tables(self) -> tuple[str, ...]:
        return self.keyboard.tables()

    def bindings(self) -> Sequence[Binding]:
        return self.keyboard.keymap.bindings

    def apply(self, settings: Settings) -> None:
        keymap, trouble = load_keymap(settings.keymap, self.session.registry)
        self.keyboard.use(keymap)
        self._problems = trouble
        self._dress(settings)
        self.state.show(
            is_modal=keymap.modal,
            timestamps=settings.timestamps,
            short_nicks=settings.short_nicks,
            offline=settings.offline_contacts,
            resources=settings.resources,
            statuses=settings.statuses,
        )
        self._tell_problems()
        self.redraw()

    async def edit(self, text: str) -> str:
        try:
            return await edit(text, self._terminal.lent, self.session.settings.editor)
        finally:
            self.redraw()

    async def run_line(self, line: str) -> None:
        await self.keyboard.run_line(line)

    def copy(self, text: str) -> None:
        self._terminal.copy(text)

    def redraw(self) -> None:
        self._terminal.clear()
        self.frames.changed()

    def suspend(self) -> None:
        self._terminal.suspend()

    def quit(self) -> None:
        self._ended.set()

    def received(self, keys: list[str]) -> None:
        """Take keys from the terminal."""
        if "window resize" in keys:
            self._terminal.clear()
            self.frames.now()
        self.keyboard.feed([key for key in keys if key != "window resize"])

    def _dress(self, settings: Settings) -> None:
        """Load what decides how things look."""
        theme, trouble = load_theme(settings.theme)
        self._problems += trouble
        depth = colour_depth(settings.colours, os.environ)
        colours = NickColours(
            depth, theme.background, settings.colour_vision, enabled=settings.nick_colours
        )
        palette = Palette(self._terminal.register, theme, colours)
        symbols = symbols_for(settings.symbols, self._encoding)
        scene = Scene(self.state, settings, symbols, palette.nick_style)
        keys = self.keyboard.keymap.keys_for("help")
        self.window = Window(scene, keys[0] if keys else "")

    async def _first_page(self, attaching: "asyncio.Task[None]") -> None:
        """Return when the first screen is complete, or something has to be asked first."""
        ready = self._is_filled

        def look(area: Area) -> None:
            chat = self.state.chat
            has_page = chat is not None and chat.window.is_loaded
            if has_page or self.state.view.popup is not None:
                ready.set()

        undo = self.state.changes.watch(look)
        waiting = self.tasks.start(ready.wait(), name="first page")
        try:
            await asyncio.wait([waiting, attaching], return_when=asyncio.FIRST_COMPLETED)
        finally:
            undo()
            waiting.cancel()

    def _open_screen(self) -> None:
        self._is_started = True
        self._terminal.start(self.received)
        self._tell_problems()
        self.frames.now()

    def _tell_problems(self) -> None:
        for problem in self._problems:
            self.state.complain(str(problem))
        if len(self._problems) > 1:
            self.state.complain(
                f"{len(self._problems)} problems in files of yours: :messages tells"
            )
        self._problems = []

    def _changed(self, area: Area) -> None:
        if self._is_started:
            self.frames.changed()

    def _typed(self) -> None:
        """Draw at once what keys changed, if they changed anything."""
        if self._is_started:
            self.frames.now()

    def _draw(self) -> None:
        if not self._is_started:
            return
        self._terminal.show_title(self._title())
        self._terminal.draw(self.window.render(self._terminal.size, focus=True))
        self._after_frame()

    def _after_frame(self) -> None:
        """Mark as read what is seen now, and load what will be scrolled to."""
        chat = self.state.chat
        if chat is None or not self.window.has_messages:
            return
        if self.state.is_looked_at and not self.state.profile.is_locked:
            self.reading.shown(chat.peer, chat.shown_last)
        if not self.state.is_attached or self.state.profile.is_locked:
            return
        self._fill(chat)

    def _fill(self, chat: Chat) -> None:
        """Have pages loaded before they are scrolled to."""
        if not chat.window.is_loaded:
            self.session.pages.first(chat)
        else:
            messages = self.window.messages
            if messages.rows_above(chat, enough=2 * messages.page()) < 2 * messages.page():
                self.session.pages.older(chat)
            if chat.position is not None and messages.is_near_end(chat):
                self.session.pages.newer(chat)

    def _title(self) -> str:
        unread = self.state.conversations.unread()
        count = f"({unread}) " if unread and self.session.settings.title else ""
        return f"{count}primitivus {self.state.profile.name}".rstrip()

    def _unseen(self, peer: str) -> None:
        record = self.state.conversation(peer)
        if self.session.settings.bell and record.notify != "none" and self._is_started:
            self._terminal.ring()
            self.frames.changed()

    async def _after_snapshot(self) -> None:
        self._is_filled.set()
        self.reading.forget()
        await self.session.outgoing.repeat()
        await self.session.drafts.save_all()

    async def _farewell(self) -> None:
        self.session.typing.stopped()
        with suppress(TimeoutError, BackendError, LinkError):
            async with asyncio.timeout(FAREWELL_S):
                await self.session.drafts.save_all()

    def _went_wrong(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Log what nobody caught, and say so where the user looks."""
        error = context.get("exception")
        if isinstance(error, InputClosedError):
            # The terminal is gone, and SIGHUP did not end us: somebody had it ignored.
            self.quit()
            return
        log.error("%s", context.get("message"), exc_info=error)
        self.state.complain("this went wrong inside primitivus; its log file tells more")

    def _outcome(self, attaching: "asyncio.Task[None]") -> int:
        """Return the exit code of an end that is no quitting."""
        error = attaching.exception()
        if isinstance(error, GivenUp):
            return 0
        assert error is not None
        raise error
