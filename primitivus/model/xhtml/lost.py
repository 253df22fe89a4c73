"""What of a text with markup another one hasn't that was made of it, in words."""

from collections import Counter
from collections.abc import Iterable
from xml.etree.ElementTree import Element, ParseError, XMLParser

from primitivus.model.xhtml.inline import name_of
from primitivus.sentences import tr

_SAME = {"b": "strong", "i": "em", "del": "s", "samp": "code", "kbd": "code"}
_WORDS = {
    "a": tr("links"),
    "blockquote": tr("quotations"),
    "caption": tr("captions"),
    "cite": tr("titles of works"),
    "code": tr("code"),
    "dl": tr("lists of definitions"),
    "em": tr("emphasis"),
    "figcaption": tr("captions"),
    "figure": tr("figures"),
    "h1": tr("headings"),
    "h2": tr("headings"),
    "h3": tr("headings"),
    "h4": tr("headings"),
    "h5": tr("headings"),
    "h6": tr("headings"),
    "img": tr("pictures"),
    "ins": tr("what was inserted"),
    "li": tr("items of lists"),
    "mark": tr("highlighting"),
    "ol": tr("numbered lists"),
    "pre": tr("blocks of code"),
    "q": tr("quotation marks"),
    "s": tr("what is struck out"),
    "small": tr("small print"),
    "strong": tr("bold text"),
    "sub": tr("subscript"),
    "sup": tr("superscript"),
    "table": tr("tables"),
    "td": tr("cells of tables"),
    "th": tr("cells of tables"),
    "u": tr("underlining"),
    "ul": tr("lists"),
    "var": tr("variables"),
}
_OTHER = tr("how it is laid out")


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
