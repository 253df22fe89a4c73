"""Reading texts with markup, which the daemon has cleaned, and is trusted no more for it."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, SubElement, XMLParser

from primitivus.model.xhtml.document import Block, Document, Inline, Kind, Lead, Span
from primitivus.model.xhtml.inline import BLOCKS, DEEPEST, Line, Links, name_of

LONGEST = 2 * 1024 * 1024
"""Characters of the longest one that is read."""

# So many columns a table has; what follows stands in the last of them.
_CELLS = 30
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
    return Document(reader.walk(root), reader.links.listed)


def read_text(text: str) -> Document:
    """Return a text without markup, in which blank lines part what stands apart."""
    reader = _Reader()
    return Document(reader.paragraphs(text[:LONGEST]), reader.links.listed)


class _Reader:
    """Puts down one block behind the other."""

    def __init__(self) -> None:
        self.links = Links()
        self._blocks: list[Block] = []
        self._leads: list[Lead] = []
        # How many of these stand beside what is above already.
        self._begun = 0
        self._is_apart = False
        # Whether any was handed on.
        self._has_any = False

    def walk(self, root: Element) -> Iterator[Block]:
        """Yield what an element holds."""
        for _ in self._parts(root, 0):
            yield from self._taken()

    def paragraphs(self, text: str) -> Iterator[Block]:
        """Yield what is parted by blank lines."""
        for paragraph in text.split("\n\n"):
            line = Line(self.links, is_preformatted=True)
            line.say(paragraph.strip("\n"))
            self.add("text", line.take(), is_apart=True)
            yield from self._taken()

    def _taken(self) -> list[Block]:
        """Return the blocks that were put down since this was asked last."""
        taken, self._blocks = self._blocks, []
        self._has_any = self._has_any or bool(taken)
        return taken

    def add(
        self,
        kind: Kind,
        spans: Inline = (),
        cells: tuple[tuple[Inline, ...], ...] = (),
        heads: int = 0,
        *,
        is_apart: bool = False,
    ) -> None:
        """Put down a block, unless it says nothing."""
        if not spans and not cells and kind != "rule":
            return
        leads = tuple(self._leads)
        self._is_apart |= is_apart
        is_apart = self._is_apart and (self._has_any or bool(self._blocks))
        self._blocks.append(Block(kind, spans, leads, self._begun, is_apart, cells, heads))
        self._begun, self._is_apart = len(leads), False

    def read(self, element: Element, depth: int) -> None:
        """Put down what an element holds."""
        for _ in self._parts(element, depth):
            pass

    def _parts(self, element: Element, depth: int) -> Iterator[None]:
        """Put down what an element holds, and yield after each part."""
        line = Line(self.links)
        line.say(element.text)
        for child in element:
            name = name_of(child)
            if name in BLOCKS and depth < DEEPEST:
                self.add("text", line.take())
                self._block(name, child, depth)
            else:
                line.add(child, depth=depth)
            line.say(child.tail)
            yield
        self.add("text", line.take())
        yield

    def _block(self, name: str, element: Element, depth: int) -> None:
        is_apart = name in _APART and not (name in ("ol", "ul") and self._is_in_item)
        self._is_apart |= is_apart
        match name:
            case "hr":
                self.add("rule")
                self.read(element, depth + 1)
            case "pre":
                self._code(element)
            case "ol" | "ul":
                self._list(element, depth, is_numbered=name == "ol")
            case _ if name in _LEADS:
                self._within(_LEADS[name], element, depth)
            case _ if name in _HEADINGS:
                self._heading(element, depth)
            case _ if name in _PARTS:
                self._table(element)
            case _:
                self.read(element, depth + 1)
        self._is_apart |= is_apart

    def _heading(self, element: Element, depth: int) -> None:
        line = Line(self.links)
        line.within(element, depth=depth)
        self.add("heading", line.take())

    @property
    def _is_in_item(self) -> bool:
        return any(lead.kind in ("bullet", "number") for lead in self._leads)

    def _within(self, lead: Lead, element: Element, depth: int) -> None:
        """Put down what an element holds with a lead beside it."""
        self._leads.append(lead)
        before = len(self._blocks)
        self.read(element, depth + 1)
        if len(self._blocks) == before and lead.kind in ("bullet", "number"):
            self._blocks.append(Block("text", (), tuple(self._leads), self._begun))
        self._leads.pop()
        self._begun = min(self._begun, len(self._leads))

    def _list(self, element: Element, depth: int, *, is_numbered: bool) -> None:
        number = _number(element.get("start", "")) if is_numbered else 0
        self._say(element.text)
        for item in element:
            self._within(Lead("number", number) if is_numbered else Lead("bullet"), item, depth)
            self._say(item.tail)
            number += 1

    def _say(self, text: str | None) -> None:
        """Put down what stands where nothing should."""
        line = Line(self.links)
        line.say(text)
        self.add("text", line.take())

    def _code(self, element: Element) -> None:
        line = Line(self.links, is_preformatted=True)
        line.within(element)
        spans = list(line.take())
        while spans and not spans[-1].text.rstrip("\n"):
            spans.pop()
        if spans:
            spans[-1] = spans[-1]._replace(text=spans[-1].text.rstrip("\n"))
        self.add("code", tuple(spans))

    def _table(self, element: Element) -> None:
        cells: list[tuple[Inline, ...]] = []
        heads = 0
        for row in _rows(element, 0):
            if not any(said := tuple(self._cells(row))):
                continue
            if heads == len(cells) and all(name_of(each) == "th" for each in row):
                heads += 1
            cells.append(said)
        self.add("table", cells=tuple(cells), heads=heads)

    def _cells(self, row: Element) -> Iterator[Inline]:
        line = Line(self.links)
        line.say(row.text)
        for number, cell in enumerate(row, 1):
            line.within(cell)
            line.say(cell.tail)
            if number < _CELLS or number == len(row):
                yield tuple(map(_on_one_line, line.take()))
            else:
                line.say(" ")


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
