"""What was typed in one go at a place of a text, to be typed once more at another."""

from bisect import bisect_left

from backendd.api.tuples import NamedTuple
from primitivus.model.editing.editor import Editor
from primitivus.model.editing.graphemes import iter_graphemes
from primitivus.model.editing.line import Line, boundary_after, boundary_before, snap
from primitivus.model.editing.overtyping import overtyped, way_for


class Typed(NamedTuple):
    """A text, and how many characters before the cursor and behind it made way for it.

    `is_over`: as many behind it as the text has, in whatever line.
    """

    text: str = ""
    back: int = 0
    ahead: int = 0
    is_over: bool = False


def typed_between(before: Line, after: Line, *, is_over: bool = False) -> Typed:
    """Return what was typed at the cursor of one line that made the other of it, perhaps over."""
    over = after.text[before.cursor : after.cursor]
    if is_over and over and overtyped(before, over) == after:
        return Typed(over, is_over=True)
    head, tail = before.text[: before.cursor], before.text[before.cursor :]
    kept = _common(tail[::-1], after.text[after.cursor :][::-1])
    end = snap(tail, len(tail) - kept)
    rest = after.text[: len(after.text) - (len(tail) - end)]
    start = _common(head, rest)
    if snap(head, start) != start:
        start = boundary_before(head, start)
    return Typed(rest[start:], _length(head[start:]), _length(tail[:end]))


def type_again(editor: Editor, typed: Typed) -> None:
    """Type it at the cursor."""
    text, start, end = editor.text, editor.cursor, editor.cursor
    for _ in range(typed.back):
        start = boundary_before(text, start)
    for _ in range(typed.ahead):
        end = boundary_after(text, end)
    if typed.is_over:
        end = way_for(editor.line, typed.text)
    editor.cut(start, end, typed.text)


def _common(one: str, other: str) -> int:
    """Return how many characters both begin with, without a step for each of a long text."""
    if other.startswith(one):
        return len(one)
    most = range(min(len(one), len(other)) + 1)
    return bisect_left(most, True, key=lambda many: one[:many] != other[:many]) - 1


def _length(text: str) -> int:
    return sum(1 for _ in iter_graphemes(text))
