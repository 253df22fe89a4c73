"""Presses that only bring the terminal to the front: whoever clicks into a window means that."""

import asyncio

from primitivus.widgets.terminal import Mouse

# The press that gives a window the focus comes right behind that.
_RAISES_S = 0.3


class Raising:
    """Tells them by what the terminal tells of its focus, where it does."""

    def __init__(self) -> None:
        self._is_left = False
        self._raised_at: float | None = None

    def is_only_that(self, key: str) -> bool:
        """Take note of a key; return whether it is such a press, and is to be left alone."""
        if key == "focus out":
            self._is_left = True
        elif key == "focus in":
            # Some tell it without having lost it.
            self._raised_at = asyncio.get_running_loop().time() if self._is_left else None
            self._is_left = False
        else:
            raised_at, self._raised_at = self._raised_at, None
            if isinstance(key, Mouse) and raised_at is not None:
                return asyncio.get_running_loop().time() - raised_at < _RAISES_S
        return False
