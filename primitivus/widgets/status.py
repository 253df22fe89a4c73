"""The status line: the mode, what is unread, who types, what was said last."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from primitivus.model.attention import is_quiet, unread
from primitivus.model.files.transfers import Transfers
from primitivus.model.questions import questions
from primitivus.model.screen.touch import Run
from primitivus.model.telling.notices import Level
from primitivus.sentences import cntr, ntr, tr
from primitivus.widgets.blogs import blog_news, publishing
from primitivus.widgets.drawing.attributes import Touched
from primitivus.widgets.drawing.cells import (
    Row,
    Segment,
    clip_row,
    fill,
    row_width,
    single_line,
    width,
)
from primitivus.widgets.drawing.shortened_paths import rows_of
from primitivus.widgets.drawing.touching import running
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.scene import Scene

# Below these widths the hint, then the profile's name, give way.
HINT_FROM, NAME_FROM = 50, 40
# What is said may take so many rows, so that what to do about it can be read.
MAX_ROWS = 3


def height(scene: Scene, columns: int, help_key: str) -> int:
    """Return how many rows the status line takes."""
    return 1 if scene.state.notice is None else len(draw(scene, columns, help_key))


def draw(scene: Scene, columns: int, help_key: str, most: int = MAX_ROWS) -> list[Row]:
    """Return the status line: one row, or up to `most` while something long is being said."""
    view = scene.state.view
    left: list[Segment] = []
    # In few columns a sentence needs all of them.
    if view.is_modal and (columns >= NAME_FROM or scene.state.notice is None):
        mode = "replace" if scene.state.overtypes else scene.state.mode
        left.append(("status.mode", f" {mode.upper()} "))
    name = single_line(scene.state.account.profile.name)
    named: Segment = ("status", f" {name}  " if columns >= NAME_FROM else " ")
    is_told = help_key and columns >= HINT_FROM
    helps = running([("status.hint", " " + tr("{key} help", key=help_key) + " ")], "help")
    hint: Row = tuple(helps) if is_told else ()
    room = columns - row_width((*left, named))
    said = _notice(scene, room - row_width(hint), room, most)
    if len(said) > 1 or any(row_width(row) > room - row_width(hint) for row in said):
        # What is said needs the room more.
        hint = ()
    news = () if said else _news_in(scene, room - row_width(hint))
    if news is None:
        if len(scene.state.accounts) > 1:
            # News behind the name of one would seem to be its alone; the bar has that, too.
            named = ("status", " ")
        news = _cut(scene, columns - row_width((*left, named, *hint)))
    left.append(named)
    first = said[0] if said else news
    filled = fill((*left, *first), columns - row_width(hint), "status")
    indent = ("status", " " * row_width(tuple(left)))
    more = [fill((indent, *row), columns, "status") for row in said[1:]]
    return [(*filled, *hint), *more]


def _notice(scene: Scene, room: int, columns: int, most: int) -> list[Row]:
    """Return what was said last: on one row if it fits into `room`, else on up to `most`."""
    notice = scene.state.notice
    if notice is None:
        return []
    named = "status.error" if notice.level is Level.ERROR else "status.notice"
    # Pressed, all that was said shows.
    style = Touched(named, Run("messages newest"))
    columns = max(4, columns - 1)
    for text in map(single_line, (notice.whole, notice.text)):
        if width(text) <= room:
            return [((style, text),)]
    text = single_line(notice.text)
    if len(rows := wrap_runs(text, [(style, len(text))], columns)) <= most:
        return rows
    return rows_of(text, style, columns, most, scene.symbols.ellipsis)


def _news_in(scene: Scene, columns: int) -> Row | None:
    """Return the news in so many columns, in few in short; None where not even those fit.

    With several profiles it is said that they are of all: the name before them is that of one.
    """
    of_all: Row = ()
    if len(scene.state.accounts) > 1:
        of_all = (("status", tr("all profiles:") + " "),)
    for is_short in (False, True):
        waiting = _waiting(scene, is_short=is_short)
        news = (*(of_all if waiting else ()), *waiting, *_here(scene))
        if row_width(news) <= columns:
            return news
    return None


def _cut(scene: Scene, columns: int) -> Row:
    """Return as many of the news in short as there is room for."""
    news = [*_waiting(scene, is_short=True), *_here(scene)]
    while news and row_width(tuple(news)) > columns:
        # Half a number would be another one.
        last, ellipsis = news.pop(), ("status", scene.symbols.ellipsis)
        if row_width((*news, ellipsis)) <= columns:
            return (*news, ellipsis) if news else clip_row([last], columns, ellipsis[1])
    return tuple(news)


def _waiting(scene: Scene, *, is_short: bool) -> Row:
    tells = (_SHORT.get(tell, tell) if is_short else tell for tell in NEWS)
    return tuple(part for tell in tells for part in tell(scene))


def _here(scene: Scene) -> Row:
    return tuple(part for tell in NEWS_HERE for part in tell(scene))


def _unread(scene: Scene) -> Iterator[Segment]:
    if waiting := unread(scene.state):
        said = cntr("messages", "{n} unread", "{n} unread", waiting)
        yield from running([("status.unread", f"{said}  ")], "next-unread")


def _questions(scene: Scene) -> Iterator[Segment]:
    for kind, number in questions.counts(scene.state).items():
        text = f"{kind.counted(number)}  "
        yield from running([("status.unread", text)], "next-notification")


def _questions_in_short(scene: Scene) -> Iterator[Segment]:
    if asked := sum(questions.counts(scene.state).values()):
        text = ntr("{n} to answer", "{n} to answer", asked)
        yield from running([("status.unread", f"{text}  ")], "next-notification")


def _warnings(scene: Scene) -> Iterator[Segment]:
    if warnings := _count_warnings(scene):
        text = tr("warnings: {warnings} (:warnings)", warnings=warnings) + "  "
        yield from running([("status.error", text)], "warnings")


def _warnings_in_short(scene: Scene) -> Iterator[Segment]:
    if warnings := _count_warnings(scene):
        text = ntr("{n} warning", "{n} warnings", warnings)
        yield from running([("status.error", f"{text}  ")], "warnings")


def _count_warnings(scene: Scene) -> int:
    """Return how many there are, of the backend and of all profiles."""
    of_accounts = (each.profile.warnings for each in scene.state.accounts.opened())
    return sum(map(len, of_accounts)) + len(scene.state.backend_warnings)


def _quiet(scene: Scene) -> Iterator[Segment]:
    if is_quiet(scene.state):
        yield "status", tr("quiet until {end}:00", end=scene.state.quiet_time.end) + "  "


def _typing(scene: Scene) -> Iterator[Segment]:
    state = scene.state
    record = state.account.conversations.get(state.layout.place.peer)
    if record is not None and record.typing and not state.account.is_locked:
        names = ", ".join(single_line(state.account.name(each)) for each in record.typing)
        number = len(record.typing)
        said = ntr("{names} is typing", "{names} are typing", number, names=names)
        yield "status.typing", said


def _transfers(scene: Scene) -> Iterator[Segment]:
    if any(each.of(Transfers).going() for each in scene.state.accounts.opened()):
        from primitivus.widgets.lists import transfers

        yield from transfers.news(scene)


Tell = Callable[[Scene], Iterable[Segment]]

NEWS: tuple[Tell, ...] = (
    _unread,
    blog_news.news,
    _questions,
    _transfers,
    publishing.news,
    _warnings,
)
"""What waits in all profiles, from left to right; a feature adds its own."""

_SHORT: Mapping[Tell, Tell] = {
    _questions: _questions_in_short,
    blog_news.news: blog_news.short_news,
    _warnings: _warnings_in_short,
}

NEWS_HERE: tuple[Tell, ...] = (_quiet, _typing)
"""What goes on where one is."""
