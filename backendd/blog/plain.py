"""XHTML as plain text: for those who read nothing else, for lists, and to be searched."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from backendd.blog.elements import BLOCKS, IMAGE, VOID
from backendd.blog.xhtml import parse
from backendd.core.xml import split

_SPACE = re.compile(r"[ \t\r\n]+")
_SPACES = re.compile(" {2,}")
_AROUND_BREAK = re.compile(r" *\n *")
# Nothing is blank between these and what stands before them.
_TIGHT = frozenset({"dd", "dt", "figcaption", "li", "tbody", "td", "tfoot", "th", "thead", "tr"})

_LISTS = frozenset({"ol", "ul"})


def to_text(xhtml: str) -> str:
    """Return what a `<div>` says that `blog.xhtml` has left; lists and quotes as one types them."""
    return "\n".join(_lines(parse(xhtml))).strip("\n") if xhtml else ""


def _lines(element: Element) -> list[str]:
    """Return the lines of what is in an element."""
    lines: list[str] = []
    inline = [_folded(element.text)]
    tight = _TIGHT | _LISTS if split(element.tag)[1] == "li" else _TIGHT
    for child in element:
        name = split(child.tag)[1]
        if name in BLOCKS:
            _add_inline(lines, inline)
            _add(lines, _block(name, child), is_tight=name in tight)
            inline = []
        else:
            inline += _inline(name, child)
        inline.append(_folded(child.tail))
    _add_inline(lines, inline)
    return lines


def _add_inline(lines: list[str], inline: list[str]) -> None:
    said = _AROUND_BREAK.sub("\n", _SPACES.sub(" ", "".join(inline))).strip()
    if said:
        _add(lines, said.split("\n"), is_tight=False)


def _add(lines: list[str], more: list[str], *, is_tight: bool) -> None:
    if more:
        lines += [*([""] if lines and not is_tight else []), *more]


def _block(name: str, element: Element) -> list[str]:
    if name == "hr":
        return ["---"]
    if name == "pre":
        return "".join(element.itertext()).rstrip("\n").split("\n")
    if name in _LISTS:
        return _list(element, is_numbered=name == "ol")
    if name == "tr":
        return [" | ".join(" ".join(_lines(cell)) for cell in element)]
    lines = _lines(element)
    if name == "blockquote":
        return [f"> {line}" if line else ">" for line in lines]
    return [f"  {line}" for line in lines] if name == "dd" else lines


def _list(element: Element, *, is_numbered: bool) -> list[str]:
    lines: list[str] = []
    start = element.get("start", "")
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1
    for item in element:
        sign = f"{number}. " if is_numbered else "- "
        number += 1
        for index, line in enumerate(_lines(item) or [""]):
            lines.append((" " * len(sign) if index else sign) + line if line else "")
    return lines


def _inline(name: str, element: Element) -> Iterator[str]:
    """Yield the pieces of what stands within a line; a link tells where it leads."""
    if name in VOID:
        yield "\n" if name == "br" else element.get("alt", "")
        return
    said = "".join(_pieces(element))
    yield f"“{said}”" if name == "q" else said
    href = element.get("href", "")
    if href and href not in (said.strip(), f"mailto:{said.strip()}"):
        yield f" ({href})" if said.strip() or element.get("class") == IMAGE else href


def _pieces(element: Element) -> Iterator[str]:
    yield _folded(element.text)
    for child in element:
        yield from _inline(split(child.tag)[1], child)
        yield _folded(child.tail)


def _folded(said: str | None) -> str:
    return _SPACE.sub(" ", said or "")
