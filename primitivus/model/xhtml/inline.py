"""What stands within lines: styles, links, and where lines end."""

import re
from xml.etree.ElementTree import Element

from primitivus.model.urls import spans
from primitivus.model.xhtml.document import Inline, Link, Span, Style

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


class Line:
    """Gathers what stands within a block; blanks are folded unless it `is_preformatted`."""

    def __init__(self, links: Links, *, is_preformatted: bool = False) -> None:
        self._links = links
        self._is_preformatted = is_preformatted
        self._spans: list[Span] = []
        # Whether a blank here would show nowhere.
        self._is_begun = False

    def take(self) -> Inline:
        """Return what was gathered, and begin anew; nothing where it says nothing."""
        found, self._spans, self._is_begun = self._spans, [], False
        if not self._is_preformatted:
            while found and not (said := found[-1].text.rstrip(" \n")):
                found.pop()
            if found:
                found[-1] = found[-1]._replace(text=said)
        return tuple(found)

    def say(self, text: str | None, style: Style = "", link: int = 0) -> None:
        """Add a text; what looks like a link in it is one."""
        if not text or (not self._is_begun and not self._is_preformatted and text.isspace()):
            return
        if not self._is_preformatted:
            text = _BLANKS.sub(" ", text)
        if ":" not in text:
            self._add(text, style, link)
            return
        place = 0
        for start, end in () if link else spans(text):
            url = text[start:end]
            self._add(text[place:start], style, 0)
            self._add(url, style, self._links.number(Link(url, url)))
            place = end
        self._add(text[place:], style, link)

    def add(self, element: Element, style: Style = "", link: int = 0, depth: int = 0) -> None:
        """Add an element with what it holds, but not what is behind it."""
        name = name_of(element)
        if name == "br":
            self._end_line()
        if depth >= DEEPEST:
            self.say("".join(element.itertext()), style, link)
        elif name == "a" and not link and element.get("href"):
            self._add_link(element, style, depth)
        else:
            style = _STYLES.get(name, style)
            is_block, is_quoted = name in BLOCKS, name == "q"
            if is_block:
                self._end_line()
            self.say("“" if is_quoted else "", style, link)
            self.within(element, style, link, depth + 1)
            self.say("”" if is_quoted else "", style, link)
            if is_block:
                self._end_line()

    def within(self, element: Element, style: Style = "", link: int = 0, depth: int = 0) -> None:
        """Add all that an element holds."""
        self.say(element.text, style, link)
        for child in element:
            self.add(child, style, link, depth)
            self.say(child.tail, style, link)

    def _add_link(self, element: Element, style: Style, depth: int) -> None:
        said = _BLANKS.sub(" ", "".join(element.itertext())).strip()
        url = element.get("href", "").strip()
        link = Link(url, said, element.get("class") == _IMAGE)
        number = self._links.number(link)
        if said:
            self.within(element, style, number, depth + 1)
        else:
            self._add(url, style, number)
        if said and not link.is_told:
            self._add(f"[{number}]", style, number)

    def _add(self, text: str, style: Style, link: int) -> None:
        if not self._is_preformatted:
            ends_blank = not self._is_begun or self._spans[-1].text[-1] in " \n"
            text = text.lstrip(" ") if ends_blank else text
        if text:
            self._is_begun = True
            self._spans.append(Span(text, style, link))

    def _end_line(self) -> None:
        if self._is_begun:
            self._spans.append(Span("\n"))
