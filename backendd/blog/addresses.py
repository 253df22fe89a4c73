"""Addresses in what was written for the web, as they may be relative to where that is (RFC 3986).

What they are relative to has to be on the web itself: nothing leads to the machine of who reads.
"""

from typing import Final
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from backendd.api import text

_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
_LONGEST: Final = 4096
_WEB: Final = ("http", "https")


def resolved(written: str, base: str) -> str:
    """Return where on the web something is that stands beside `base`; empty where that is nowhere.

    Without a base that is only what says so whole.
    """
    reference = text.clean_line(written, limit=_LONGEST).strip()
    if not reference:
        return ""
    try:
        found = urljoin(base, reference) if base else reference
        parts = urlsplit(found)
    except ValueError:
        return ""
    return found if parts.scheme in _WEB and parts.netloc and len(found) <= _LONGEST else ""


def base_in(element: Element, around: str) -> str:
    """Return what addresses in an element are relative to (XML Base); `around` is that around it.

    Empty where nothing says it.
    """
    return base_of(element.get(_BASE, ""), around)


def base_of(written: str, around: str) -> str:
    """Return what an `xml:base` makes of the one around it."""
    return (resolved(written, around) if written else "") or around


def base_written(attributes: dict[str, str]) -> str:
    """Return the `xml:base` among attributes, as it stands there."""
    return attributes.get(_BASE, "")
