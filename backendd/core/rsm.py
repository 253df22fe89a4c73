"""Pages of what a peer has much of (XEP-0059): what is asked for, and what came."""

from xml.etree.ElementTree import Element

from backendd.api.values import Value
from backendd.core import xml


class Wanted(Value):
    """The page that is asked for: at most `count` items after or before one.

    `before` may be empty: then the last page is wanted; None: the first.
    """

    count: int
    after: str = ""
    before: str | None = None


class Got(Value):
    """The page that came: its ends, empty where there is nothing; None of them is ours to read.

    `total` is how many there are in all, `index` how many of them before this page; None where
    the peer doesn't say.
    """

    first: str = ""
    last: str = ""
    total: int | None = None
    index: int | None = None


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
    first = xml.child(page, xml.RSM, "first")
    return Got(
        xml.child_text(page, xml.RSM, "first"),
        xml.child_text(page, xml.RSM, "last"),
        _number(xml.child_text(page, xml.RSM, "count")),
        _place(first.get("index", "")) if first is not None else None,
    )


def _place(index: str) -> int | None:
    # ejabberd 23.01 takes a whole page off, also where less is left before the one it came from.
    return 0 if index.startswith("-") else _number(index)


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) < 16
    return int(text) if is_number else None
