"""The rows of what the program told, the newest last."""

from collections.abc import Sequence

from primitivus.model.area import Area
from primitivus.model.listed_row import ListedRow
from primitivus.model.notices import Level, Notice
from primitivus.model.place import NOWHERE
from primitivus.model.state import State
from primitivus.model.times import moment

# What Enter does where there is nothing to go to.
WHOLE = "log-entry"


class LogRows:
    """The rows of what may be read now, made anew only where something is otherwise."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._made: tuple[object, list[ListedRow]] | None = None

    def __call__(self) -> Sequence[ListedRow]:
        key = self._state.changes.count(Area.NOTICES, Area.PROFILE)
        if self._made is None or self._made[0] != key:
            are_several = len(self._state.accounts) > 1
            rows = [_row(each, are_several=are_several) for each in self._state.told()]
            self._made = key, rows
        return self._made[1]


def when(notice: Notice) -> str:
    """Return when it was told, and how often."""
    said = moment(notice.time_us)
    if notice.times == 1:
        return said
    return f"{said}, {notice.times} times since {moment(notice.first_us)}"


def _row(notice: Notice, *, are_several: bool) -> ListedRow:
    is_error = notice.level is Level.ERROR
    often = f" ({notice.times} times)" if notice.times > 1 else ""
    whose = notice.account if are_several else ""
    text = notice.whole.removeprefix(f"{whose}: ") if whose else notice.whole
    return ListedRow(
        NOWHERE,
        f"{notice.first_us} {notice.text}",
        symbol="failed" if is_error else "",
        name=whose,
        text=f"{text}{often}",
        tone="error" if is_error else "plain",
        time=notice.time_us,
        besides=when(notice),
        line=notice.line or WHOLE,
        item=notice,
    )
