"""What was typed in one go at a place of a text, to be typed once more at another."""

from bisect import bisect_left

from backendd.api.tuples import NamedTuple
from primitivus.model.editing.editor import Editor
from primitivus.model.editing.graphemes import iter_graphemes
from primitivus.model.editing.line import Line, boundary_after, boundary_before, snap


class Typed(NamedTuple):
    """A text, and how many characters before the cursor and behind it made way for it."""

    text: str = ""
    back: int = 0
    ahead: int = 0


def typed_between(before: Line, after: Line) -> Typed:
    """Return what was typed at the cursor of one line that made the other of it."""
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
    editor.cut(start, end, typed.text)


def _common(one: str, other: str) -> int:
    """Return how many characters both begin with, without a step for each of a long text."""
    if other.startswith(one):
        return len(one)
    most = range(min(len(one), len(other)) + 1)
    return bisect_left(most, True, key=lambda many: one[:many] != other[:many]) - 1


def _length(text: str) -> int:
    return sum(1 for _ in iter_graphemes(text))
