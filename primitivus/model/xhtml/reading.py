"""Reading texts with markup, which the daemon has cleaned, and is trusted no more for it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, takewhile, zip_longest
from xml.etree.ElementTree import Element, ParseError, SubElement, XMLParser

from backendd.api.tuples import NamedTuple
from primitivus.model.xhtml.document import Block, Document, Inline, Kind, Lazy, Lead, Span, align
from primitivus.model.xhtml.inline import BLOCKS, DEEPEST, Links, Text, folded, kept, name_of

LONGEST = 2 * 1024 * 1024
"""Characters of the longest one that is read."""

# So many columns a table has; what follows stands in the last of them.
_CELLS = 30
# So many rows of one are at most its head.
_HEADS = 20
# The number of a list's first item has fewer.
_DIGITS = 7
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LEADS = {"blockquote": Lead("quote"), "dd": Lead("indent"), "li": Lead("bullet")}
_PARTS = frozenset({"table", "thead", "tbody", "tfoot"})
# What is parted from others by blank lines.
_APART = _HEADINGS | {"blockquote", "dl", "figure", "hr", "ol", "p", "pre", "table", "ul"}


def read(xhtml: str) -> Document | None:
    """Return what a `<div>` holds; None where it is none that can be read."""
    if not xhtml or len(xhtml) > LONGEST or "<!" in xhtml or "<?" in xhtml:
        return None
    parser = XMLParser()
    try:
        parser.feed(xhtml)
        root = parser.close()
    except ParseError:
        return None
    reader = _Reader()
    return Document(reader.within(root), reader.links.listed)


def read_text(text: str) -> Document:
    """Return a text without markup, in which blank lines part what stands apart."""
    reader = _Reader()
    return Document(reader.paragraphs(text[:LONGEST]), reader.links.listed)


class _Content:
    """What an element holds, as far as it was not taken yet, and the block it was taken up to."""

    def __init__(self, element: Element) -> None:
        self.rest = self._all(element)
        self.block: Element | None = None

    @staticmethod
    def _all(element: Element) -> Iterator[Element | str]:
        if element.text:
            yield element.text
        for child in element:
            yield child
            if child.tail:
                yield child.tail


class _Reader:
    """Yields one block behind the other; each is read whole before the next is begun."""

    def __init__(self) -> None:
        self.links = Links()
        self._text = Text(self.links)
        self._leads: list[Lead] = []
        # How many of these stand beside what is above already.
        self._begun = 0
        self._is_apart = False
        # How many there were.
        self._count = 0

    def paragraphs(self, text: str) -> Iterator[Block]:
        """Yield what is parted by blank lines."""
        for paragraph in text.split("\n\n"):
            said = self._text.said(paragraph.strip("\n"))
            yield from self._made("text", kept(said), is_apart=True)

    def within(self, element: Element, depth: int = 0) -> Iterator[Block]:
        """Yield what an element holds."""
        content = _Content(element)
        while True:
            yield from self._made("text", folded(self._up_to_block(content, depth)))
            if (block := content.block) is None:
                return
            yield from self._block(name_of(block), block, depth)

    def _up_to_block(self, content: _Content, depth: int) -> Iterator[Span]:
        content.block = None
        for each in content.rest:
            if isinstance(each, str):
                yield from self._text.said(each)
            elif name_of(each) in BLOCKS and depth < DEEPEST:
                content.block = each
                return
            else:
                yield from self._text.of(each, depth=depth)

    def _made(self, kind: Kind, said: Iterable[Span], *, is_apart: bool = False) -> Iterator[Block]:
        """Yield a block, unless it says nothing."""
        spans = Lazy(said)
        if spans:
            yield self._next(Block(kind, spans), is_apart=is_apart)
            spans.finish()

    def _next(self, block: Block, *, is_apart: bool = False) -> Block:
        """Return a block that stands where one is now."""
        leads, begun = tuple(self._leads), self._begun
        is_apart = (self._is_apart or is_apart) and self._count > 0
        self._count += 1
        self._begun, self._is_apart = len(leads), False
        return block._replace(leads=leads, begun=begun, is_apart=is_apart)

    def _block(self, name: str, element: Element, depth: int) -> Iterator[Block]:
        is_apart = name in _APART and not (name in ("ol", "ul") and self._is_in_item)
        self._is_apart |= is_apart
        match name:
            case "hr":
                yield self._next(Block("rule"))
                yield from self.within(element, depth + 1)
            case "pre":
                yield from self._made("code", kept(self._text.within(element)))
            case "ol" | "ul":
                yield from self._list(element, depth, is_numbered=name == "ol")
            case _ if name in _LEADS:
                yield from self._beside(_LEADS[name], element, depth)
            case _ if name in _HEADINGS:
                yield from self._made("heading", folded(self._text.within(element, depth=depth)))
            case _ if name in _PARTS:
                yield from self._table(element)
            case _:
                yield from self.within(element, depth + 1)
        self._is_apart |= is_apart

    @property
    def _is_in_item(self) -> bool:
        return any(lead.kind in ("bullet", "number") for lead in self._leads)

    def _beside(self, lead: Lead, element: Element, depth: int) -> Iterator[Block]:
        """Yield what an element holds with a lead beside it."""
        self._leads.append(lead)
        before = self._count
        yield from self.within(element, depth + 1)
        if self._count == before and lead.kind in ("bullet", "number"):
            self._count += 1
            yield Block("text", leads=tuple(self._leads), begun=self._begun)
        self._leads.pop()
        self._begun = min(self._begun, len(self._leads))

    def _list(self, element: Element, depth: int, *, is_numbered: bool) -> Iterator[Block]:
        number = _number(element.get("start", "")) if is_numbered else 0
        yield from self._said(element.text)
        for item in element:
            lead = Lead("number", number) if is_numbered else Lead("bullet")
            yield from self._beside(lead, item, depth)
            yield from self._said(item.tail)
            number += 1

    def _said(self, text: str | None) -> Iterator[Block]:
        """Yield what stands where nothing should."""
        return self._made("text", folded(self._text.said(text)))

    def _table(self, element: Element) -> Iterator[Block]:
        rows = Lazy(self._rows(element))
        heads = sum(1 for _ in takewhile(lambda row: row.is_head, islice(rows, _HEADS)))
        cells = Lazy(row.cells for row in rows)
        if cells:
            # Where a head says nothing of it, the row below it may.
            first, *others = islice(rows, 2)
            aligned = tuple(
                map(align, zip_longest(first.styles, *(each.styles for each in others)))
            )
            yield self._next(Block("table", cells=cells, heads=heads, aligned=aligned))
            cells.finish()

    def _rows(self, table: Element) -> Iterator["_Row"]:
        for each in _rows(table, 0):
            cells = tuple(self._cells(each))
            if any(cells):
                is_head = len(each) > 0 and all(name_of(cell) == "th" for cell in each)
                yield _Row(cells, is_head, [cell.get("style", "") for cell in each])

    def _cells(self, row: Element) -> Iterator[Inline]:
        said = [self._text.said(row.text)]
        for number, cell in enumerate(row, 1):
            said += (self._text.within(cell), self._text.said(cell.tail))
            if number < _CELLS or number == len(row):
                yield _cell(said)
                said.clear()
            else:
                said.append(self._text.said(" "))
        if said:
            yield _cell(said)


def _cell(said: Iterable[Iterable[Span]]) -> Inline:
    found = Lazy(map(_on_one_line, folded(chain.from_iterable(said))))
    found.finish()  # its links are counted before those of the next one
    return found


class _Row(NamedTuple):
    """A row of a table."""

    cells: Sequence[Inline]
    is_head: bool
    # The styles of its cells, as the daemon writes them.
    styles: Sequence[str]


def _on_one_line(span: Span) -> Span:
    return span._replace(text=span.text.replace("\n", " "))


def _rows(table: Element, depth: int) -> Iterator[Element]:
    """Yield the rows of a table, and what else is in it as if it were one."""
    yield from _as_row(table.text)
    for child in table:
        name = name_of(child)
        if name == "tr":
            yield child
        elif name in _PARTS and depth < DEEPEST:
            yield from _rows(child, depth + 1)
        else:
            row = Element("tr")
            row.append(child)
            yield row
            continue  # its tail goes with it
        yield from _as_row(child.tail)


def _as_row(text: str | None) -> Iterator[Element]:
    if text and not text.isspace():
        row = Element("tr")
        SubElement(row, "td").text = text
        yield row


def _number(written: str) -> int:
    is_number = written.isascii() and written.isdigit() and len(written) < _DIGITS
    return int(written) if is_number else 1
