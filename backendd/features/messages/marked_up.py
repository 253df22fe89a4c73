"""The text of a marked-up message (XEP-0071), as people read it without its looks."""

from xml.etree.ElementTree import Element

from backendd.core import xml

_XHTML = "http://www.w3.org/1999/xhtml"
# What begins and ends on a line of its own.
_BLOCKS = frozenset(
    {"blockquote", "div", "li", "ol", "p", "pre", "ul", *(f"h{n}" for n in range(1, 7))}
)
_HIDDEN = frozenset({"script", "style", "title"})


def text_of(html: Element) -> str:
    """Return the text of all that is marked up in an element: links and images by their names."""
    parts: list[str] = []
    # What is still to be said, the next one last: markup may be nested deeper than calls.
    waiting: list[Element | str] = [html]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            _say(parts, each)
            continue
        namespace, name = xml.split(each.tag)
        if namespace == _XHTML and name in _HIDDEN:
            continue
        if name == "br":
            parts.append("\n")
        if name in _BLOCKS:
            _end_line(parts)
        if name == "img":
            _say(parts, each.get("alt", "") or each.get("src", ""))
        after = "\n" if name in _BLOCKS else ""
        waiting.append(after)
        for child in reversed(each):
            waiting += (child.tail or "", child)
        _say(parts, each.text or "")
    return "".join(parts).strip("\n")


def _say(parts: list[str], said: str) -> None:
    if said == "\n":
        _end_line(parts)
    elif said.strip() or (said and parts and not parts[-1].endswith(("\n", " "))):
        folded = " ".join(said.split())
        before = " " if said[0].isspace() and parts and not parts[-1].endswith(("\n", " ")) else ""
        after = " " if said[-1].isspace() and folded else ""
        parts.append(before + folded + after)


def _end_line(parts: list[str]) -> None:
    if parts and not parts[-1].endswith("\n"):
        parts.append("\n")
