"""Whether somebody is likely to look: not where no key has come for long."""

import asyncio

from primitivus.model.state import State

_MINUTE_S = 60.0


class Away:
    """Has the state say so, as the setting `away_minutes` wants it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._used_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def used(self) -> None:
        """Take note that somebody is here."""
        loop = asyncio.get_running_loop()
        self._used_at = loop.time()
        self._state.show(is_away=False)
        # A timer that runs is looked at when it ends: that costs a key nothing.
        if self._timer is None and self._patience_s:
            self._timer = loop.call_later(self._patience_s, self._look)

    def stop(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    @property
    def _patience_s(self) -> float:
        return self._state.settings.away_minutes * _MINUTE_S

    def _look(self) -> None:
        self._timer = None
        if not self._patience_s:
            return
        loop = asyncio.get_running_loop()
        due = self._used_at + self._patience_s
        if loop.time() < due:
            self._timer = loop.call_at(due, self._look)
        else:
            self._state.show(is_away=True)
