"""The input: the message or the command being typed, and where its cursor is."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from backendd.api.values import Value
from primitivus.model.editing.line import Line
from primitivus.model.screen.touch import Text
from primitivus.model.state import State
from primitivus.sentences import ctr, tr
from primitivus.widgets.drawing.attributes import Touched
from primitivus.widgets.drawing.cells import (
    Row,
    clip,
    clusters,
    fill,
    fit,
    printable,
    single_line,
    width,
)
from primitivus.widgets.scene import Scene

if TYPE_CHECKING:
    from primitivus.model.editing.history_search import HistorySearch

BLOCK = 4096
"""Characters of a long text that are laid out at once."""
# So much of a name says to whom what is typed goes, where there is as much room.
NAME_COLUMNS, NAME_FROM = 12, 40


class Drawn(Value):
    """Some rows, and the column and row of the cursor in them, if it is there; the text typed."""

    rows: list[Row]
    cursor: tuple[int, int] | None = None
    text: str = ""


def draw(scene: Scene, columns: int, max_rows: int) -> Drawn:
    """Return the input line, grown to as many rows as its text needs."""
    state = scene.state
    is_command = state.view.mode == "command"
    editor = state.command_line if is_command else state.typed
    if editor is None:
        return _empty(scene, columns)
    prompt = ":" if is_command else _prompt(scene, columns)
    style = "input.command" if is_command else _style(state)
    line, search = editor.line, editor.history.search
    if search is not None:
        prompt = _sought(scene, search, columns)
        line = Line(search.found, search.place) if search.found is not None else line
    indent = width(prompt) + 1
    # The last column is the cursor's, behind a full row.
    above = [] if is_command or max_rows < 2 else _purpose(scene, columns)
    most = max_rows - len(above)
    laid = lay_out(line.text, line.cursor, max(4, columns - indent - 1), most)
    rows = [*above]
    for number, text in enumerate(laid.rows, laid.top):
        sign = " " * width(prompt) if number else prompt
        touched = Touched(style, Text(*laid.spans[number - laid.top]))
        rows.append(fill((("input.prompt", f" {sign}"), (touched, text)), columns, "input"))
    is_typed = is_command or state.layout.is_typed
    cursor = (indent + laid.cursor_column, len(above) + laid.cursor_row)
    is_here = is_typed and state.view.shown_popup is None
    return Drawn(rows, cursor if is_here else None, line.text)


class LaidOut(Value):
    """Rows of a text, and where its cursor is among them. `top`: as many are above them.

    `spans` are where each begins and ends in the text.
    """

    rows: list[str]
    spans: list[tuple[int, int]]
    cursor_column: int
    cursor_row: int
    top: int


def lay_out(text: str, cursor: int, columns: int, most: int) -> LaidOut:
    """Return `text` in rows of `columns`, broken after blanks and in words that fit into none.

    Blanks stay at the end of their row. The cursor behind a full row is in the column after it.
    Of more rows than `most` it is those that end with the cursor's.
    """
    spans: list[tuple[int, int]] = []
    for span in _spans(text, columns):
        if span[0] > cursor and len(spans) >= most:
            break
        spans.append(span)
    row = bisect_right(spans, cursor, key=lambda span: span[0]) - 1
    top = max(0, row - most + 1)
    shown = spans[top : top + most]
    return LaidOut(
        [printable(text[start:end]) for start, end in shown],
        shown,
        width(printable(text[spans[row][0] : cursor])),
        row - top,
        top,
    )


def index_at(text: str, start: int, end: int, column: int) -> int:
    """Return the index of what is at a column of the row that is `text` from `start` to `end`."""
    index = start
    for cluster, _ in clusters(text[start:end]):
        column -= width(printable(cluster))
        if column < 0:
            break
        index += len(cluster)
    return index


def _spans(text: str, columns: int) -> Iterator[tuple[int, int]]:
    """Yield where each row begins and ends in the text.

    While one types at the end of a long text, or anywhere near its beginning, most of it is known.
    """
    start, size = 0, BLOCK
    while start + size < len(text):
        found = _known_spans(text[start : start + size], columns)
        if len(found) < 3:
            size *= 2
            continue
        # The last two rows may be others once it is known what follows.
        yield from ((start + begin, start + end) for begin, end in found[:-2])
        start, size = start + found[-2][0], BLOCK
    yield from ((start + begin, start + end) for begin, end in _known_spans(text[start:], columns))


@lru_cache(maxsize=512)
def _known_spans(text: str, columns: int) -> tuple[tuple[int, int], ...]:
    return tuple(_break(text, columns))


def _break(text: str, columns: int) -> Iterator[tuple[int, int]]:
    start = place = used = 0
    # Where the row can be broken last, and the columns before that.
    edge, before = 0, 0
    for cluster, _ in clusters(text):
        if cluster == "\n":
            yield start, place
            start = edge = place + 1
            used = before = 0
        else:
            size = width(printable(cluster))
            if size > 1 and not cluster.isspace():
                edge, before = place, used
            while used and used + size > columns:
                if edge <= start:
                    edge, before = place, used
                yield start, edge
                start, used = edge, used - before
                before = 0
            used += size
            if size > 1 or cluster.isspace():
                edge, before = place + len(cluster), used
        place += len(cluster)
    yield start, place


def _style(state: State) -> str:
    """Return how what is typed looks where one types what is to be said."""
    return "input.error" if state.chat is not None and state.chat.has_failed else "input"


def _prompt(scene: Scene, columns: int) -> str:
    """Return the sign before what is typed, with to whom and as whom where that has to be said."""
    state = scene.state
    if state.layout.main.prompt:
        return f"{state.layout.main.prompt} {scene.symbols.prompt} "
    words = []
    if state.layout.is_split and columns >= NAME_FROM:
        name = single_line(state.account.name(state.layout.place.peer))
        words.append(clip(name, NAME_COLUMNS, scene.symbols.ellipsis))
    if state.accounts.has_namesake(state.layout.place):
        name = single_line(state.account.profile.name)
        # On a narrow screen the text needs the room more.
        is_narrow = columns < NAME_FROM
        most = min(NAME_COLUMNS, columns // (8 if is_narrow else 4))
        words += [] if is_narrow else ["as"]
        words.append(clip(name, most, scene.symbols.ellipsis))
    return " ".join([*words, scene.symbols.prompt, ""])


def _sought(scene: Scene, search: "HistorySearch", columns: int) -> str:
    """Return what is looked for in what was sent, and whether it isn't there, as a prompt."""
    said = tr("nothing sent has") if search.is_failed else tr("sent with")
    if columns < NAME_FROM:
        said = ctr("nothing sent has this", "no") if search.is_failed else ""
    said += " " * bool(said)
    room = max(4, columns // 2 - width(said) - 4)
    query = clip(single_line(search.query), room, scene.symbols.ellipsis)
    return f'({said}"{query}") '


def _purpose(scene: Scene, columns: int) -> list[Row]:
    """Return what is said above a text that is for more than to be said."""
    purpose = scene.state.layout.main.purpose
    if not purpose:
        return []
    said = fit(f" {single_line(purpose)}", columns, scene.symbols.ellipsis)
    return [(("input.prompt", said),)]


def _empty(scene: Scene, columns: int) -> Drawn:
    hint = f" {scene.symbols.prompt} "
    return Drawn([fill((("input.prompt", hint),), columns, "input")])
