"""What the user sees and presses: the window, its frames, and the keyboard."""

from collections.abc import Callable, Sequence

from backendd.api.settings import Problem
from primitivus.app.alerts import AlertDisplay
from primitivus.app.away import Away
from primitivus.app.hours import Hours
from primitivus.app.looks import Looks
from primitivus.app.terminal import Terminal
from primitivus.client.engine import Engine
from primitivus.commands.all import registry
from primitivus.commands.context import Context
from primitivus.config import Settings
from primitivus.keymaps.keymap import Binding
from primitivus.keymaps.load import keymap_names, load_keymap
from primitivus.model.area import Area
from primitivus.model.times import now_us
from primitivus.themes.symbols import Symbols
from primitivus.widgets.editor import edit
from primitivus.widgets.frames import Frames
from primitivus.widgets.keyboard import Keyboard
from primitivus.widgets.terminal import BackgroundColour
from primitivus.widgets.window import Window

# The settings that need more than to be drawn with.
_DRESS = ("keymap", "theme", "colours", "colour_vision", "nick_colours", "symbols")
_NO_KEYS = ("window resize", "background colour")
# Changes that nobody waits for: they may come a tenth of a second later.
_LESSER = {
    Area.CONVERSATIONS,
    Area.PROGRESS,
    Area.ROSTER,
    Area.REQUESTS,
    Area.ROOMS,
    Area.TRANSFERS,
    Area.PROFILE,
    Area.LINK,
}


class Display:
    """Draws the state and takes keys; it is what commands call the screen."""

    def __init__(
        self,
        engine: Engine,
        terminal: Terminal,
        settings: Settings,
        *,
        encoding: str,
        on_quit: Callable[[], None],
        problems: Sequence[Problem] = (),
    ) -> None:
        self._engine = engine
        self._state = engine.state
        self._terminal = terminal
        self._on_quit = on_quit
        self._is_open = False
        self._state.use_settings(settings)
        self.ctx = Context(
            state=engine.state,
            accounts=engine.accounts,
            registry=registry(),
            screen=self,
            saved=settings,
        )
        keymap, trouble = load_keymap(settings.keymap, self.ctx.registry)
        self._problems = [*problems, *trouble]
        self.keyboard = Keyboard(self.ctx, keymap, engine.tasks, after=self._typed, now_us=now_us)
        self._frames = Frames(self._draw)
        self._alerts = AlertDisplay(self._state, terminal, self._alerted)
        self._away = Away(self._state)
        self._hours = Hours(self._state)
        self._looks = Looks(self._state, terminal.register, encoding)
        self._dress()
        self._state.changes.watch(self._changed)

    def take(self) -> None:
        """Take the terminal, which answers until there is something to draw."""
        self._terminal.start(self._received, self._on_quit)

    def open(self) -> None:
        """Draw the first frame."""
        self._is_open = True
        self._away.used()
        self._hours.start()
        self._alerts.open()
        self._tell_problems()
        self._frames.now()

    def close(self) -> None:
        """Give the terminal back."""
        self._is_open = False
        self._away.stop()
        self._hours.stop()
        self._frames.cancel()
        self._terminal.stop()

    def symbols(self) -> Symbols:
        return self._looks.symbols()

    def contexts(self) -> tuple[str, ...]:
        return self.keyboard.contexts()

    def tables(self) -> tuple[str, ...]:
        return self.keyboard.tables()

    def bindings(self) -> Sequence[Binding]:
        return self.keyboard.keymap.bindings

    def apply(self, name: str) -> None:
        settings = self._state.settings
        if name == "keymap":
            keymap, self._problems = load_keymap(settings.keymap, self.ctx.registry)
            self.keyboard.use(keymap)
        if name in _DRESS:
            self._dress()
            self.redraw()
        self._tell_problems()

    def keymaps(self) -> Sequence[str]:
        return keymap_names()

    async def edit(self, text: str) -> str:
        try:
            return await edit(text, self._terminal.lent, self.ctx.settings.editor)
        finally:
            self.redraw()

    async def run_line(self, line: str) -> None:
        await self.keyboard.run_line(line)

    async def copy(self, text: str) -> str:
        return await self._terminal.copy(text)

    def redraw(self) -> None:
        self._terminal.clear()
        self._frames.changed()

    def suspend(self) -> None:
        self._terminal.suspend()

    def quit(self) -> None:
        self._on_quit()

    def _dress(self) -> None:
        """Load what decides how things look."""
        scene, problems = self._looks.scene()
        self._problems += problems
        keymap = self.keyboard.keymap
        keys = keymap.keys_for("help")
        self._window = Window(scene, keys[0] if keys else "")
        self._state.show(is_modal=keymap.modal, quits_panes=keymap.quits_panes)

    def _tell_problems(self) -> None:
        for problem in self._problems:
            self._state.complain(str(problem), about="files")
        if len(self._problems) > 1:
            number = len(self._problems)
            self._state.complain(
                f"{number} problems in files of yours: :messages tells them", about="files"
            )
        self._problems = []

    def _received(self, keys: list[str]) -> None:
        if "window resize" in keys:
            self._terminal.clear()
            self._frames.now()
        for key in keys:
            if isinstance(key, BackgroundColour) and self._looks.told(key):
                self._dress()
                self.redraw()
        self._away.used()
        self.keyboard.feed([key for key in keys if key not in _NO_KEYS])

    def _changed(self, area: Area) -> None:
        if self._is_open:
            self._frames.changed(is_awaited=area not in _LESSER)

    def _alerted(self) -> None:
        if self._is_open:
            self._frames.changed(is_awaited=False)

    def _typed(self) -> None:
        """Draw at once what keys changed."""
        if self._is_open:
            self._frames.now()

    def _draw(self) -> None:
        if not self._is_open:
            return
        size, window = self._terminal.size, self._window
        plan = window.measure(*size)
        self._alerts.draw()
        self._terminal.draw(window.draw(plan) if plan else window.draw_too_small(*size))
        self._after_frame()

    def _after_frame(self) -> None:
        """Mark as read what is seen now, and load what will be scrolled to."""
        state = self._state
        self._engine.frontend.drawn()
        if not state.is_attached:
            return
        for account in self._engine.accounts:
            if not account.known.is_locked:
                account.drawn()
