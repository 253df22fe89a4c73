"""The real terminal: keys from it, frames to it, and giving it back clean whatever happens."""

import os
import signal
import termios
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, cast

from primitivus.sentences import tr
from primitivus.themes.theme import PaletteEntry
from primitivus.widgets.drawing.canvas import RowsCanvas
from primitivus.widgets.terminal import Attention, Graphics, Screen, tmux
from primitivus.widgets.terminal.clipboard import sequence
from primitivus.widgets.terminal.loop import Loop
from primitivus.widgets.terminal.multiplexers import is_tmux
from primitivus.widgets.terminal.taking import Settings
from primitivus.widgets.terminal.urwid_display import INPUT_DESCRIPTORS_CHANGED, signals

if TYPE_CHECKING:
    from urwid import EventLoop

Keys = Callable[[list[str]], None]

_DEPTHS: dict[int, Literal[1, 16, 256, 16777216]] = {1: 1, 16: 16, 256: 256, 1 << 24: 16777216}


class Tty:
    """A terminal on our standard input and output."""

    def __init__(self, *, settings: Settings | None = None) -> None:
        """Leave the terminal with `settings` in the end, by default with those it has."""
        self._screen = Screen(settings=settings)
        self._attention = Attention(self._screen, os.environ)
        self._loop: EventLoop | None = None
        self._on_keys: Keys = lambda keys: None
        self._on_lost: Callable[[], None] = lambda: None
        self._beyond = tmux.Beyond(lambda graphics: self._on_keys([graphics]))
        self._screen.on_hang_up = self._lost
        # Whether another program has the terminal, and its keys.
        self.is_lent = False
        self._is_over = False

    @property
    def size(self) -> tuple[int, int]:
        return self._screen.get_cols_rows()

    def register(self, palette: Iterable[PaletteEntry]) -> None:
        """Say how the styles look."""
        for entry in palette:
            self._screen.register_palette_entry(*entry)

    def use_colours(self, depth: int) -> None:
        """Draw with so many colours (themes/depth.py)."""
        self._screen.set_terminal_properties(colors=_DEPTHS[depth])

    def start(self, on_keys: Keys, on_lost: Callable[[], None]) -> None:
        """Take the terminal over; keys go to `on_keys`, "window resize" among them.

        `on_lost` is called when the terminal is gone: SIGHUP may have been ignored.
        """
        self._on_keys = on_keys
        self._on_lost = on_lost
        self._loop = cast("EventLoop", Loop())
        signals.connect_signal(self._screen, INPUT_DESCRIPTORS_CHANGED, self._rehook)
        self._screen.start()
        self._take_signal_keys()

    def stop(self) -> None:
        """Give the terminal back as it was, for good."""
        self._is_over = True
        self._give_back()

    def _give_back(self) -> None:
        self._beyond.stop()
        if not self._screen.started:
            return
        signals.disconnect_signal(self._screen, INPUT_DESCRIPTORS_CHANGED, self._rehook)
        if self._loop is not None:
            self._screen.unhook_event_loop(self._loop)
        self._screen.stop()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Give the terminal to another program for a while.

        Its keys that send signals are for that program: here they do nothing meanwhile.
        """
        self._give_back()
        self.is_lent = True
        try:
            with _quit_key_unheard():
                yield
        finally:
            self.is_lent = False
            if not self._is_over:
                self._take_back()

    def _take_back(self) -> None:
        try:
            self.start(self._on_keys, self._on_lost)
        except (OSError, termios.error):
            # It went away while the other program had it.
            self._lost()

    def draw(self, canvas: RowsCanvas) -> None:
        if self._screen.started:
            self._screen.draw_screen((canvas.cols(), canvas.rows()), canvas)

    def clear(self) -> None:
        """Draw everything anew with the next frame."""
        self._screen.renew()

    def suspend(self) -> None:
        """Stop the shell's job that we are part of, as C-z does; return when it goes on."""
        with self.lent():
            os.kill(0, signal.SIGTSTP)
        self._on_keys(["window resize"])

    def ring(self) -> None:
        self._attention.ring()

    def notify(self, summary: str, body: str) -> None:
        self._attention.notify(summary, body)

    def show_title(self, title: str) -> None:
        self._attention.show_title(title)

    def heed_mouse(self, *, is_on: bool) -> None:
        """Have presses and the wheel come as keys, or leave the mouse to the terminal."""
        if self._screen.started:
            self._screen.set_mouse_tracking(is_on)

    async def copy(self, text: str) -> str:
        """Copy `text` as far as this terminal can; return in a few words how far it got."""
        if is_tmux(os.environ) and await tmux.buffer(text):
            return tr("copied into tmux's buffer")
        self._screen.queue(sequence(text, self._screen.term, os.environ))
        return tr("sent to the terminal, for its clipboard")

    def _rehook(self) -> None:
        if self._loop is None:
            return
        self._screen.unhook_event_loop(self._loop)
        self._screen.hook_event_loop(self._loop, self._received)

    def _received(self, keys: list[Any], raw: list[int]) -> None:
        if "window resize" in keys:
            # After a stop and continue the terminal's own settings are back.
            self._take_signal_keys()
        if is_tmux(os.environ):
            for key in keys:
                if isinstance(key, Graphics):
                    self._beyond.look(key)
            keys = [key for key in keys if not isinstance(key, Graphics)]
        self._on_keys(keys)

    def _lost(self) -> None:
        # What has ended is always ready to be read: not again.
        if self._loop is not None:
            self._screen.unhook_event_loop(self._loop)
            self._loop = None
        self._on_lost()

    def _take_signal_keys(self) -> None:
        """Have C-c, C-z, C-s and their like come as keys."""
        self._screen.tty_signal_keys(*("undefined",) * 5)


@contextmanager
def _quit_key_unheard() -> Iterator[None]:
    """Have SIGQUIT do nothing here; a program that is begun meanwhile has its default."""
    if signal.getsignal(signal.SIGQUIT) is not signal.SIG_DFL:
        yield
        return
    # A handler rather than that it is ignored, which the program would inherit.
    signal.signal(signal.SIGQUIT, lambda number, frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGQUIT, signal.SIG_DFL)
