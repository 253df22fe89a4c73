"""HTML made harmless XHTML: nh3 decides what may stay.

It reads and writes HTML, of which one well-formed `<div>` is made again here.
"""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import nh3

from backendd.api import text
from backendd.blog import addresses
from backendd.blog.elements import ALIGN, BLOCKS, IMAGE, LONGEST, SCHEMES, VOID, XHTML

DEEPEST: Final = 40
"""How many elements may be within one another; those within are only what they say."""

_INLINE: Final = frozenset({
    "a", "b", "br", "cite", "code", "del", "em", "i", "img", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "u", "var",
})  # fmt: skip
_CELL: Final = {"align", "style"}
_ATTRIBUTES: Final = {
    "a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}, "td": _CELL,
    "th": _CELL,
}  # fmt: skip
# Of these nothing stays; of anything else that isn't known what it says does.
_SILENT: Final = {
    "applet", "audio", "canvas", "embed", "frame", "frameset", "head", "iframe", "math",
    "noembed", "noframes", "noscript", "object", "script", "select", "style", "svg",
    "template", "textarea", "title", "video",
}  # fmt: skip
_ALIGNED: Final = re.compile(r":\s*(left|center|right)\b")
# What is said of a picture of which nobody says anything.
_PICTURE: Final = "(a picture)"
# XML can't hold them, though HTML can name them.
_NO_CHARACTERS: Final = re.compile("[\ufffe\uffff]")


def clean(html: str, *, keeps_images: bool, base: str) -> str:
    """Return HTML as `xhtml.clean` does."""
    allowed = nh3.clean(
        html[:LONGEST],
        tags=set(BLOCKS | _INLINE),
        clean_content_tags=_SILENT,
        attributes=_ATTRIBUTES,
        filter_style_properties={"text-align"},
        url_schemes=SCHEMES,
        url_relative="pass_through",  # what they are beside the base is found below
        link_rel=None,
    )
    maker = _Maker(keeps_images=keeps_images, base=base)
    maker.feed(allowed)
    maker.close()
    return maker.written()


class _Maker(HTMLParser):
    """Makes XHTML of HTML that nh3 has written: each end is there, but of what is void."""

    def __init__(self, *, keeps_images: bool, base: str) -> None:
        super().__init__()
        self._base = base
        self._root = Element("div", {"xmlns": XHTML})
        self._open: list[Element] = [self._root]
        self._too_deep = 0
        self._keeps_images = keeps_images
        self._images: list[Element] = []  # behind the link in which they are
        self._is_empty = True

    def written(self) -> str:
        return "" if self._is_empty else ElementTree.tostring(self._root, encoding="unicode")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {key: _harmless(value or "") for key, value in attrs}
        if tag in ("td", "th"):
            known = _aligned(known)
        if tag == "img":
            self._add_image(known)
        elif tag in VOID:
            self._open[-1].append(Element(tag))
        elif self._too_deep or len(self._open) > DEEPEST:
            self._too_deep += 1
        else:
            href = self._address(known.pop("href", ""))
            made = Element(tag, {"href": href, **known} if href else known)
            self._open[-1].append(made)
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self._too_deep:
            self._too_deep -= 1
        elif len(self._open) > 1:
            self._open.pop()
        if tag == "a":
            self._open[-1].extend(self._images)
            self._images.clear()

    def handle_data(self, data: str) -> None:
        said = _harmless(data)
        self._is_empty = self._is_empty and not said.strip()
        _append(self._open[-1], said)

    def _add_image(self, known: Mapping[str, str]) -> None:
        written, told = known.get("src", ""), known.get("alt") or known.get("title") or ""
        source = self._address(written)
        if not source:
            self.handle_data(told or written.rpartition("/")[2] or _PICTURE)
            return
        self._is_empty = False
        if self._keeps_images:
            self._open[-1].append(Element("img", {"src": source, "alt": told}))
            return
        link = Element("a", {"href": source, "class": IMAGE})
        link.text = told or source.rpartition("/")[2] or source
        is_within_link = any(each.tag == "a" for each in self._open)
        (self._images if is_within_link else self._open[-1]).append(link)

    def _address(self, written: str) -> str:
        """Return where something leads; empty where that is nowhere."""
        is_whole = written.partition(":")[0].lower() in SCHEMES
        return written if is_whole else addresses.resolved(written, self._base)


def _aligned(known: Mapping[str, str]) -> dict[str, str]:
    """Return the attributes of a cell of a table: the one that says where what it says stands."""
    said = _ALIGNED.search(f"{known.get('style', '')}:{known.get('align', '')}".lower())
    return {"style": f"{ALIGN}{said[1]}"} if said else {}


def _append(element: Element, said: str) -> None:
    """Add text behind all that is in an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + said
    else:
        element.text = (element.text or "") + said


def _harmless(said: str) -> str:
    return _NO_CHARACTERS.sub("", text.clean(said))
