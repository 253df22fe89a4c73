"""Widths: how many columns a text takes, and of which characters every terminal says the same."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from primitivus.model.editing import graphemes
from primitivus.widgets.terminal.placeholders import PLACEHOLDER

# First and last of each range. Not here: emoji and what may become one, what newer editions of
# Unicode widened or added, and everything that joins with its neighbours. A character missing
# here costs a few bytes (the cursor is placed anew after it); one too many tears the screen.
UNDISPUTED = (
    (0x0020, 0x007E),
    (0x00A0, 0x00A8),
    (0x00AA, 0x00AC),
    (0x00AF, 0x02FF),  # Latin, phonetics
    (0x0370, 0x0482),  # Greek, Cyrillic
    (0x048A, 0x0556),
    (0x0561, 0x0587),
    (0x05D0, 0x05EA),  # Hebrew
    (0x10D0, 0x10FF),  # Georgian
    (0x1E00, 0x1FFE),
    (0x2010, 0x2027),  # dashes, quotation marks
    (0x2030, 0x203B),
    (0x203D, 0x2048),
    (0x20A0, 0x20BF),  # currencies
    (0x2190, 0x2193),  # arrows
    (0x2200, 0x22FF),
    (0x2500, 0x25A9),  # lines, blocks
    (0x25B2, 0x25B5),
    (0x25B7, 0x25BF),
    (0x25C1, 0x25EF),
    (0x2713, 0x2713),
    (0x2717, 0x2717),
    (0x3001, 0x3029),  # from here on two columns wide
    (0x3041, 0x3096),
    (0x30A1, 0x30FF),
    (0x4E00, 0x9FA5),
    (0xAC00, 0xD7A3),
    (0xFF01, 0xFF60),
    (0xFF61, 0xFF9F),  # half-width again
    (0xFFFD, 0xFFFD),
)
_EDGES = tuple(chain.from_iterable((first, last + 1) for first, last in UNDISPUTED))


LONGEST_CLUSTER = 24
"""So many characters may be one."""


def width(text: str) -> int:
    """Return how many columns `text` takes; what controls nothing on the screen takes none."""
    return _short_width(text) if len(text) <= LONGEST_CLUSTER else _width(text)


def _width(text: str) -> int:
    return max(graphemes.width(text, control_codes="ignore"), 0)


_short_width = lru_cache(maxsize=4096)(_width)


def clusters(text: str) -> Iterator[str]:
    """Yield the grapheme clusters of `text`, those that join into a narrower one as one."""
    held = ""
    for cluster in graphemes.iter_graphemes(text):
        if held and _join(held, cluster):
            held += cluster
            continue
        if held:
            yield held
        held = cluster
    if held:
        yield held


@lru_cache(maxsize=4096)
def _join(one: str, other: str) -> bool:
    if is_undisputed(one) or len(one) + len(other) > LONGEST_CLUSTER:
        return False
    return width(one + other) != width(one) + width(other)


def is_undisputed(cluster: str) -> bool:
    """Tell whether every terminal agrees on how many columns `cluster` takes."""
    return len(cluster) == 1 and bisect_right(_EDGES, ord(cluster)) % 2 == 1


def reach(cluster: str, columns: int) -> int:
    """Return how many columns a terminal may at most draw `cluster` over; 0 if undisputed."""
    if is_undisputed(cluster) or cluster.startswith(PLACEHOLDER):
        return 0
    # Some draw every part of a joined emoji, some even its joiners, each in its own columns.
    return max(columns, sum(map(_most_columns, cluster)))


def _most_columns(character: str) -> int:
    columns = graphemes.wcwidth(character)
    return max(columns, 1) if columns < 1 or is_undisputed(character) else 2
