"""Posts of RSS 2.0 as entries, also as WordPress exports them."""

import importlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Final
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.blog import addresses, plain, shortcodes, xhtml
from backendd.blog.atom import MOST, length_in
from backendd.blog.elements import BLOCKS, LONGEST
from backendd.blog.shortcodes import NO_PICTURES, Pictures
from backendd.core import xml
from backendd.core.entries import LONGEST_TITLE, Content, Link, Person

_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DUBLIN_CORE: Final = "{http://purl.org/dc/elements/1.1/}"
_LONG: Final = 4096
_BLANK_LINES: Final = re.compile(r"\n[ \t]*\n\s*")
_BLOCK: Final = re.compile(rf"\s*</?(?:{'|'.join(BLOCKS)})\b", re.ASCII | re.IGNORECASE)
_PREFORMATTED: Final = re.compile(r"(</?pre\b[^<>]*>)", re.ASCII | re.IGNORECASE)
_HAS_PARAGRAPHS: Final = re.compile(r"<!-- wp:|<p[\s>]", re.ASCII | re.IGNORECASE)
# What WordPress notes where nobody has chosen anything.
_NO_TAG: Final = frozenset({"uncategorized"})
_TAGGED: Final = frozenset({"", "category", "post_tag"})


def decode(
    item: Element,
    names: Mapping[str, str],
    base: str = "",
    site: str = "",
    pictures: Pictures = NO_PICTURES,
) -> Content:
    """Return what a post says; `names` is what authors are called, by what stands for them.

    Galleries of WordPress become the `pictures` that are in them.

    Addresses are relative to `base`, where something says that, else to where the post is on the
    web, else to `site`.
    """
    base = addresses.base_in(item, base)
    base = base or addresses.resolved(_first(item, "link"), site) or site
    markup = xhtml.clean_html(_html(item, pictures), keeps_images=True, base=base)
    return Content(
        title=_title(item),
        text=plain.to_text(xhtml.clean(xhtml.parse(markup))) if markup else "",
        xhtml=markup,
        author=Person(_author(item, names)),
        published=published(item),
        updated=xml.parse_time(_first(item, "{*}post_modified_gmt")),
        tags=tuple(dict.fromkeys(islice(_tags(item), MOST))),
        links=tuple(islice(_links(item, base), MOST)),
    )


def _html(item: Element, pictures: Pictures) -> str:
    found = item.findtext(_CONTENT)
    if found is None:
        return _first(item, "description")
    is_wordpress = item.find("{*}post_type") is not None
    return _as_shown(found, _first(item, "{*}post_id"), pictures) if is_wordpress else found


def _as_shown(written: str, post: str, pictures: Pictures) -> str:
    """Return what WordPress makes of a post as it shows it."""
    said = shortcodes.replaced(text.clean(written, limit=LONGEST), post, pictures)
    return said if _HAS_PARAGRAPHS.search(written) else _in_paragraphs(said)


def _in_paragraphs(said: str) -> str:
    """Return HTML with the paragraphs that WordPress makes of blank lines."""
    made, is_kept = list[str](), False
    for each in _PREFORMATTED.split(said):
        if each.startswith("<") and _PREFORMATTED.fullmatch(each):
            is_kept = not each.startswith("</")
            made.append(each)
        else:
            made.append(each if is_kept else _paragraphs(each))
    return "".join(made)


def _paragraphs(written: str) -> str:
    blocks = filter(str.strip, _BLANK_LINES.split(written))
    return "\n".join(each if _BLOCK.match(each) else _paragraph(each) for each in blocks)


def _paragraph(written: str) -> str:
    return f"<p>{written.strip().replace(chr(10), '<br>')}</p>"


def _title(item: Element) -> str:
    said = _first(item, "title")
    if "<" in said or "&" in said:
        said = plain.to_text(xhtml.clean_html(said))
    return text.clean_line(said, limit=LONGEST_TITLE)


def _author(item: Element, names: Mapping[str, str]) -> str:
    said = _first(item, f"{_DUBLIN_CORE}creator") or _first(item, "author")
    # The address of who wrote it, with the name in brackets.
    address, _, name = said.rstrip(") ").partition("(")
    found = name if "@" in address and name else said
    return text.clean_line(names.get(found.strip(), found), limit=LONGEST_TITLE)


def published(item: Element) -> int | None:
    """Return when a post was published, as far as it says that."""
    stamp = xml.parse_time(_first(item, "{*}post_date_gmt"))
    if stamp is None:
        stamp = _time(_first(item, "pubDate"))
    return xml.parse_time(_first(item, f"{_DUBLIN_CORE}date")) if stamp is None else stamp


def _time(written: str) -> int | None:
    """Return the time that a date of RFC 5322 names, in microseconds; None if it names none."""
    parse = importlib.import_module("email.utils").parsedate_to_datetime
    try:
        found: datetime = parse(written)
        moment = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
        return round(moment.timestamp()) * 1_000_000
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _tags(item: Element) -> Iterator[str]:
    for each in item.iterfind("category"):
        if each.get("domain", "") in _TAGGED or "://" in each.get("domain", ""):
            tag = text.clean_line(each.text or "", limit=LONGEST_TITLE)
            if tag and tag.lower() not in _NO_TAG:
                yield tag


def _links(item: Element, base: str) -> Iterator[Link]:
    if href := _address(_first(item, "link"), base):
        yield Link("alternate", href)
    for each in item.iterfind("enclosure"):
        if href := _address(each.get("url", ""), base):
            mime = text.clean_line(each.get("type", ""), limit=LONGEST_TITLE)
            yield Link("enclosure", href, mime, length=length_in(each.get("length", "")))


def _address(written: str, base: str) -> str:
    return addresses.resolved(written, base) or text.clean_line(written, limit=_LONG)


def _first(item: Element, name: str) -> str:
    return (item.findtext(name) or "").strip()
