"""The posts in a file of a feed, Atom or RSS 2.0, as elements; bounded, and without entities."""

from collections.abc import Iterator, Mapping
from html import unescape
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from backendd.api import sizes
from backendd.api.errors import InvalidArgument, TooLarge
from backendd.api.tuples import NamedTuple
from backendd.blog import addresses, shortcodes
from backendd.blog.atom import ATOM
from backendd.blog.shortcodes import NO_PICTURES, Picture, Pictures
from backendd.blog.xml_bytes import XmlBytes

MOST_BYTES: Final = 64 * 1024 * 1024
MOST_POSTS: Final = 10_000
MOST_ELEMENTS: Final = 100_000
"""Of one post."""

DEEPEST: Final = 200

WORDPRESS: Final = "http://wordpress.org/export/"
"""What the namespace of WordPress begins with, behind which the version of its files stands."""

_ROOTS: Final = {f"{{{ATOM}}}feed": 2, "rss": 3}
"""How deep a post lies in each kind of document."""

_ENDS_EARLY: Final = frozenset(
    expat.errors.codes[each]
    for each in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)

_POSTS: Final = frozenset({f"{{{ATOM}}}entry", "item"})
_LINKS: Final = frozenset({f"{{{ATOM}}}link", "link"})


class Around(NamedTuple):
    """What stands around the posts of a file, and is true of all of them.

    `names` is what authors are called, by what stands for them; of "" whose the feed is. `base` is
    what addresses are relative to, as the file says it, and `site` where it says that the blog is.
    `pictures` are those of a blog of WordPress, which galleries name.
    """

    names: Mapping[str, str]
    base: str = ""
    site: str = ""
    pictures: Pictures = NO_PICTURES


class Reader:
    """Takes the bytes of a file one after the other, and gives the posts that are whole.

    All raise InvalidArgument or TooLarge for what is no such file.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._pictures: dict[str, Picture] = {}
        self._base = self._site = ""
        self._written = XmlBytes()
        self._parser: expat.XMLParserType | None = None
        self._builder: TreeBuilder | None = None
        self._open: list[str] = []
        self._found: list[Element] = []
        self._bytes = self._posts = self._elements = self._level = self._parsed = 0

    @property
    def around(self) -> Around:
        """Return what stands around the posts, as far as the file was read."""
        site = addresses.resolved(self._site, self._base)
        return Around(self._names, self._base, site, self._pictures)

    def feed(self, data: bytes) -> Iterator[Element]:
        """Yield the posts that have become whole with these bytes; none are the end of the file."""
        self._bytes += len(data)
        if self._bytes > MOST_BYTES:
            raise TooLarge(f"the file has more than the {sizes.shown(MOST_BYTES)} that are read")
        piece = self._written.take(data)
        if piece is not None:
            self._parse(piece, is_end=not data)
        found, self._found = self._found, []
        yield from found

    def _parse(self, piece: bytes, *, is_end: bool) -> None:
        parser = self._parser = self._parser or self._made()
        try:
            parser.Parse(piece, is_end)
        except expat.ExpatError as error:
            at = parser.ErrorByteIndex - self._parsed
            is_foreign = 0 <= at < len(piece) and piece[at] >= 0x80 and parser.ErrorByteIndex > 0
            raise InvalidArgument(self._why(error, is_foreign=is_foreign)) from None
        except (LookupError, ValueError):  # of what expat asks Python to read it
            raise InvalidArgument(
                f'the file says to be written in "{self._written.declared}", which is not read'
            ) from None
        self._parsed += len(piece)

    def _made(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(self._written.encoding, namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.EntityDeclHandler = self._refuse_entity
        parser.SkippedEntityHandler = self._skipped
        return parser

    def _why(self, error: expat.ExpatError, *, is_foreign: bool) -> str:
        """Return what is wrong with the file; `is_foreign`: a byte that is no character in it."""
        if not self._bytes:
            return "the file is empty"
        if error.code in _ENDS_EARLY:
            return f"the file ends too early, in line {error.lineno}: it isn't whole"
        if is_foreign:
            says = self._written.declared
            reason = f"as it says: in line {error.lineno}" if says else f"in line {error.lineno}"
            return (
                f"the file is not written in {says or 'UTF-8'}, {reason}; its first line has to "
                'name what it is in: <?xml version="1.0" encoding="windows-1252"?>'
            )
        why = f"line {error.lineno}: {expat.ErrorString(error.code)}"
        return f"the file is no well-formed XML: {why}"

    # -- called by expat

    def _start(self, written: str, attributes: Mapping[str, str]) -> None:
        tag = _name(written)
        if not self._open:
            self._begin(tag)
        self._open.append(tag)
        if len(self._open) < self._level:
            known = {_name(key): value for key, value in attributes.items()}
            self._base = addresses.base_of(addresses.base_written(known), self._base)
        if len(self._open) > DEEPEST:
            raise InvalidArgument(f"the file has more than {DEEPEST} elements in one another")
        if self._builder is None and self._is_wanted(tag):
            self._builder = TreeBuilder()
            self._elements = 0
        if self._builder is not None:
            self._count()
            self._builder.start(tag, {_name(key): value for key, value in attributes.items()})

    def _begin(self, root: str) -> None:
        if root not in _ROOTS:
            raise InvalidArgument(
                f"the file is neither Atom nor RSS 2.0: it begins with <{root.rpartition('}')[2]}>"
            )
        self._level = _ROOTS[root]

    def _count(self) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise TooLarge(f"a post in the file has more than {MOST_ELEMENTS} elements")

    def _is_wanted(self, tag: str) -> bool:
        is_known = tag in _POSTS or tag in _LINKS or _is_author(tag)
        return len(self._open) == self._level and is_known

    def _end(self, _: str) -> None:
        tag = self._open.pop()
        if self._builder is None:
            return
        self._builder.end(tag)
        if len(self._open) == self._level - 1:
            element, self._builder = self._builder.close(), None
            self._take(element)

    def _take(self, element: Element) -> None:
        if _is_author(element.tag):
            self._names |= dict(_named(element))
            return
        if element.tag in _LINKS:
            self._site = self._site or _leads_to(element)
            return
        self._posts += 1
        if self._posts > MOST_POSTS:
            raise TooLarge(f"the file has more than the {MOST_POSTS} posts that are read")
        if (picture := shortcodes.picture(element)) is not None:
            self._pictures[picture[0]] = picture[1]
        self._found.append(element)

    def _data(self, text: str) -> None:
        if self._builder is not None:
            self._builder.data(text)

    def _skipped(self, name: str, is_parameter: bool) -> None:
        """Have what HTML names, and a document type that isn't read might, be what it is there."""
        if not is_parameter:
            self._data(unescape(f"&{name};"))

    def _refuse_entity(self, *_: object) -> None:
        raise InvalidArgument("the file declares entities, which no feed needs: it isn't read")


def _name(written: str) -> str:
    return f"{{{written}" if "}" in written else written


def _leads_to(link: Element) -> str:
    """Return where a blog is, if this is the link that says it."""
    is_it = link.get("rel", "alternate") == "alternate"
    return (link.get("href") or link.text or "").strip() if is_it else ""


def _is_author(tag: str) -> bool:
    return tag == f"{{{ATOM}}}author" or (
        tag.startswith(f"{{{WORDPRESS}") and tag.endswith("}author")
    )


def _named(author: Element) -> Iterator[tuple[str, str]]:
    """Yield what an author is called, by what stands for them where they have written."""
    if author.tag.startswith(f"{{{ATOM}}}"):
        yield "", author.findtext(f"{{{ATOM}}}name", "")
        return
    login = author.findtext("{*}author_login", "")
    name = author.findtext("{*}author_display_name", "")
    if login and name:
        yield login, name
