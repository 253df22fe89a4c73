"""What goes before work with files: they share the processors, and one interpreter, with all else.

To be nice is not enough for threads of one Python: one that has the interpreter, and no processor,
holds up all others.
"""

import threading

LONGEST_S = 0.02
"""For no longer does a piece of work wait: files come on in a flood of messages, too."""


class Precedence:
    """A context of the event loop: work with files waits while somebody is in it."""

    def __init__(self) -> None:
        self._inside = 0
        self._is_clear = threading.Event()
        self._is_clear.set()

    def __enter__(self) -> None:
        self._inside += 1
        self._is_clear.clear()

    def __exit__(self, *_: object) -> None:
        self._inside -= 1
        if not self._inside:
            self._is_clear.set()

    def give_way(self) -> None:
        """Return, in a thread, once nobody is in it, or has been for long."""
        self._is_clear.wait(LONGEST_S)


PRECEDENCE = Precedence()
"""The one of this process, whose threads all take turns."""
