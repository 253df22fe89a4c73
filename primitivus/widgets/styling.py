"""Message styling (XEP-0393) and links: which characters of a body look how.

The signs stay visible, as the XEP asks of anyone who can't be sure that they are meant.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from primitivus.widgets.wrap import Run

LINK = re.compile(r"(?:https?://|xmpp:|mailto:|geo:|aesgcm://|ftp://)[^\s<>\"]+", re.IGNORECASE)
_STYLES = {
    "*": "message.strong",
    "_": "message.emphasis",
    "~": "message.strike",
    "`": "message.code",
}
_FENCE = "```"


@dataclass(frozen=True, slots=True)
class StyledLine:
    """One line of a body: its text and the styles of its characters, in order."""

    text: str
    runs: list[Run]
    is_preformatted: bool = False


def style(body: str, plain: str) -> list[StyledLine]:
    """Return the lines of `body`; what has no style of its own gets the style `plain`."""
    lines = []
    is_code = False
    for text in body.split("\n"):
        is_fence = text.startswith(_FENCE)
        if is_code or is_fence:
            lines.append(StyledLine(text, [("message.code", len(text))], is_preformatted=True))
            is_code = is_code != is_fence
        elif text.startswith(">"):
            lines.append(StyledLine(text, _runs(text, "message.quote")))
        else:
            lines.append(StyledLine(text, _runs(text, plain)))
    return lines


def links(body: str) -> list[str]:
    """Return the links in `body`, in order."""
    return [body[start:end] for start, end in _links(body)]


def _runs(text: str, plain: str) -> list[Run]:
    styles = [plain] * len(text)
    covered = 0
    for start, end in _links(text):
        _mark_spans(text, covered, start, styles)
        styles[start:end] = ["message.link"] * (end - start)
        covered = end
    _mark_spans(text, covered, len(text), styles)
    return _grouped(styles)


def _links(text: str) -> Iterator[tuple[int, int]]:
    if ":" not in text:
        return
    for match in LINK.finditer(text):
        link = match.group().rstrip(".,;:!?'*_~`")
        # A bracket at the end belongs to the sentence, unless it was opened in the link.
        while link.endswith(")") and link.count(")") > link.count("("):
            link = link[:-1].rstrip(".,;:!?'")
        yield match.start(), match.start() + len(link)


def _mark_spans(text: str, start: int, end: int, styles: list[str]) -> None:
    """Set the styles of the spans between `start` and `end`, nested ones inside."""
    place = start
    while place < end:
        sign = text[place]
        close = _closing(text, place, end) if sign in _STYLES else -1
        if close < 0:
            place += 1
            continue
        styles[place : close + 1] = [_STYLES[sign]] * (close + 1 - place)
        if sign != "`":
            _mark_spans(text, place + 1, close, styles)
        place = close + 1


def _closing(text: str, opening: int, end: int) -> int:
    """Return where the span that `opening` begins is closed, or -1 if it begins none."""
    before = text[opening - 1] if opening else " "
    follows = text[opening + 1 : opening + 2]
    if not (before.isspace() or before in _STYLES) or not follows or follows.isspace():
        return -1
    close = text.find(text[opening], opening + 1, end)
    while close >= 0:
        if close > opening + 1 and not text[close - 1].isspace():
            return close
        close = text.find(text[opening], close + 1, end)
    return -1


def _grouped(styles: list[str]) -> list[Run]:
    runs: list[Run] = []
    for name in styles:
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + 1)
        else:
            runs.append((name, 1))
    return runs
