"""The screen: urwid's raw screen, drawing changed cells only and never blocking on the terminal."""

import os
import sys
from collections.abc import Hashable, Iterable
from functools import partial
from typing import Any, Protocol, TextIO

from primitivus.widgets.terminal import hyperlinks
from primitivus.widgets.terminal.cells import Run
from primitivus.widgets.terminal.hyperlinks import Linked
from primitivus.widgets.terminal.images import Held, Image
from primitivus.widgets.terminal.input import Input
from primitivus.widgets.terminal.multiplexers import to_the_outside
from primitivus.widgets.terminal.output import Output
from primitivus.widgets.terminal.painter import Painter
from primitivus.widgets.terminal.style import Style, from_attributes
from primitivus.widgets.terminal.taking import Settings
from primitivus.widgets.terminal.urwid_display import AttrSpec, LayeredAttr

# Nothing we write may wrap: the last column of the last row would scroll the screen, and a
# character wider than we think would push its neighbours to the next row.
WRAP_OFF = "\x1b[?7l"
WRAP_ON = "\x1b[?7h"
WHOLE_REGION = "\x1b[r"

# Which of a palette entry's specifications is meant for so many colours.
_SPECIFICATIONS = {16: 0, 1: 1, 88: 2, 256: 3, 2**24: 4}
_PATIENCE = 2.0


class Canvas(Protocol):
    """What is to be shown: rows of runs, as urwid's canvases have them."""

    @property
    def cursor(self) -> tuple[int, int] | None:
        """Column and row of the cursor; None for no cursor."""
        ...

    def rows(self) -> int: ...

    def content(self) -> Iterable[Iterable[Run]]: ...


class Screen(Input):
    """A drop-in for urwid's raw screen, for UTF-8 terminals; `Input` says what keys it gives."""

    def __init__(
        self,
        input: TextIO = sys.stdin,
        output: TextIO = sys.stdout,
        *,
        esc_is_meta: bool = True,
        settings: Settings | None = None,
    ) -> None:
        """Leave the terminal with `settings` in the end, by default with those it has."""
        self._terminal = output
        self._painter: Painter | None = None
        self._held = Held()
        # The entries of the palette that something was drawn in.
        self._drawn: set[Hashable] = set()
        self._output: Output | None = None
        self._queued: list[str] = []
        self._flushes = True
        self._late: tuple[tuple[int, int], Canvas] | None = None
        super().__init__(input, output, esc_is_meta=esc_is_meta, settings=settings)
        self._links = hyperlinks.has_them(self.term, os.environ)

    def queue(self, sequence: str) -> None:
        """Send `sequence` with the next frame; it must not move the cursor or change colours."""
        self._queued.append(sequence)

    def set_title(self, title: str | None) -> None:
        """Show `title`, or with None the terminal's own again, from the next frame on."""
        self._flushes = False
        try:
            super().set_title(title)
        finally:
            self._flushes = True

    def write(self, data: str) -> None:
        self._queued.append(data)

    def flush(self) -> None:
        if self._output is None or not self._flushes or not self._queued:
            return
        self._output.send("".join(self._queued))
        self._queued.clear()

    def draw_screen(self, size: tuple[int, int], canvas: Canvas) -> None:
        """Show `canvas`; while the terminal is busy, the last one given is shown once it is not."""
        if self._painter is None or self._output is None:
            raise RuntimeError("the screen has not been started")
        if size[1] != canvas.rows():
            raise ValueError(f"canvas has {canvas.rows()} rows, not {size[1]}")
        if self._resized:
            # Another canvas, in the new size, is on its way.
            return
        if self._output.is_busy:
            self._late = size, canvas
            return
        if canvas is not self._screen_buf_canvas:
            self._queued.append(self._painter.paint(size, canvas.content(), canvas.cursor))
            self._held.show(self._painter.images())
            # Urwid's cache of canvases lives as long as the screen holds this one.
            self._screen_buf_canvas = canvas  # type: ignore[assignment]  # it is not looked into
        self.flush()
        self._send_pictures()

    def _send_pictures(self) -> None:
        """Send what is due of pictures, for as long as the terminal takes it at once."""
        while (
            self._output is not None
            and self._painter is not None
            and not self._output.is_busy
            and (due := self._held.next() or self._painter.next_strip())
        ):
            self._output.send(due)

    def clear(self) -> None:
        """Draw everything anew next time."""
        self._screen_buf_canvas = None
        if self._painter is not None:
            self._painter.forget()

    def renew(self) -> None:
        """Draw everything anew next time, and give the terminal its pictures anew."""
        self.clear()
        self._held.forget()

    def _draw_late(self) -> None:
        late, self._late = self._late, None
        if late is not None and self._started:
            self.draw_screen(*late)
        self.flush()
        self._send_pictures()

    def _style_of(self, attribute: Hashable) -> Style:
        if isinstance(attribute, Style):
            return attribute
        if isinstance(attribute, Image):
            return attribute.style
        if isinstance(attribute, Linked):
            style = self._style_of(attribute.style)
            return style._replace(link=hyperlinks.opening(attribute.address) if self._links else "")
        layers = attribute.layers if isinstance(attribute, LayeredAttr) else (attribute,)
        self._drawn.update(layers)
        return from_attributes(
            self.resolve_attr(attribute, _SPECIFICATIONS[self.colors]),
            bright_is_bold=self.fg_bright_is_bold,
            bright_is_blink=self.bg_bright_is_blink,
        )

    def _on_update_palette_entry(self, name: Hashable, *attrspecs: AttrSpec) -> None:
        super()._on_update_palette_entry(name, *attrspecs)
        # Each colour of a person is another entry, and nothing shows it yet.
        if self._painter is not None and name in self._drawn:
            self._painter.restyle()

    def _start(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (urwid's own)
        self._output = Output(self._terminal.fileno(), self._draw_late)
        self._painter = Painter(self._style_of, erases_background=self.back_color_erase)
        self._held = Held(partial(to_the_outside, environ=os.environ))
        self._screen_buf_canvas = None
        super()._start(*args, **kwargs)
        self.write(WRAP_OFF)
        self.flush()

    def _stop(self) -> None:
        assert self._output is not None
        # What was queued for the next frame is none of it.
        self.flush()
        self._output.begin_farewell()
        # These belong to the alternate screen on some terminals, so before it is left.
        self.write(self._held.end() + WHOLE_REGION + WRAP_ON)
        try:
            super()._stop()
        finally:
            self._output.close(_PATIENCE)
            self._output = self._painter = self._late = None
