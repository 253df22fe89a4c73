"""Words in brackets of which WordPress makes HTML as it shows a post: captions, galleries, embeds.

What else stands in brackets is text, or of a plugin, and stays as it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Final
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.tuples import NamedTuple

# With brackets of its own around it, one is text. Tags of HTML are passed by, with all in them.
_CODE: Final = re.compile(
    r"<[^<>]*>|(\[?)\[(/?)(caption|wp_caption|gallery|embed)(?![\w-])([^\[\]]*)\](\]?)", re.ASCII
)
_ATTRIBUTE: Final = re.compile(
    r"""(?<![\w-])([\w-]++)\s*+=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""", re.ASCII
)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"\[\]]+", re.ASCII | re.IGNORECASE)
_PICTURE: Final = re.compile(
    r"\.(?:avif|bmp|gif|heic|jpe?g|jxl|png|svg|tiff?|webp)$", re.ASCII | re.IGNORECASE
)
_TELLS: Final = "_wp_attachment_image_alt"
_LONGEST: Final = 1000
_MOST_DIGITS: Final = 9
_MOST: Final = 500
"""Pictures of the galleries of one post."""


class Picture(NamedTuple):
    """A picture that a blog has: where, what it is called, and of which post it is.

    `turn` is its place among those of that post.
    """

    href: str
    title: str = ""
    post: str = ""
    turn: int = 0


Pictures = Mapping[str, Picture]
"""Those of a blog, by what they are called there."""

NO_PICTURES: Final[Pictures] = MappingProxyType({})


def picture(item: Element) -> tuple[str, Picture] | None:
    """Return what a picture of a file of WordPress is called, and which it is; else None."""
    if _said(item, "{*}post_type") != "attachment":
        return None
    id, href = _said(item, "{*}post_id"), _said(item, "{*}attachment_url")
    if not id or not _ADDRESS.fullmatch(href) or not _PICTURE.search(href.partition("?")[0]):
        return None
    told = _told(item) or _caption_of(item) or _said(item, "title")
    turn = _said(item, "{*}menu_order")
    is_number = turn.isdecimal() and len(turn) < _MOST_DIGITS
    return id, Picture(
        href,
        text.clean_line(told, limit=_LONGEST),
        _said(item, "{*}post_parent"),
        int(turn) if is_number else 0,
    )


def replaced(written: str, post: str, pictures: Pictures) -> str:
    """Return what a post says without such words: captions, and the pictures of its galleries.

    `post` is what it is called there.
    """
    if "[" not in written:
        return written
    made, end, captions = list[str](), 0, list[str]()
    galleries = _Galleries(post, pictures)
    for found in _CODE.finditer(written):
        if not found[3] or found.start() < end:
            continue
        made.append(written[end : found.start()])
        end = found.end()
        if found[1] and found[5]:
            made.append(found[0][1:-1])
            continue
        said = ""
        if found[3] == "gallery":
            said = "" if found[2] else galleries.shown(_attributes(found[4]))
        elif found[3] != "embed":
            said = _caption(captions, found)
        elif not found[2]:
            address = _ADDRESS.match(written, end)
            end = address.end() if address is not None else end
            said = _link(address[0] if address is not None else _attributes(found[4]).get("src"))
        made += (found[1], said, found[5])
    return "".join((*made, written[end:]))


def _caption(begun: list[str], found: re.Match[str]) -> str:
    """Return what is said of a picture behind it, where it stands in the brackets, as it once did.

    `begun` is what is said of those around which brackets stand.
    """
    if found[2]:
        return begun.pop() if begun else ""
    said = _attributes(found[4]).get("caption", "")
    begun.append(f" {said}" if said else "")
    return ""


def _link(address: str | None) -> str:
    """Return a link to an address, which is HTML already where it stands in a post."""
    is_one = address is not None and _ADDRESS.fullmatch(address) is not None
    return f'<a href="{address}">{address}</a>' if is_one else ""


class _Galleries:
    """Those of the post that is called `post`, as HTML; of any number of them so many pictures."""

    def __init__(self, post: str, pictures: Pictures) -> None:
        self._post = post
        self._pictures = pictures
        self._left = _MOST

    def shown(self, given: Mapping[str, str]) -> str:
        """Return the pictures of a gallery that are known, in a paragraph of their own."""
        if self._left <= 0:
            return ""
        known = [self._pictures[each] for each in self._of(given) if each in self._pictures]
        found = known[: self._left]
        self._left -= max(1, len(found))
        images = (f'<img src="{escape(each.href)}" alt="{escape(each.title)}"/>' for each in found)
        return f"\n\n{' '.join(images)}\n\n" if found else ""

    def _of(self, given: Mapping[str, str]) -> Iterable[str]:
        """Return the pictures that are named, else those of the post, in their order."""
        named = given.get("ids") or given.get("include")
        if named:
            return _ids(named)
        left_out, of = set(_ids(given.get("exclude", ""))), given.get("id") or self._post
        own = [(each.turn, id) for id, each in self._pictures.items() if of and each.post == of]
        own.sort(key=lambda each: each[0])
        return [id for _, id in own if id not in left_out]


def _ids(written: str) -> Iterator[str]:
    return filter(None, re.split(r"[\s,]+", written))


def _attributes(written: str) -> dict[str, str]:
    return {found[1].lower(): found[2] or found[3] or found[4] or ""
            for found in _ATTRIBUTE.finditer(written)}  # fmt: skip


def _told(item: Element) -> str:
    """Return what is said of a picture to whom can't see it."""
    for each in item.iterfind("{*}postmeta"):
        if _said(each, "{*}meta_key") == _TELLS:
            return _said(each, "{*}meta_value")
    return ""


def _caption_of(item: Element) -> str:
    found = (each for each in item.iterfind("{*}encoded") if each.tag.endswith("excerpt/}encoded"))
    return next((each.text.strip() for each in found if each.text), "")


def _said(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()
