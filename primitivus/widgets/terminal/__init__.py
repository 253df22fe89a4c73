"""The terminal: a screen for urwid that sends only what changed, and calls for attention.

`screen` puts frames of cells side by side: what moved is scrolled (`scroll`), what is different is
written (`painter`, `pen`). What comes is taken before anybody reads (`taking`), and split into
keys, pastes and answers of the terminal by a grammar of its own (`sequences`, `input`, `keys`), for
urwid knows no answers, and takes Enter and C-j for one key. What the mouse does are keys as well
(`mouse`).
"""

from primitivus.widgets.terminal.answers import BackgroundColour
from primitivus.widgets.terminal.attention import Attention
from primitivus.widgets.terminal.graphics import Graphics
from primitivus.widgets.terminal.mouse import RELEASE, Mouse
from primitivus.widgets.terminal.paste import Paste
from primitivus.widgets.terminal.screen import Screen

__all__ = ["RELEASE", "Attention", "BackgroundColour", "Graphics", "Mouse", "Paste", "Screen"]
