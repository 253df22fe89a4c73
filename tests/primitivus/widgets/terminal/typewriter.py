"""A tiny application on our screen, for tests to run in a real pty: it shows the keys it gets."""

import asyncio
import sys

import urwid

from primitivus.widgets.terminal import Attention, Graphics, Paste, Screen

# The entry of the palette that a key changes, and how.
_COLOURED = {
    "c": ("bar", "black", "dark green"),
    "n": ("shown before it is known", "white", "dark red"),
}


class Typewriter(urwid.WidgetWrap):
    """The keys so far, newest last; some do something."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._attention = Attention(screen, {})
        self._text = urwid.Text("ready")
        self._graphics = Graphics()
        early = urwid.Text(("shown before it is known", "early"))
        super().__init__(urwid.Pile([urwid.Filler(self._text), ("pack", early)]))

    def selectable(self) -> bool:
        return True

    def keypress(self, size, key):
        if key == "q":
            raise urwid.ExitMainLoop
        if isinstance(key, Graphics):
            self._graphics = key
            return
        if key == "g":
            shown = self._graphics
            key = f"kitty={shown.kitty} sixel={shown.sixel} cell={shown.cell and tuple(shown.cell)}"
        if key == "r":
            self._attention.ring()
            self._attention.show_title("(1) typewriter")
        if key == "m":
            self._screen.esc_is_meta = not self._screen.esc_is_meta
        if key in _COLOURED:
            self._screen.register_palette_entry(*_COLOURED[key])
        if key == "x":
            raise ValueError("as asked")
        shown = f"paste {key.text!r}" if isinstance(key, Paste) else key
        self._text.set_text(f"{self._text.text} <{shown}>")


def main() -> None:
    urwid.set_encoding("utf-8")
    screen = Screen()
    screen.register_palette([("bar", "white", "dark blue")])
    loop = asyncio.new_event_loop()
    typewriter = urwid.AttrMap(Typewriter(screen), "bar")
    try:
        urwid.MainLoop(
            typewriter, screen=screen, event_loop=urwid.AsyncioEventLoop(loop=loop)
        ).run()
    except ValueError as error:
        sys.stdout.write(f"failed: {error}\n")
    finally:
        loop.close()
    sys.stdout.write("left cleanly\n")


if __name__ == "__main__":
    main()
