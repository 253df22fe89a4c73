"""A list to search, over the screen: the field to type in, then what fits."""

from collections.abc import Sequence
from itertools import count

from primitivus.model.popups.listing import Entry, Listing, Part
from primitivus.model.screen.touch import Choice, Typed
from primitivus.model.scrolling.beyond import Beyond
from primitivus.model.scrolling.headings import LEAST_ROOM
from primitivus.sentences import tr
from primitivus.widgets.drawing.attributes import Touched
from primitivus.widgets.drawing.cells import Row, clip, fill, fit, single_line, width
from primitivus.widgets.drawing.shortened_paths import shortened
from primitivus.widgets.drawing.touching import row_of
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.pointing import pointed
from primitivus.widgets.popups import in_full
from primitivus.widgets.popups.box import MOST_COLUMNS, Box, frame
from primitivus.widgets.scene import Scene

# What stands above entries may take so many rows.
_MOST_TITLE = 3


def measure(scene: Scene, listing: Listing, columns: int, height: int) -> None:
    """Let a list know how many of its rows show."""
    inner = min(columns, MOST_COLUMNS) - 2
    hint = len(_hint(listing, inner, height)[1])
    listing.arranged(height - hint - _kept(listing.found(), inner, height))


def draw(scene: Scene, listing: Listing, columns: int, height: int) -> Box:
    """Return the box, scrolled so that the chosen entry shows, with all of that below the list."""
    outer = min(columns, MOST_COLUMNS)
    inner = outer - 2
    found = listing.found()
    kept = _kept(found, inner, height)
    prompt, hint = _hint(listing, inner, height)
    room = max(1, height - 3 - len(hint) - kept)
    rows, marked, chosen = _rows(scene, listing, found, inner)
    top = 0 if marked < room else min(marked - room // 2, len(rows) - room)
    title, top = _above(scene, found, top, marked, room, inner)
    rows += [()] * (top + room - len(rows)) if len(rows) > room else []
    text = single_line(listing.editor.text)
    field = fit(text or prompt, inner - 1, scene.symbols.ellipsis)
    typed: Row = (("field.focused", " "), (Touched("field.focused", Typed(text)), field))
    said = "".join(part for _, part in chosen.line) if chosen is not None else ""
    below = in_full.draw(scene, said, inner, kept)
    shown = [typed, *hint, *title, *rows[top + len(title) : top + room], *below]
    beyond = Beyond.of(len(rows), top, room)
    drawn = frame(listing.title, shown, outer, scene.symbols, beyond)
    cursor = (2 + width(text[: listing.editor.cursor]), 1)
    return Box(drawn, (columns - outer) // 2, max(0, (height - len(drawn)) // 2), cursor)


def _rows(
    scene: Scene, listing: Listing, found: Sequence[Part], columns: int
) -> tuple[list[Row], int, Entry | None]:
    """Return the rows of all that was found, which of them is the chosen one, and what that is."""
    rows: list[Row] = []
    marked, chosen, places = 0, None, count()
    # By its place: lists of what comes and goes make their entries anew.
    last = sum(bool(each.run) for part in found for each in part.entries) - 1
    selected = min(listing.selected, last)
    then = "enter" if listing.opens_at_once else ""
    for part in found:
        title = _title(scene, part.title, columns)
        rows += [(), *title] if rows else title
        for entry in part.entries:
            place = next(places) if entry.run else -1
            is_chosen = place == selected >= 0
            if is_chosen:
                marked, chosen = len(rows), entry
            row = _entry(scene, entry, columns, is_chosen=is_chosen)
            rows.append(row_of(Choice((place, entry), then), row) if entry.run else row)
    return rows or [(("hint", " " + tr("nothing matches this")),)], marked, chosen


def _above(
    scene: Scene, found: Sequence[Part], top: int, marked: int, room: int, columns: int
) -> tuple[list[Row], int]:
    """Return the title of the first entry in view where it is above it, and which row is first.

    It stands in place of that one, and never alone.
    """
    end = 0
    for part in found:
        start = end + bool(end) + len(_title(scene, part.title, columns))
        end = start + len(part.entries)
        if start <= top < end and part.title and room >= LEAST_ROOM:
            if top == end - 1:
                top += -1 if marked < top + room - 1 else 1
            if top == end:
                return [], top
            line = shortened(single_line(part.title), columns - 2, scene.symbols.ellipsis)
            return [(("popup.title", f" {line}"),)], top
    return [], top


def _kept(found: Sequence[Part], columns: int, height: int) -> int:
    """Return how many rows are kept for all that the chosen entry says."""
    entries = (each for part in found for each in part.entries if each.run)
    widths = [sum(width(single_line(text)) for _, text in each.line) for each in entries]
    return in_full.rows_for(widths, columns - 2, height)


def _hint(listing: Listing, columns: int, height: int) -> tuple[str, list[Row]]:
    """Return what stands where nothing is typed, and below that what keys do, if it is long."""
    first, _, rest = listing.hint.partition("; ")
    if not rest or width(listing.hint) < columns or height < in_full.FROM:
        return listing.hint, []
    rows = wrap_runs(rest, [("hint", len(rest))], max(4, columns - 2))
    return first, [(("popup", " "), *row) for row in rows]


def _title(scene: Scene, text: str, columns: int) -> list[Row]:
    """Return a title on one row, a sentence on as many as it may take; of a longer one the ends."""
    line, room = single_line(text), columns - 2
    is_sentence = all(width(word) <= room for word in line.split())
    most = max(room, _MOST_TITLE * (room - room // 8)) if is_sentence else room
    cut = shortened(line, most, scene.symbols.ellipsis)
    rows = wrap_runs(cut, [("popup.title", len(cut))], max(4, columns - 2))
    return [(("popup.title", " "), *row) for row in rows[:_MOST_TITLE]] or [()]


def _entry(scene: Scene, entry: Entry, columns: int, *, is_chosen: bool) -> Row:
    row: list[tuple[str, str]] = [("popup", " ")]
    left = columns - 2
    for style, text in entry.line:
        cut = clip(single_line(text), max(0, left), scene.symbols.ellipsis)
        row.append((style, cut))
        left -= width(cut)
    if is_chosen:
        chosen = pointed(scene, tuple(("popup.selected", text) for _, text in row))
        return fill(chosen, columns, "popup.selected")
    return tuple(row)
