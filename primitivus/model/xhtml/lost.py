"""What of a text with markup another one hasn't that was made of it, in words."""

from collections import Counter
from collections.abc import Iterable
from xml.etree.ElementTree import Element, ParseError, XMLParser

from primitivus.model.xhtml.inline import name_of

_SAME = {"b": "strong", "i": "em", "del": "s", "samp": "code", "kbd": "code"}
_WORDS = {
    "a": "links", "blockquote": "quotations", "caption": "captions", "cite": "titles of works",
    "code": "code", "dl": "lists of definitions", "em": "emphasis", "figcaption": "captions",
    "figure": "figures", "h1": "headings", "h2": "headings", "h3": "headings", "h4": "headings",
    "h5": "headings", "h6": "headings", "img": "pictures", "ins": "what was inserted",
    "li": "items of lists", "mark": "highlighting", "ol": "numbered lists", "pre": "blocks of code",
    "q": "quotation marks", "s": "what is struck out", "small": "small print",
    "strong": "bold text",
    "sub": "subscript", "sup": "superscript", "table": "tables", "td": "cells of tables",
    "th": "cells of tables", "u": "underlining", "ul": "lists", "var": "variables",
}  # fmt: skip
_OTHER = "how it is laid out"


def lost(before: str, after: str) -> str:
    """Return what a `<div>` has that another one hasn't, with commas between."""
    gone = _counted(before) - _counted(after)
    return ", ".join(dict.fromkeys(_WORDS[each] for each in gone)) or _OTHER


def _counted(xhtml: str) -> Counter[str]:
    names = (name_of(each) for each in _elements(xhtml))
    return Counter(each for name in names if (each := _SAME.get(name, name)) in _WORDS)


def _elements(xhtml: str) -> Iterable[Element]:
    if not xhtml or "<!" in xhtml or "<?" in xhtml:
        return ()
    parser = XMLParser()
    try:
        parser.feed(xhtml)
        return parser.close().iter()
    except ParseError:
        return ()
