"""Paths in a sentence that is too long: the file's name tells most, the first folders least."""

import re

from primitivus.widgets.cells import width


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
