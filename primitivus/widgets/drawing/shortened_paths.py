"""Paths in a sentence that is too long: the file's name tells most, the first folders least."""

import re

from primitivus.widgets.drawing.attributes import Attribute
from primitivus.widgets.drawing.cells import Row, width, without_middle
from primitivus.widgets.drawing.wrap import wrap_runs


def without_folders(text: str, columns: int, ellipsis: str = "…") -> str:
    """Return `text` with the first folders of its paths left out, as few as make it fit.

    "/home/ann/downloads/holiday.jpg" becomes "…/downloads/holiday.jpg". It stays wider than
    `columns` where only names of files are left, and where a folder has a blank in its name;
    addresses of the web are left alone.
    """
    beginning = re.compile(
        rf"(?<![^\s\"'(])(?:~|\.\.?|{re.escape(ellipsis)})?/[^\s/\"]+(?=/[^\s/\"])"
    )
    while width(text) > columns and (found := beginning.search(text)):
        text = f"{text[: found.start()]}{ellipsis}{text[found.end() :]}"
    return text


def shortened(text: str, columns: int, ellipsis: str) -> str:
    """Return a text in so many columns.

    Of a longer one first the folders of paths are left out, then the middle: what to do, or which
    file it is, stands at the end, whatever somebody from outside may be called.
    """
    return without_middle(without_folders(text, columns, ellipsis), columns, ellipsis)


def rows_of(text: str, style: Attribute, columns: int, most: int, ellipsis: str) -> list[Row]:
    """Return a text on at most so many rows of so many columns, `shortened` to fit."""
    fits = most * columns
    while True:
        shown = shortened(text, fits, ellipsis)
        rows = wrap_runs(shown, [(style, len(shown))], columns)
        if len(rows) <= most or fits <= columns:
            return rows[:most]
        fits -= max(1, columns // 8)
