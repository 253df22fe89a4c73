"""What goes by the hour of the day, as the quiet time does."""

import asyncio
from collections.abc import Callable

from primitivus.model.area import Area
from primitivus.model.state import State
from primitivus.model.wording.times import now_us, to_the_hour_us


class Hours:
    """Has the screen drawn anew at each full hour."""

    def __init__(self, state: State, now_us: Callable[[], int] = now_us) -> None:
        self._state = state
        self._now_us = now_us
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Wait for the next one."""
        pause_s = to_the_hour_us(self._now_us()) / 1_000_000
        self._timer = asyncio.get_running_loop().call_later(pause_s, self._struck)

    def stop(self) -> None:
        """Wait no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _struck(self) -> None:
        self._state.changed(Area.VIEW)
        self.start()
