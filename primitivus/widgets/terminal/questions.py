"""What is asked of the terminal when it is taken, and what it is told without an answer."""

import re

from primitivus.widgets.terminal.urwid_display import escape

BACKGROUND = "\x1b]11;?\x07"

# What is asked. Every terminal answers the last one, so what has no answer by then gets none. Some
# take the third one for a colour: back to none.
ALL = (
    BACKGROUND
    + escape.KITTY_KEYBOARD_QUERY
    + escape.MODIFY_OTHER_KEYS_QUERY
    + "\x1b[m"
    + escape.REPORT_DEVICE_ATTRIBUTES
)
LAST_ANSWER = re.compile(rb"\x1b\[\?[\d;]*c")

# Level 1 of modifyOtherKeys tells apart what is the same otherwise, and leaves C-a and others.
MODIFY_OTHER_KEYS = "\x1b[>4;1m"

# These print what they don't know, or take it for something else.
_SIMPLE = re.compile(r"(linux|dumb|fbterm|ansi|eterm|cons25|sun|vt\d)", re.IGNORECASE)


def can_be_asked(term: str) -> bool:
    """Return whether a terminal of this name (TERM) swallows questions it doesn't know."""
    return not _SIMPLE.match(term)
