"""What is asked of the terminal when it is taken, and what it is told without an answer."""

import re
from collections.abc import Mapping

from primitivus.widgets.terminal import multiplexers
from primitivus.widgets.terminal.urwid_display import escape

BACKGROUND = "\x1b]11;?\x07"

# Some take the last one for a colour: back to none.
_KEYBOARD = escape.KITTY_KEYBOARD_QUERY + escape.MODIFY_OTHER_KEYS_QUERY + "\x1b[m"

# Whether it knows kitty's pictures, and which program it is, as not all that do show them in place
# of characters; how many colours a sixel picture may have; how large a character is.
_KITTY = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\" + "\x1b[>q"
_SIXEL = "\x1b[?1;1;0S"
_CELL = "\x1b[16t"

LAST = escape.REPORT_DEVICE_ATTRIBUTES
"""Every terminal answers this one, so what has no answer by then gets none."""

# How large a character is by now.
SIZE = _CELL + LAST
LAST_ANSWER = re.compile(rb"\x1b\[\?[\d;]*c")

# Level 1 of modifyOtherKeys tells apart what is the same otherwise, and leaves C-a and others.
MODIFY_OTHER_KEYS = "\x1b[>4;1m"

# These print what they don't know, or take it for something else.
_SIMPLE = re.compile(r"(linux|dumb|fbterm|ansi|eterm|cons25|sun|vt\d)", re.IGNORECASE)


def everything(term: str, environ: Mapping[str, str]) -> str:
    """Return what a terminal of this name (TERM) is asked when it is taken."""
    # tmux and GNU screen take kitty's question for a title.
    kitty = "" if multiplexers.is_within(term, environ) else _KITTY
    return BACKGROUND + _KEYBOARD + kitty + _SIXEL + _CELL + LAST


def can_be_asked(term: str) -> bool:
    """Return whether a terminal of this name (TERM) swallows questions it doesn't know."""
    return not _SIMPLE.match(term)
