"""Text measured in terminal cells: rows of styled segments, cut and padded to columns."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from primitivus.widgets.drawing.attributes import Attribute, Touched
from primitivus.widgets.terminal import widths
from primitivus.widgets.terminal.placeholders import PLACEHOLDER

# How it is drawn, and a text without control characters.
Segment = tuple[Attribute, str]
Row = tuple[Segment, ...]

_DROPPED: dict[int, str | None] = {
    code: None for code in (*range(32), *range(127, 160)) if code not in (9, 10)
}
# Overrides of the writing direction would let a message rearrange what stands beside it.
_DROPPED |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029, 0xFEFF))
# The terminal would show a picture in its place.
_DROPPED |= {ord(PLACEHOLDER): "\ufffd"}


# A joiner belongs between emoji; elsewhere it only upsets how wide terminals think text is.
_EMOJI = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"


@cache
def _stray_joiner() -> re.Pattern[str]:
    return re.compile(f"(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])")


# Whatever is piled up in one place: a cluster has at most so many characters.
LONGEST_CLUSTER = widths.LONGEST_CLUSTER
# Letters that never join others; a longer cluster has such a run without any of them.
_APART = (
    "\x00-\xa8\xaa-\xad\xaf-\u02ff\u0370-\u0482\u048a-\u0556\u3041-\u3096\u4e00-\u9fff\uac00-\ud7a3"
)
_REPLACEMENT = "\ufffd"


@cache
def _pile() -> re.Pattern[str]:
    return re.compile(f"[^{_APART}]{{{LONGEST_CLUSTER},}}")


def printable(text: str) -> str:
    """Return `text` without control characters; tabs become spaces, line ends stay."""
    if text.isascii() and text.isprintable():
        return text
    text = text.translate(_DROPPED).replace("\t", "    ")
    if "\u200d" in text:
        text = _stray_joiner().sub("", text)
    is_piled = len(text) >= LONGEST_CLUSTER and _pile().search(text)
    return "".join(_lowered(text)) if is_piled else text


def _lowered(text: str) -> Iterator[str]:
    """Yield the clusters of `text` that show, those that are piled too high cut short."""
    for cluster, columns in clusters(text):
        if len(cluster) > LONGEST_CLUSTER:
            yield cluster[: LONGEST_CLUSTER - 1] + _REPLACEMENT
        elif columns or cluster == "\n":
            yield cluster


def single_line(text: str) -> str:
    """Return `text` on one line, fit for a list or a bar."""
    if text.isascii() and text.isprintable():
        return text
    return _single_line(text) if len(text) <= _LINE_LENGTH else _on_one_line(text)


# Names and statuses are no longer; each is drawn again with every frame.
_LINE_LENGTH = 1024


@lru_cache(maxsize=1024)
def _single_line(text: str) -> str:
    return _on_one_line(text)


def _on_one_line(text: str) -> str:
    return printable(text).replace("\n", " ")


def width(text: str) -> int:
    """Return how many columns `text` takes."""
    if text.isascii():
        return len(text)
    return _width(text) if len(text) <= _KEPT_LENGTH else _measured(text)


# Longer texts are measured anew each time: thousands of them would be kept else.
_KEPT_LENGTH = 256


@lru_cache(maxsize=4096)
def _width(text: str) -> int:
    return _measured(text)


def _measured(text: str) -> int:
    # The sum of its clusters, so that text cut anywhere is as wide as its parts.
    return sum(columns for _, columns in clusters(text))


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """Yield the grapheme clusters of `text`, each with its columns."""
    if text.isascii():
        yield from ((letter, 1) for letter in text)
        return
    for cluster in widths.clusters(text):
        yield cluster, widths.width(cluster)


def clip(text: str, columns: int, ellipsis: str = "…") -> str:
    """Return `text`, cut to `columns` with an ellipsis where it is longer."""
    if columns <= 0:
        return ""
    if text.isascii() or len(text) <= columns // 2:
        return text if width(text) <= columns else _cut_short(text, columns, ellipsis)
    return _clipped(text, columns, ellipsis)


@lru_cache(maxsize=1024)
def _clipped(text: str, columns: int, ellipsis: str) -> str:
    # Only as much is measured as could show.
    return text if len(_head(text, columns)) == len(text) else _cut_short(text, columns, ellipsis)


def _cut_short(text: str, columns: int, ellipsis: str) -> str:
    tail = ellipsis if width(ellipsis) < columns else ""
    return _head(text, columns - width(tail)) + tail


def without_middle(text: str, columns: int, ellipsis: str = "…") -> str:
    """Return `text`, cut to `columns` with an ellipsis for its middle where it is longer."""
    whole = width(text)
    if whole <= columns:
        return text
    left = max(0, columns - width(ellipsis))
    tail = left // 2
    return _head(text, left - tail) + ellipsis + _middle(text, whole - tail, whole)


def clip_row(row: Iterable[Segment], columns: int, ellipsis: str = "…") -> Row:
    """Return a row, cut to `columns` with an ellipsis where it is longer."""
    cut: list[Segment] = []
    for style, text in row:
        if columns <= 0:
            break
        cut.append((style, clip(text, columns, ellipsis)))
        columns -= width(text)
    return tuple(cut)


def fit(text: str, columns: int, ellipsis: str = "…") -> str:
    """Return `text` clipped or filled with blanks to exactly `columns`."""
    clipped = clip(text, columns, ellipsis)
    return clipped + " " * (columns - width(clipped))


def around(text: str, cursor: int, columns: int) -> tuple[int, str, int]:
    """Return where the part of a line around the cursor begins, it, and the cursor's column."""
    start, column = cursor, 0
    # Only what may show is measured, however long the line is.
    before = text[max(0, cursor - 4 * columns) : cursor]
    for cluster, columns_of_it in reversed([*clusters(before)]):
        if column + columns_of_it > columns:
            break
        start, column = start - len(cluster), column + columns_of_it
    return start, clip(text[start : start + 4 * columns], columns + 1, ""), column


def row_width(row: Row) -> int:
    """Return how many columns `row` takes."""
    return sum(width(text) for _, text in row)


def fill(row: Row, columns: int, style: Attribute = "default") -> Row:
    """Return `row` cut or filled with blanks of `style` to exactly `columns`."""
    missing = columns
    for _, text in row:
        missing -= len(text) if text.isascii() else width(text)
    if missing == 0:
        return row
    if missing > 0:
        return (*row, (style, " " * missing))
    return cut(row, 0, columns)


def cut(row: Row, start: int, end: int) -> Row:
    """Return the columns `start` to `end` of a row; a wide character cut in two becomes blanks."""
    kept: list[Segment] = []
    column = 0
    for style, text in row:
        columns = width(text)
        if column + columns > start and column < end:
            kept.append((style, _middle(text, start - column, end - column)))
        column += columns
    return tuple(kept)


def splice(row: Row, start: int, inlay: Row) -> Row:
    """Return `row` with `inlay` lying over it from column `start` on."""
    end = start + row_width(inlay)
    return (*fill(cut(row, 0, start), start), *inlay, *cut(row, end, max(end, row_width(row))))


def joined(segments: Iterable[Segment]) -> Row:
    """Return a row of `segments`, neighbours of one kind put together, empty ones left out."""
    row: list[Segment] = []
    last: Attribute | None = None
    for segment in segments:
        style, text = segment
        if not text:
            continue
        if style is last or (style == last and Touched not in (type(style), type(last))):
            row[-1] = (style, row[-1][1] + text)
        else:
            row.append(segment)
            last = style
    return tuple(row)


def _head(text: str, columns: int) -> str:
    if text.isascii():
        return text[:columns]
    kept, used = [], 0
    for cluster, columns_of_it in clusters(text):
        if used + columns_of_it > columns:
            break
        kept.append(cluster)
        used += columns_of_it
    return "".join(kept)


def _middle(text: str, start: int, end: int) -> str:
    if text.isascii():
        return text[max(0, start) : end]
    kept, column = [], 0
    for cluster, columns in clusters(text):
        if start <= column and column + columns <= end:
            kept.append(cluster)
        else:
            overlap = min(end, column + columns) - max(start, column)
            kept.append(" " * max(0, overlap))
        column += columns
    return "".join(kept)
