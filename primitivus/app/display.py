"""What the user sees: the window, its frames, and what is told outside of them."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace

from backendd.api.settings import Problem
from primitivus.app.alerts import AlertDisplay
from primitivus.app.away import FOCUS, Away
from primitivus.app.hours import Hours
from primitivus.app.looks import Looks
from primitivus.app.raising import Raising
from primitivus.app.terminal import Terminal
from primitivus.client.engine import Engine
from primitivus.keymaps.keymap import Keymap
from primitivus.model.area import Area
from primitivus.model.attention import is_used
from primitivus.model.files.pictures import Pictures
from primitivus.pictures.loader import Loader
from primitivus.themes.symbols import Symbols
from primitivus.widgets.frames import Frames
from primitivus.widgets.pointer import Pointer
from primitivus.widgets.scene import Scene
from primitivus.widgets.terminal import RELEASE, BackgroundColour, Graphics, Mouse
from primitivus.widgets.window import Window

_NO_KEYS = ("window resize", "background colour", "graphics")
# After a frame the keys have their turn before what may be looked at next is laid out.
_AHEAD_S = 0.02
# Changes that nobody waits for: they may come a tenth of a second later.
_LESSER = {
    Area.CONVERSATIONS,
    Area.PROGRESS,
    Area.ROSTER,
    Area.REQUESTS,
    Area.ROOMS,
    Area.TRANSFERS,
    Area.BLOGS,
    Area.PROFILE,
    Area.LINK,
}


class Display:
    """Draws the state as its settings say, and hands on what is typed."""

    def __init__(
        self,
        engine: Engine,
        terminal: Terminal,
        keymap: Keymap,
        *,
        encoding: str,
        problems: Iterable[Problem] = (),
        on_keys: Callable[[list[str]], None],
        on_lost: Callable[[], None],
    ) -> None:
        """`keymap` is the one whose keys are told of; `on_lost`: the terminal is gone.

        `problems` are those in files of the user's that were read.
        """
        self.terminal = terminal
        # What is wrong in files of the user's, until it is told.
        self.problems = list(problems)
        self._engine = engine
        self._state = engine.state
        self._keymap = keymap
        self._on_keys = on_keys
        self._on_lost = on_lost
        self._is_open = False
        self._ahead: asyncio.TimerHandle | None = None
        self._frames = Frames(self._draw)
        self._pointer = Pointer()
        self._raising = Raising()
        self._alerts = AlertDisplay(self._state, terminal, self._changed_late)
        self._away = Away(self._state)
        self._hours = Hours(self._state)
        pictures = Pictures()
        self._loader = Loader(pictures, engine.tasks, self._changed_late)
        self._scene: Scene
        self._looks = Looks(self._state, terminal, pictures, encoding)
        self.dress()
        self._state.changes.watch(self._changed)

    def take(self) -> None:
        """Take the terminal, which answers until there is something to draw."""
        self.terminal.start(self._received, self._on_lost)

    def open(self) -> None:
        """Draw the first frame."""
        self._is_open = True
        self._hours.start()
        self._alerts.open()
        self._frames.now()

    def close(self) -> None:
        """Give the terminal back."""
        self._is_open = False
        self._away.stop()
        self._hours.stop()
        self._frames.cancel()
        self._forget_ahead()
        self.terminal.stop()

    def symbols(self) -> Symbols:
        """Return the signs that are drawn with."""
        return self._looks.symbols()

    def theme(self) -> str:
        """Return the name of the theme that is drawn with."""
        return self._looks.theme

    def use(self, keymap: Keymap) -> None:
        """Tell of the keys of `keymap` from now on."""
        self._keymap = keymap
        keys = keymap.keys_for("help")
        self._scene = replace(self._scene, keymap=keymap)
        self._window = Window(self._scene, keys[0] if keys else "", self._pointer)
        self._state.show(is_modal=keymap.modal, quits_panes=keymap.quits_panes)

    def dress(self) -> None:
        """Load what decides how things look."""
        self.problems += self._dress()

    def _dress(self) -> list[Problem]:
        """Load it, and return what is wrong with it: nobody is told of what is only looked at."""
        scene, problems = self._looks.scene()
        self._scene = scene
        self.use(self._keymap)
        return problems

    def redraw(self) -> None:
        """Draw everything anew, soon."""
        self.terminal.clear()
        self._frames.changed()

    def draw_now(self) -> None:
        """Draw at once what has changed, once there is a first frame."""
        if self._is_open:
            self._frames.now()

    def _received(self, keys: list[str]) -> None:
        if "window resize" in keys:
            self._frames.now()
        for key in keys:
            if isinstance(key, Mouse):
                # What was seen there is meant, whatever other keys do before.
                key.spot = self._pointer.take(key)
            if isinstance(key, BackgroundColour | Graphics) and self._looks.told(key):
                self.dress()
                self.redraw()
        if typed := [key for key in keys if key not in _NO_KEYS and not _is_nothing(key)]:
            self._notice(typed)
            meant = [key for key in typed if not self._raising.is_only_that(key)]
            if pressed := [key for key in meant if key not in FOCUS]:
                self._frames.put_off()
                self._on_keys(pressed)

    def _notice(self, keys: list[str]) -> None:
        """Take note of who is here; what showed when they came, they have seen."""
        was_used = is_used(self._state)
        self._away.received(keys)
        if self._is_open and not was_used:
            self._after_frame()

    def _changed(self, area: Area) -> None:
        if self._is_open:
            self._frames.changed(is_awaited=area not in _LESSER)

    def _changed_late(self) -> None:
        """Draw what changed that nobody waits for."""
        if self._is_open:
            self._frames.changed(is_awaited=False)

    def _draw(self) -> None:
        if not self._is_open:
            return
        if self._looks.is_other:
            self._dress()
        size, window = self.terminal.size, self._window
        plan = window.measure(*size)
        self._alerts.draw()
        self.terminal.heed_mouse(is_on=self._state.settings.mouse)
        canvas = window.draw(plan) if plan else window.draw_too_small(*size)
        self.terminal.draw(canvas)
        self._loader.load(canvas.pictures)
        self._forget_ahead()
        self._ahead = asyncio.get_running_loop().call_later(_AHEAD_S, window.look_ahead)
        self._after_frame()

    def _forget_ahead(self) -> None:
        if self._ahead is not None:
            self._ahead.cancel()

    def _after_frame(self) -> None:
        """Mark as read what is seen now, and load what will be scrolled to."""
        state = self._state
        self._engine.frontend.drawn()
        if not state.is_attached:
            return
        for account in self._engine.accounts:
            if not account.known.is_locked:
                account.drawn()


def _is_nothing(key: str) -> bool:
    """Return whether a button was let go that held nothing."""
    return isinstance(key, Mouse) and key == RELEASE and key.spot is None
