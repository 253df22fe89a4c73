"""A terminal that echoes nothing while the program starts."""

import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

_LFLAG = 3


@contextmanager
def unechoed(descriptor: int) -> Iterator[list[Any]]:
    """Have the terminal echo nothing; yields its settings as they were, and restores them.

    What is typed before the program shows itself may be a password. Settings that something else
    has made meanwhile stay.
    """
    before = termios.tcgetattr(descriptor)
    settings = termios.tcgetattr(descriptor)
    settings[_LFLAG] &= ~termios.ECHO
    termios.tcsetattr(descriptor, termios.TCSANOW, settings)
    try:
        yield before
    finally:
        # The terminal may be gone.
        with suppress(termios.error):
            if termios.tcgetattr(descriptor) == settings:
                termios.tcsetattr(descriptor, termios.TCSANOW, before)
