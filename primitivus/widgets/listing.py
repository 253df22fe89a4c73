"""A list to search, over the screen: the field to type in, then what fits."""

from itertools import count

from primitivus.model.beyond import Beyond
from primitivus.model.listing import Entry, Listing
from primitivus.model.touch import Choice
from primitivus.widgets.box import MOST_COLUMNS, Box, frame
from primitivus.widgets.cells import Row, clip, fill, fit, single_line, width, without_middle
from primitivus.widgets.pointing import pointed
from primitivus.widgets.scene import Scene
from primitivus.widgets.touching import row_of


def draw(scene: Scene, listing: Listing, columns: int, height: int) -> Box:
    """Return the box, scrolled so that the chosen entry shows."""
    outer = min(columns, MOST_COLUMNS)
    inner, room = outer - 2, max(1, height - 3)
    rows: list[Row] = []
    marked = 0
    found, places = listing.found(), count()
    # By its place: lists of what comes and goes make their entries anew.
    last = sum(bool(each.run) for part in found for each in part.entries) - 1
    chosen = min(listing.selected, last)
    then = "enter" if listing.opens_at_once else ""
    for part in found:
        title = _title(scene, part.title, inner)
        rows += [(), title] if rows else [title]
        for entry in part.entries:
            place = next(places) if entry.run else -1
            is_chosen = place == chosen >= 0
            if is_chosen:
                marked = len(rows)
            row = _entry(scene, entry, inner, is_chosen=is_chosen)
            rows.append(row_of(Choice((place, entry), then), row) if entry.run else row)
    if not rows:
        rows = [(("hint", " nothing matches this"),)]
    top = 0 if marked < room else min(marked - room // 2, len(rows) - room)
    text = single_line(listing.editor.text)
    typed = (
        (
            "field.focused",
            fit(f" {text}" if text else f" {listing.hint}", inner, scene.symbols.ellipsis),
        ),
    )
    shown = [typed, *rows[top : top + room]]
    beyond = Beyond.of(len(rows), top, room)
    drawn = frame(listing.title, shown, outer, scene.symbols, beyond)
    cursor = (2 + width(text[: listing.editor.cursor]), 1)
    return Box(drawn, (columns - outer) // 2, max(0, (height - len(drawn)) // 2), cursor)


def _title(scene: Scene, text: str, columns: int) -> Row:
    cut = without_middle(single_line(text), columns - 2, scene.symbols.ellipsis)
    return (("popup.title", f" {cut}"),)


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
