"""XHTML made harmless: what is stored, told on the bus and sent is never anything else."""

import re
from collections.abc import Iterator
from html import escape
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from backendd.blog.elements import IMAGE, VOID, XHTML
from backendd.core import xml

_NAME: Final = re.compile(r"[a-z][a-z0-9]*")


def clean(markup: Element, *, keeps_images: bool = False, base: str = "") -> str:
    """Return what an element holds as a `<div>` without anything that could do harm.

    Pictures become links of the class `image`, unless they are kept. Addresses are relative to
    `base`; those that are relative to nothing lead nowhere, and of pictures stays what they are
    called. Empty where it says nothing.
    """
    return clean_html(_as_html(markup), keeps_images=keeps_images, base=base)


def clean_html(html: str, *, keeps_images: bool = False, base: str = "") -> str:
    """Return HTML as `clean` does."""
    from backendd.blog import cleaning  # late: what it needs is loaded with the first entry

    return cleaning.clean(html, keeps_images=keeps_images, base=base)


def parse(xhtml: str) -> Element:
    """Return as an element what `clean` has returned, to be sent."""
    return ElementTree.fromstring(xhtml)


def with_images(xhtml: str) -> str:
    """Return what `clean` has returned with the pictures again that are links in it."""
    if not xhtml:
        return ""
    root = parse(xhtml)
    for each in root.iter(f"{{{XHTML}}}a"):
        if each.get("class") == IMAGE:
            source, told = each.get("href", ""), "".join(each.itertext())
            tail = each.tail
            each.clear()
            each.tag, each.tail = f"{{{XHTML}}}img", tail
            each.attrib.update({"src": source, "alt": told})
    return clean(root, keeps_images=True)


def _as_html(root: Element) -> str:
    """Return what an element holds as HTML, however deep that is."""
    parts = [_escaped(root.text)]
    begun: list[tuple[Element, Iterator[Element]]] = [(root, iter(root))]
    while begun:
        element, children = begun[-1]
        child = next(children, None)
        if child is not None:
            parts += (_start(child), _escaped(child.text))
            begun.append((child, iter(child)))
            continue
        begun.pop()
        if begun:
            parts += (_end(element), _escaped(element.tail))
    return "".join(parts)


def _start(element: Element) -> str:
    name = _local(element)
    attributes = (
        f' {key}="{escape(value)}"' for key, value in element.items() if _NAME.fullmatch(key)
    )
    return f"<{name}{''.join(attributes)}>"


def _end(element: Element) -> str:
    name = _local(element)
    return "" if name in VOID else f"</{name}>"


def _local(element: Element) -> str:
    name = xml.split(element.tag)[1].lower()
    return name if _NAME.fullmatch(name) else "span"


def _escaped(said: str | None) -> str:
    return escape(said or "", quote=False)
