"""What stands within lines, as rows."""

from collections.abc import Iterator, Sequence

from primitivus.model.xhtml.document import Inline, Link, Span
from primitivus.themes.symbols import Symbols
from primitivus.widgets import linking
from primitivus.widgets.attributes import Attribute
from primitivus.widgets.cells import Row, printable
from primitivus.widgets.wrap import Run, styled, wrap

_STYLES = {
    "strong": "message.strong",
    "emphasis": "message.emphasis",
    "strike": "message.strike",
    "code": "message.code",
}
# So many lines of one paragraph are laid out at once: it may be all of a long text.
_AT_ONCE = 40


def rows(
    inline: Inline, links: Sequence[Link], plain: str, columns: int, symbols: Symbols
) -> Iterator[Row]:
    """Yield the rows of a paragraph; what has no style of its own gets the style `plain`."""
    for line in _lines(inline):
        yield from wrapped(*runs(line, links, plain, symbols), columns)


def runs(
    inline: Inline, links: Sequence[Link], plain: str, symbols: Symbols
) -> tuple[str, list[Run]]:
    """Return what is said on one line, and how its characters are drawn."""
    parts: list[str] = []
    found: list[Run] = []
    pictured = 0
    for span in inline:
        text = printable(span.text)
        if span.link and links[span.link - 1].is_picture and span.link != pictured:
            text, pictured = f"{symbols.file} {text}", span.link
        parts.append(text)
        found.append((_attribute(span, links, plain), len(text)))
    if len(parts) == 1:
        return parts[0], found
    said = "".join(parts)
    # What only piles up where styles change is drawn in none.
    cleaned = printable(said)
    return cleaned, found if cleaned == said else [(plain, len(cleaned))]


def wrapped(text: str, found: list[Run], columns: int) -> Iterator[Row]:
    """Yield a line broken into rows, no more of it at once than are likely to be seen."""
    while True:
        lines = wrap(text, columns, _AT_ONCE)
        if len(lines) <= _AT_ONCE:
            yield from styled(text, found, lines)
            return
        yield from styled(text, found, lines[:_AT_ONCE])
        start = lines[_AT_ONCE][0]
        text, found = text[start:], _behind(found, start)


def _behind(found: list[Run], start: int) -> list[Run]:
    """Return how the characters from `start` on are drawn."""
    for number, (attribute, length) in enumerate(found):
        if length > start:
            return [(attribute, length - start), *found[number + 1 :]]
        start -= length
    return []


def _lines(inline: Inline) -> Iterator[Inline]:
    line: list[Span] = []
    for span in inline:
        first, *others = span.text.split("\n")
        line.append(span._replace(text=first))
        for text in others:
            yield tuple(line)
            line = [span._replace(text=text)]
    yield tuple(line)


def _attribute(span: Span, links: Sequence[Link], plain: str) -> Attribute:
    if span.link:
        return linking.link(links[span.link - 1].url)
    return _STYLES.get(span.style, plain)
