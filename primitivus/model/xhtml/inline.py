"""What stands within lines: styles, links, and where lines end."""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from primitivus.model.wording.urls import spans
from primitivus.model.xhtml.document import Link, Span, Style

DEEPEST = 40
"""How many elements may be within one another; of those within only the text is read."""

BLOCKS = frozenset({
    "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "li", "ol", "p", "pre", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
})  # fmt: skip
"""What stands on lines of its own."""

_STYLES: dict[str, Style] = {
    "b": "strong", "mark": "strong", "strong": "strong",
    "cite": "emphasis", "em": "emphasis", "i": "emphasis", "var": "emphasis",
    "del": "strike", "s": "strike",
    "code": "code", "kbd": "code", "samp": "code",
}  # fmt: skip
_IMAGE = "image"
_BLANKS = re.compile(r"[ \t\r\n\f]+")
# Where a line ends, whatever stands around it.
_END = Span("\n")
# So many characters of a long text are looked at in one go.
_PIECE = 2000


def name_of(element: Element) -> str:
    """Return the local name of an element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class Links:
    """The links of a text, each address once."""

    def __init__(self) -> None:
        self.listed: list[Link] = []
        self._numbers: dict[str, int] = {}

    def number(self, link: Link) -> int:
        """Return the number of a link, from 1 on."""
        if link.url not in self._numbers:
            self.listed.append(link)
            self._numbers[link.url] = len(self.listed)
        return self._numbers[link.url]


class Text:
    """Reads what stands within a block, in order; what looks like a link in it is one."""

    def __init__(self, links: Links) -> None:
        self._links = links

    def said(self, text: str | None, style: Style = "", link: int = 0) -> Iterator[Span]:
        """Yield a text, in pieces where it is long."""
        if not text:
            return
        if len(text) <= _PIECE and ":" not in text:  # which no link is without
            yield Span(text, style, link)
            return
        for piece in _pieces(text):
            place = 0
            for start, end in () if link else spans(piece):
                url = piece[start:end]
                yield Span(piece[place:start], style)
                yield Span(url, style, self._links.number(Link(url, url)))
                place = end
            yield Span(piece[place:], style, link)

    def of(
        self, element: Element, style: Style = "", link: int = 0, depth: int = 0
    ) -> Iterator[Span]:
        """Yield an element with what it holds, but not what is behind it."""
        name = name_of(element)
        if name == "br":
            yield _END
        if depth >= DEEPEST:
            yield from self.said("".join(element.itertext()), style, link)
        elif name == "a" and not link and element.get("href"):
            yield from self._link(element, style, depth)
        elif name in BLOCKS:
            yield _END
            yield from self.within(element, style, link, depth + 1)
            yield _END
        elif name == "q":
            yield Span("“", style, link)
            yield from self.within(element, style, link, depth + 1)
            yield Span("”", style, link)
        elif not len(element):
            yield from self.said(element.text, _STYLES.get(name, style), link)
        else:
            yield from self.within(element, _STYLES.get(name, style), link, depth + 1)

    def within(
        self, element: Element, style: Style = "", link: int = 0, depth: int = 0
    ) -> Iterator[Span]:
        """Yield all that an element holds."""
        yield from self.said(element.text, style, link)
        for child in element:
            yield from self.of(child, style, link, depth)
            if child.tail:
                yield from self.said(child.tail, style, link)

    def _link(self, element: Element, style: Style, depth: int) -> Iterator[Span]:
        said = _BLANKS.sub(" ", "".join(element.itertext())).strip()
        url = element.get("href", "").strip()
        link = Link(url, said, element.get("class") == _IMAGE)
        number = self._links.number(link)
        if said:
            yield from self.within(element, style, number, depth + 1)
        else:
            yield Span(url, style, number)
        if said and not link.is_told:
            yield Span(f"[{number}]", style, number)


def folded(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans with blanks folded and none at the ends; nothing where they say nothing."""
    return _without_end(_folded(spans), " \n")


def kept(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans as they stand, but for line ends at the end."""
    return _without_end(_begun(spans), "\n")


def _folded(spans: Iterable[Span]) -> Iterator[Span]:
    is_begun, ends_blank = False, True
    held: list[Span] = []  # blanks that are never folded: with nothing behind them they say nothing
    for span in spans:
        if span is _END:
            ends_blank = True
            held.clear()
            if is_begun:
                yield span
            continue
        text = _BLANKS.sub(" ", span.text)
        if ends_blank:
            text = text.lstrip(" ")
        if not text:
            continue
        ends_blank = text[-1] == " "
        read = span if text == span.text else span._replace(text=text)
        if not is_begun and text.isspace():
            held.append(read)
            continue
        is_begun = True
        yield from held
        held.clear()
        yield read


def _begun(spans: Iterable[Span]) -> Iterator[Span]:
    is_begun = False
    for span in spans:
        if span.text and (is_begun or span is not _END):
            is_begun = True
            yield span


def _without_end(spans: Iterable[Span], blanks: str) -> Iterator[Span]:
    held: list[Span] = []
    for span in spans:
        if span.text.rstrip(blanks):
            yield from held
            held.clear()
        held.append(span)
    if held and (said := held[0].text.rstrip(blanks)):
        yield held[0]._replace(text=said)


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces, of which none ends within a word."""
    start = 0
    while len(text) - start > _PIECE:
        blank = _BLANKS.search(text, start + _PIECE)
        end = blank.start() if blank is not None else len(text)
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]
