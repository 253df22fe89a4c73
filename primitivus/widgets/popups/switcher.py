"""The switcher: the field to type in, what fits, each with what it is, and what narrows it."""

from collections.abc import Collection, Sequence

from primitivus.model.popups.switcher import Switcher
from primitivus.model.popups.switching import HINT, Goal, letters, letters_also, narrowed
from primitivus.model.screen.touch import Choice
from primitivus.model.scrolling.beyond import Beyond
from primitivus.sentences import tr
from primitivus.widgets import who
from primitivus.widgets.drawing.cells import (
    Row,
    Segment,
    clip,
    clusters,
    fill,
    fit,
    single_line,
    width,
)
from primitivus.widgets.drawing.touching import row_of
from primitivus.widgets.pointing import pointed
from primitivus.widgets.popups import in_full
from primitivus.widgets.popups.box import Box, frame
from primitivus.widgets.scene import Scene

# So wide that what commands and settings are for stands whole where there is that room.
_MOST_COLUMNS = 150
# From so many rows on the hint has one of its own.
_HINT_FROM = 9
# What an entry is called has at least so many columns, before what it is has any.
_LEAST_NAME = 24
# The rows for all that the chosen one says, with the line above them; and those around the list.
_FULL, _AROUND = 3, 4
# In fewer columns than that it takes one row more.
_WIDE = 76
_EMPTY = tr("some letters of what to go to")


def draw(scene: Scene, switcher: Switcher, columns: int, height: int) -> Box:
    """Return the box, scrolled so that the chosen entry shows."""
    outer = min(columns, _MOST_COLUMNS)
    inner, typed = outer - 2, single_line(switcher.editor.text)
    kept = 0 if height < in_full.FROM else _FULL if inner >= _WIDE else _FULL + 1
    room = max(1, min(switcher.page, height - kept - _AROUND))
    found, selected = switcher.found(), switcher.selected
    words = narrowed(typed)[1]
    start = max(0, min(selected - room + 1, len(found) - room))
    has_hint = height >= _HINT_FROM
    field = typed or (_EMPTY if has_hint else HINT)
    rows: list[Row] = [(("field.focused", fit(f" {field}", inner, scene.symbols.ellipsis)),)]
    for number, goal in enumerate(found[start : start + room], start):
        row = _entry(scene, goal, words, inner, is_chosen=number == selected)
        rows.append(row_of(Choice(goal.key, "enter"), row))
    if not found:
        rows.append((("hint", " " + tr("nothing is called so")),))
    # It stays where it is, however much fits.
    rows += [()] * (room + 1 - len(rows))
    chosen = found[selected] if found else None
    rows += in_full.draw(scene, _told(chosen) if chosen is not None else "", inner, kept)
    if has_hint:
        rows.append((("hint", f" {clip(HINT, inner - 2, scene.symbols.ellipsis)}"),))
    beyond = Beyond.of(len(found), start, room)
    drawn = frame(tr("Go to"), rows, outer, scene.symbols, beyond)
    cursor = (2 + width(typed[: switcher.editor.cursor]), 1)
    return Box(drawn, (columns - outer) // 2, max(0, (height - len(drawn)) // 3), cursor)


def _entry(scene: Scene, goal: Goal, words: Sequence[str], columns: int, *, is_chosen: bool) -> Row:
    """Return a row: how it stands, what it is called and told of it; at the right what it is."""
    style, mark = ("popup.selected", "popup.match.selected") if is_chosen else _PLAIN
    quiet = style if is_chosen else "hint"
    right = _right(goal, quiet, "popup.selected" if is_chosen else "popup.key")
    name, also = single_line(goal.name), single_line(goal.also)
    while right and columns - _columns(right) < min(_LEAST_NAME, width(name) + 4):
        right = right[1:]
    sign = who.sign(scene, goal.place)[1] if goal.place.peer else " "
    row: list[Segment] = [(style, f" {sign} "), *_marked(name, letters(words, name), style, mark)]
    if also != name and goal.place.peer:
        row += [(quiet, "  "), *_marked(also, letters_also(words, goal, also), quiet, mark)]
    for said in filter(None, (goal.whose, goal.about)):
        row.append((quiet, f"  {single_line(said)}"))
    left = _clipped(row, columns - _columns(right) - 1, scene.symbols.ellipsis)
    left = fill(left, columns - _columns(right), style)
    return pointed(scene, (*left, *right)) if is_chosen else (*left, *right)


def _told(goal: Goal) -> str:
    """Return all that a row may have no room for."""
    also = goal.also if goal.place.peer and goal.also != goal.name else ""
    return "  ".join(filter(None, (goal.name, also, goal.whose, goal.about)))


_PLAIN = ("popup", "popup.match")


def _right(goal: Goal, quiet: str, key: str) -> list[Segment]:
    """Return what stands at the right, what is given up first before the rest."""
    count = f"@{goal.mentions}" if goal.mentions else str(goal.unread) if goal.unread else ""
    parts = [(key, goal.keys), (quiet, goal.kind), (key, count)]
    return [(style, f" {single_line(text)} ") for style, text in parts if text]


def _columns(segments: Sequence[Segment]) -> int:
    return sum(width(text) for _, text in segments)


def _marked(text: str, letters: Collection[int], style: str, mark: str) -> list[Segment]:
    """Return a text in pieces, those marked that were typed; what stands in a column stays one."""
    if not letters:
        return [(style, text)]
    pieces: list[Segment] = []
    at = 0
    for cluster, _ in clusters(text):
        is_typed = any(each in letters for each in range(at, at + len(cluster)))
        at += len(cluster)
        drawn = mark if is_typed else style
        if pieces and pieces[-1][0] == drawn:
            pieces[-1] = drawn, pieces[-1][1] + cluster
        else:
            pieces.append((drawn, cluster))
    return pieces


def _clipped(row: Sequence[Segment], columns: int, ellipsis: str) -> Row:
    """Return as much of a row as there is room for."""
    kept: list[Segment] = []
    for style, text in row:
        room = columns - _columns(kept)
        if room <= 0:
            break
        kept.append((style, clip(text, room, ellipsis)))
    return tuple(kept)
