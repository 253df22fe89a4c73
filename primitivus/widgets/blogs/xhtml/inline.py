"""What stands within lines, as rows."""

from collections.abc import Iterable, Iterator, Sequence

from primitivus.model.xhtml.document import Link, Span
from primitivus.themes.symbols import Symbols
from primitivus.widgets.drawing import linking
from primitivus.widgets.drawing.attributes import Attribute
from primitivus.widgets.drawing.cells import Row, clusters, joined, printable
from primitivus.widgets.drawing.wrap import Run, indentation, styled, wrap
from primitivus.widgets.drawing.wrap import Span as Stretch

_STYLES = {
    "strong": "message.strong",
    "emphasis": "message.emphasis",
    "strike": "message.strike",
    "code": "message.code",
}
# So many lines of one paragraph are laid out at once: it may be all of a long text.
_AT_ONCE = 40
# So many characters of one are looked at at once.
_PIECE = 1000

# A text, and how it is drawn.
_Piece = tuple[str, Attribute]
_END: _Piece = ("\n", "")


def rows(
    inline: Iterable[Span], links: Sequence[Link], plain: str, columns: int, symbols: Symbols
) -> Iterator[Row]:
    """Yield the rows of a paragraph; what has no style of its own gets the style `plain`."""
    pieces = _pieces(inline, links, plain, symbols)
    is_over = False
    while not is_over:
        line = _Line(pieces)
        yield from _broken(line, plain, columns)
        is_over = line.is_last


def wrapped(text: str, found: list[Run], columns: int) -> Iterator[Row]:
    """Yield a line broken into rows, no more of it at once than are likely to be seen."""
    pieces, place = [], 0
    for attribute, length in found:
        pieces.append((text[place : place + length], attribute))
        place += length
    return _broken(iter(pieces), found[0][0] if found else "", columns)


class _Line:
    """The pieces up to a line end; `is_last` then says whether nothing is behind it."""

    def __init__(self, pieces: Iterator[_Piece]) -> None:
        self._pieces = pieces
        self.is_last = False

    def __iter__(self) -> Iterator[_Piece]:
        for piece in self._pieces:
            if piece is _END:
                return
            yield piece
        self.is_last = True


def _broken(pieces: Iterable[_Piece], plain: Attribute, columns: int) -> Iterator[Row]:
    """Yield what stands on one line as rows, no more of it at once than are likely to be seen."""
    text, found, enough = "", list[Run](), columns * _AT_ONCE
    begun = _Begun(columns)
    for said, attribute in pieces:
        text += said
        found.append((attribute, len(said)))
        while len(text) >= enough:
            text, found = _cleaned(text, found, plain)
            lines = begun.wrap(text)[: _AT_ONCE + 1]
            # Where the last one ends is not known yet.
            start = lines.pop()[0]
            yield from begun.rows(text, found, lines)
            text, found = text[start:], _behind(found, start)
            # What has no width fills no lines.
            enough = columns * _AT_ONCE if lines else 2 * len(text)
    text, found = _cleaned(text, found, plain)
    while True:
        lines = begun.wrap(text)
        yield from begun.rows(text, found, lines[:_AT_ONCE])
        if len(lines) <= _AT_ONCE:
            return
        start = lines[_AT_ONCE][0]
        text, found = text[start:], _behind(found, start)


class _Begun:
    """A line of which a stretch is laid out after the other; all rows are indented as it is."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        # How many blanks it begins with; None before it has begun.
        self._indent: int | None = None

    def wrap(self, text: str) -> list[Stretch]:
        """Return the lines of what comes next, and maybe more than are laid out at once."""
        if self._indent is None:
            return wrap(text, self._columns, _AT_ONCE, indentation(text, self._columns))
        return wrap(text, self._columns - self._indent, _AT_ONCE)

    def rows(self, text: str, found: list[Run], lines: list[Stretch]) -> Iterator[Row]:
        """Yield these lines of it as rows."""
        if self._indent is None:
            indent = indentation(text, self._columns)
            yield from styled(text, found, lines, indent)
            self._indent = indent if lines else None
            return
        blanks = [(found[0][0], " " * self._indent)] if found else []
        yield from (joined([*blanks, *row]) for row in styled(text, found, lines))


def _cleaned(text: str, found: list[Run], plain: Attribute) -> tuple[str, list[Run]]:
    """Return what only piles up where styles change as it can be drawn, in none."""
    cleaned = printable(text) if len(found) > 1 else text
    return (text, found) if cleaned == text else (cleaned, [(plain, len(cleaned))])


def _pieces(
    inline: Iterable[Span], links: Sequence[Link], plain: str, symbols: Symbols
) -> Iterator[_Piece]:
    """Yield what is said, and how it is drawn, none of it long; `_END` where a line ends."""
    pictured = 0
    for span in inline:
        attribute, sign = _attribute(span, links, plain), ""
        if span.link and links[span.link - 1].is_picture and span.link != pictured:
            sign, pictured = f"{symbols.file} ", span.link
        if len(span.text) <= _PIECE and "\n" not in span.text:  # as most are where styles change
            yield sign + printable(span.text), attribute
            continue
        for number, line in enumerate(span.text.split("\n")):
            if number:
                pictured = 0
                yield _END
            for text in _cut(line):
                yield sign + printable(text), attribute
                sign = ""


def _cut(text: str) -> Iterator[str]:
    """Yield a text in pieces, none of which ends within what is one sign."""
    start = 0
    while len(text) - start > _PIECE:
        end = start + _PIECE
        if not (text[start:end].isascii() and text[end].isascii()):
            *whole, _ = (cluster for cluster, _ in clusters(text[start:end]))
            end = start + sum(map(len, whole)) if whole else end
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _behind(found: list[Run], start: int) -> list[Run]:
    """Return how the characters from `start` on are drawn."""
    for number, (attribute, length) in enumerate(found):
        if length > start:
            return [(attribute, length - start), *found[number + 1 :]]
        start -= length
    return []


def _attribute(span: Span, links: Sequence[Link], plain: str) -> Attribute:
    if span.link:
        return linking.link(links[span.link - 1].url)
    return _STYLES.get(span.style, plain)
