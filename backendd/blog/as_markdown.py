"""XHTML as Markdown, to be written on by those who didn't write it as that."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from backendd.blog.elements import ALIGN, BLOCKS, IMAGE
from backendd.blog.markdown import render
from backendd.blog.xhtml import clean, parse, with_images
from backendd.core.xml import split

_SPACE = re.compile(r"[ \t\r\n]+")
# What would be markup within a line, and at the start of one.
_WITHIN = re.compile(
    r"[\\`*\[\]]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|~(?=~)|(?<=~)~|&(?=#?\w+;)|!(?=\[)"
)
_START = re.compile(r"^(\s*)(?:(#{1,6}(?=\s|$)|[-+=](?=[\s=-]|$)|>)|(\d{1,9})([.)](?=\s|$)))")
_AROUND = re.compile(rf" ?(</?(?:{'|'.join((*BLOCKS, 'br'))})\b[^>]*>) ?")
_SYNONYMS = {"b": "strong", "del": "s", "i": "em"}
_SYNONYM = re.compile(rf"(</?)({'|'.join(_SYNONYMS)})>")
_TICKS = re.compile("`+")
_MARKS = {
    "b": "**", "strong": "**", "em": "*", "i": "*", "cite": "*", "del": "~~", "s": "~~",
}  # fmt: skip
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_LISTS = frozenset({"ol", "ul"})
_PARTS = frozenset({"thead", "tbody", "tfoot"})


def written(xhtml: str) -> str:
    """Return what a `<div>` says that `blog.xhtml` has left, as Markdown."""
    markup = with_images(xhtml)
    return "\n".join(_lines(parse(markup))).strip("\n") if markup else ""


def is_whole(markdown: str, xhtml: str) -> bool:
    """Return whether Markdown becomes just this, so that nothing of it is lost."""
    again = render(markdown)
    return _even(again) == _even(with_images(xhtml))


def _even(xhtml: str) -> str:
    """Return markup without what makes no difference to who reads it."""
    if not xhtml:
        return ""
    said = _SPACE.sub(" ", clean(parse(xhtml), keeps_images=True))
    said = _SYNONYM.sub(lambda found: f"{found[1]}{_SYNONYMS[found[2]]}>", said)
    return _AROUND.sub(r"\1", said)


def _lines(element: Element, *, is_tight: bool = False) -> list[str]:
    """Return the lines of what is in an element."""
    lines: list[str] = []
    inline = [_text(element.text)]
    for child in element:
        name = split(child.tag)[1]
        if name in BLOCKS:
            _add(lines, _paragraph(inline), is_tight=is_tight)
            _add(lines, _block(name, child), is_tight=is_tight)
            inline = []
        else:
            inline.append(_inline(name, child))
        inline.append(_text(child.tail))
    _add(lines, _paragraph(inline), is_tight=is_tight)
    return lines


def _add(lines: list[str], more: list[str], *, is_tight: bool) -> None:
    if more:
        lines += [*([""] if lines and not is_tight else []), *more]


def _paragraph(inline: list[str]) -> list[str]:
    said = re.sub(" {2,}", " ", "".join(inline)).strip()
    lines = [line.strip() for line in said.split("\n")]
    return ["\\\n".join(map(_started, lines))] if said else []


def _started(line: str) -> str:
    """Return a line that begins no block."""
    return _START.sub(lambda found: _escaped_start(*found.groups()), line)


def _escaped_start(space: str, sign: str | None, number: str | None, point: str | None) -> str:
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{point}"


def _block(name: str, element: Element) -> list[str]:
    if name == "hr":
        return ["---"]
    if name == "pre":
        return _code("".join(element.itertext()))
    if name in _LISTS:
        return _list(element, is_numbered=name == "ol")
    if name == "table":
        return _table(element)
    if name in _HEADINGS:
        return [f"{_HEADINGS[name]} {' '.join(' '.join(_lines(element)).split())}"]
    lines = "\n".join(_lines(element)).split("\n")
    if name == "blockquote":
        return [f"> {line}".rstrip() for line in lines]
    return [] if lines == [""] else lines


def _code(said: str) -> list[str]:
    fence = "`" * max(3, *(len(found) + 1 for found in _TICKS.findall(said) or ("",)))
    return [fence, *said.removesuffix("\n").split("\n"), fence]


def _list(element: Element, *, is_numbered: bool) -> list[str]:
    lines: list[str] = []
    start = element.get("start", "")
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 10 else 1
    is_tight = not any(split(each.tag)[1] == "p" for item in element for each in item)
    for item in element:
        sign = f"{number}. " if is_numbered else "- "
        number += 1
        said = "\n".join(_lines(item, is_tight=is_tight)).split("\n")
        shown = [
            (" " * len(sign) if index else sign) + line if line else sign.rstrip() * (not index)
            for index, line in enumerate(said)
        ]
        _add(lines, shown, is_tight=is_tight)
    return lines


_RULES = {f"{ALIGN}left": ":--", f"{ALIGN}center": ":-:", f"{ALIGN}right": "--:"}


def _table(element: Element) -> list[str]:
    rows = [[_cell(each) for each in row] for row in _rows(element)]
    if not rows:
        return []
    many = max(map(len, rows))
    full = [[*row, *[""] * (many - len(row))] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in full]
    begin = [_RULES.get(each.get("style", ""), "---") for each in next(_rows(element))]
    rule = "|".join((*begin, *["---"] * (many - len(begin))))
    return [lines[0], f"|{rule}|", *lines[1:]]


def _cell(element: Element) -> str:
    return " ".join(" ".join(_lines(element)).replace("|", "\\|").split())


def _rows(element: Element) -> Iterator[Element]:
    for child in element:
        if split(child.tag)[1] in _PARTS:
            yield from _rows(child)
        elif split(child.tag)[1] == "tr":
            yield child


def _inline(name: str, element: Element) -> str:
    if name == "br":
        return "\n"
    if name == "img":
        return f"![{_escape(element.get('alt', ''))}]({_target(element.get('src', ''))})"
    if name in ("code", "kbd", "samp"):
        return _ticked("".join(element.itertext()))
    said = "".join(_pieces(element))
    if name == "a" and element.get("class") != IMAGE:
        return f"[{said}]({_target(element.get('href', ''))})" if element.get("href") else said
    if name == "q":
        return f"“{said}”"
    mark = _MARKS.get(name, "")
    inner = said.strip()
    if not mark or not inner:
        return said
    before, after = said[: len(said) - len(said.lstrip())], said[len(said.rstrip()) :]
    return f"{before}{mark}{inner}{mark}{after}"


def _pieces(element: Element) -> Iterator[str]:
    yield _text(element.text)
    for child in element:
        yield _inline(split(child.tag)[1], child)
        yield _text(child.tail)


def _ticked(said: str) -> str:
    ticks = "`" * max(1, *(len(found) + 1 for found in _TICKS.findall(said) or ("",)))
    pad = " " if said.startswith("`") or said.endswith("`") else ""
    return f"{ticks}{pad}{_SPACE.sub(' ', said)}{pad}{ticks}"


def _target(address: str) -> str:
    escaped = address.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return f"<{escaped}>" if set("()\\") & set(escaped) else escaped


def _text(said: str | None) -> str:
    return _escape(_SPACE.sub(" ", said or ""))


def _escape(said: str) -> str:
    return _WITHIN.sub(lambda found: f"\\{found[0]}", said)
