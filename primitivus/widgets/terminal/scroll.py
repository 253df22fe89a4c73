"""Scrolling: finds the band of rows that moved, if moving it on the terminal saves bytes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, compress, count
from math import inf
from operator import ne, sub

from backendd.api.values import Value
from primitivus.widgets.terminal.cells import BLANK, Row

# What region, line feed, reset and finding back cost, about.
_OVERHEAD = 24
# A move of the cursor costs about this much, so nearer changes are written in one go.
_MOVE = 5
_VOTERS = 12
_CANDIDATES = 2
_FEWEST_CHANGED_ROWS = 2


class Scroll(Value):
    """The rows from `top` to `bottom`, both included, move up by `lines`, or down by `-lines`."""

    top: int
    bottom: int
    lines: int

    def applied(self, rows: Sequence[Row]) -> list[Row]:
        """Return `rows` as a terminal shows them after this."""
        band = list(rows[self.top : self.bottom + 1])
        free = [(BLANK,) * len(rows[0])] * min(abs(self.lines), len(band))
        is_up = self.lines > 0
        band = band[self.lines :] + free if is_up else free + band[: self.lines]
        return [*rows[: self.top], *band, *rows[self.bottom + 1 :]]


class _Costs(Value):
    """What each row costs if nothing is scrolled, and if it comes free."""

    plain: tuple[int, ...]
    fresh: tuple[int, ...]


def find(old: Sequence[Row], new: Sequence[Row]) -> Scroll | None:
    """Return the scroll after which `old` takes the fewest bytes to turn into `new`.

    None if no scroll saves bytes. Cells beside the pane that moved (a roster, a divider) move
    along on the terminal; writing them again is part of the sum.
    """
    changed = [y for y, (before, after) in enumerate(zip(old, new, strict=True)) if before != after]
    if len(changed) < _FEWEST_CHANGED_ROWS:
        return None
    distances = _candidates(old, new, changed)
    if not distances:
        return None
    known = _Costs(
        plain=tuple(map(_cost, old, new)),
        fresh=tuple(_cost((BLANK,) * len(row), row) for row in new),
    )
    bands = (_best_band(old, new, known, lines) for lines in distances)
    saving, scroll = max(bands, default=(0, None), key=lambda band: band[0])
    return scroll if saving > 0 else None


def _candidates(old: Sequence[Row], new: Sequence[Row], changed: Sequence[int]) -> list[int]:
    """Return the likeliest distances, by where what changed in a row had stood before."""
    votes: Counter[int] = Counter()
    wanted = sorted(((_extent(old[y], new[y]), y) for y in changed), reverse=True)[:_VOTERS]
    for (width, start), y in wanted:
        part = new[y][start : start + width]
        if part.count(BLANK) == width:
            continue
        for origin in changed:
            if origin != y and old[origin][start : start + width] == part:
                votes[origin - y] += width
    return [lines for lines, _ in votes.most_common(_CANDIDATES)]


def _extent(old: Row, new: Row) -> tuple[int, int]:
    """Return how many columns what differs spans, and where it starts."""
    differs = bytes(map(ne, old, new))
    start = differs.index(True)
    return differs.rindex(True) + 1 - start, start


def _best_band(
    old: Sequence[Row], new: Sequence[Row], known: _Costs, lines: int
) -> tuple[int, Scroll | None]:
    """Return the bytes saved by, and the band for, moving up by `lines`."""
    height, away = len(new), abs(lines)
    moved = [0] * height
    for y in range(max(0, -lines), min(height, height - lines)):
        moved[y] = known.plain[y] - _cost(old[y + lines], new[y])
    moves = _sums(moved)
    frees = _sums(map(sub, known.plain, known.fresh))
    best: tuple[int, Scroll | None] = (0, None)
    # What a band saves is a sum of what its upper and its lower end decide, so one pass over the
    # lower ends finds the best, with the best upper end so far.
    upper, top = -inf, 0
    for bottom in range(away, height):
        first = bottom - away
        opened = -moves[first] if lines > 0 else frees[bottom] - frees[first] - moves[bottom]
        if opened > upper:
            upper, top = opened, first
        free = bottom + 1 - away
        closed = moves[free] + frees[bottom + 1] - frees[free] if lines > 0 else moves[bottom + 1]
        if upper + closed - _OVERHEAD > best[0]:
            best = int(upper + closed - _OVERHEAD), Scroll(top, bottom, lines)
    return best


def _sums(values: Iterable[int]) -> list[int]:
    return list(accumulate(values, initial=0))


def _cost(old: Row, new: Row) -> int:
    """Return about how many bytes turn `old` into `new`."""
    if old is new or old == new:
        return 0
    cost, last = _MOVE, -_MOVE
    for x in compress(count(), map(ne, old, new)):
        # A run of blanks is erased at the cost of its first.
        if new[x] is not BLANK or new[x - 1] is not BLANK:
            # In a picture each cell may: `min` would take longest of all.
            gap = x - last
            cost += gap if gap < _MOVE else _MOVE
            last = x
    return cost
