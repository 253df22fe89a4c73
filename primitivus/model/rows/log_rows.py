"""The rows of what the program told, the newest last."""

from collections.abc import Iterator

from primitivus.model.panes.listed_row import ListedRow
from primitivus.model.place import Place
from primitivus.model.state import State
from primitivus.model.telling.notices import Level, Notice
from primitivus.model.wording.times import moment
from primitivus.sentences import ntr

# What Enter does where there is nothing to go to.
WHOLE = "log-entry"


def log_rows(state: State) -> Iterator[ListedRow]:
    """Yield the rows of what whoever sits here may read."""
    are_several = len(state.accounts) > 1
    for each in state.told():
        yield _row(each, are_several=are_several)


def when(notice: Notice) -> str:
    """Return when it was told, and how often."""
    said = moment(notice.time_us)
    if notice.times == 1:
        return said
    return ntr(
        "{said} ({n} time since {time})",
        "{said} ({n} times since {time})",
        notice.times,
        said=said,
        time=moment(notice.first_us),
    )


def _row(notice: Notice, *, are_several: bool) -> ListedRow:
    is_error = notice.level is Level.ERROR
    often = " " + ntr("({n} time)", "({n} times)", notice.times) if notice.times > 1 else ""
    whose = notice.account if are_several else ""
    text = notice.whole.removeprefix(f"{whose}: ") if whose else notice.whole
    return ListedRow(
        Place(notice.account),
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
