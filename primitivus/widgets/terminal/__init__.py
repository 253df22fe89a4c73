"""The terminal: a screen for urwid that sends only what changed, and calls for attention."""

from primitivus.widgets.terminal.answers import BackgroundColour
from primitivus.widgets.terminal.attention import Attention
from primitivus.widgets.terminal.paste import Paste
from primitivus.widgets.terminal.screen import Screen

__all__ = ["Attention", "BackgroundColour", "Paste", "Screen"]
