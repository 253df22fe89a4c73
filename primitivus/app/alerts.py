"""What is told outside of the screen's cells: the bell, the title, the terminal's notifications."""

from collections.abc import Callable

from primitivus.app.terminal import Terminal
from primitivus.model.attention import is_quiet, mentions
from primitivus.model.questions.questions import waits
from primitivus.model.state import State
from primitivus.model.telling.alert import Alert


class AlertDisplay:
    """Rings at once, and has a frame bring the rest; of many notifications it brings one.

    That is the last that speaks to the user, else the last.
    """

    def __init__(self, state: State, terminal: Terminal, changed: Callable[[], None]) -> None:
        """Call `changed` where there is something for the next frame."""
        self._state = state
        self._terminal = terminal
        self._changed = changed
        self._alert = Alert()

    def open(self) -> None:
        """Ring from now on."""
        self._state.alerts.listen(self._heard)

    def draw(self) -> None:
        """Have the next frame bring what there is."""
        self._terminal.show_title(self._title())
        alert, self._alert = self._alert, Alert()
        if alert.summary:
            shows_text = self._state.settings.notifications == "text"
            self._terminal.notify(alert.summary, alert.body if shows_text else "")

    def _heard(self, alert: Alert) -> None:
        settings = self._state.settings
        if is_quiet(self._state):
            return
        if settings.bell:
            self._terminal.ring()
        is_foremost = alert.is_for_us or not self._alert.is_for_us
        if settings.notifications != "off" and is_foremost:
            self._alert = alert
        self._changed()

    def _title(self) -> str:
        state = self._state
        waiting = waits(state) if state.settings.title else 0
        for_us = mentions(state) if waiting else 0
        count = f"({waiting}{f' @{for_us}' if for_us else ''}) " if waiting else ""
        return f"{count}primitivus {state.account.profile.name}".rstrip()
