"""A text of one or more lines with a cursor, as a value, and what editing does to it.

The cursor is an index into the text and never stands inside a grapheme cluster: what looks like
one character is walked over and deleted as one.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A text and where its cursor is."""

    text: str = ""
    cursor: int = 0
