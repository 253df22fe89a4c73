"""Pages of what a peer has much of (XEP-0059): what is asked for, and what came."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from backendd.core import xml


@dataclass(frozen=True, slots=True)
class Wanted:
    """The page that is asked for: at most `count` items after or before one.

    `before` may be empty: then the last page is wanted; None: the first.
    """

    count: int
    after: str = ""
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Got:
    """The page that came: its ends, empty where there is nothing; None of them is ours to read.

    `total` is how many there are in all, None where the peer doesn't say.
    """

    first: str = ""
    last: str = ""
    total: int | None = None


def encode(wanted: Wanted) -> Element:
    """Return the `<set/>` of a question."""
    page = xml.element(xml.RSM, "set")
    page.append(xml.element(xml.RSM, "max", text=str(wanted.count)))
    if wanted.after:
        page.append(xml.element(xml.RSM, "after", text=wanted.after))
    if wanted.before is not None:
        page.append(xml.element(xml.RSM, "before", text=wanted.before or None))
    return page


def decode(parent: Element | None) -> Got | None:
    """Return the page that the `<set/>` in `parent` speaks of; None: there is none."""
    page = xml.child(parent, xml.RSM, "set") if parent is not None else None
    if page is None:
        return None
    total = xml.child_text(page, xml.RSM, "count")
    is_number = total.isascii() and total.isdigit() and len(total) < 16
    return Got(
        xml.child_text(page, xml.RSM, "first"),
        xml.child_text(page, xml.RSM, "last"),
        int(total) if is_number else None,
    )
