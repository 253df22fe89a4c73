"""Whether somebody is likely to look: not before there was a sign, nor long after the last one."""

import asyncio
from collections.abc import Sequence

from primitivus.model.state import State

# What the terminal tells of its focus.
FOCUS = ("focus in", "focus out")
_MINUTE_S = 60.0
# Where the terminal tells nothing of its focus, as in tmux without its focus-events, whoever
# pressed a key may have gone to another window with the next one.
_UNTOLD_MINUTES = 2


class Away:
    """Has the state say so, as the terminal tells it and the setting `away_minutes` wants it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._used_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        # Whether the terminal tells when it gets the focus, and loses it.
        self._is_told = False

    def received(self, keys: Sequence[str]) -> None:
        """Take note of what was pressed, and of the focus."""
        self._is_told |= any(key in FOCUS for key in keys)
        self._state.is_starting &= all(key in FOCUS for key in keys)
        is_focused = keys[-1] != "focus out"
        self._state.show(is_terminal_focused=is_focused)
        if is_focused:
            self._used()

    def stop(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _used(self) -> None:
        loop = asyncio.get_running_loop()
        self._used_at = loop.time()
        self._state.show(is_away=False)
        # A timer that runs is looked at when it ends: that costs a key nothing.
        if self._timer is None:
            self._wait()

    def _wait(self) -> None:
        """Look again when the next of the times is over."""
        loop, view = asyncio.get_running_loop(), self._state.view
        waited = [] if view.is_away else [self._state.settings.away_minutes]
        if view.is_terminal_focused and not self._is_told:
            waited.append(_UNTOLD_MINUTES)
        if minutes := min(filter(None, waited), default=0):
            self._timer = loop.call_at(self._used_at + minutes * _MINUTE_S, self._look)

    def _look(self) -> None:
        self._timer = None
        waited = asyncio.get_running_loop().time() - self._used_at
        if not self._is_told and waited >= _UNTOLD_MINUTES * _MINUTE_S:
            self._state.show(is_terminal_focused=False)
        if 0 < self._state.settings.away_minutes * _MINUTE_S <= waited:
            self._state.show(is_away=True)
        self._wait()
