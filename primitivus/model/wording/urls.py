"""Links in texts."""

import re
from collections.abc import Iterator

LINK = re.compile(r"(?:https?://|xmpp:|mailto:|geo:|aesgcm://|ftp://)[^\s<>\"]+", re.IGNORECASE)

# Nothing that could be a file of this machine, or a program to run.
_FOREIGN = re.compile(r"(?:https?|mailto|geo|ftp):[^\s\x00-\x1f\x7f]+", re.IGNORECASE)

# What ends a sentence, or what is quoted in it, and no link.
_ENDS = ".,;:!?'“”‘’«»‹›…。、，！？；：」』】》）"  # noqa: RUF001
_SIGNS = _ENDS + "*_~`"


def urls(text: str) -> list[str]:
    """Return the links in a text, in order, each once."""
    return list(dict.fromkeys(text[start:end] for start, end in spans(text)))


def is_link(text: str) -> bool:
    """Return whether a text is nothing but a link to something on the web."""
    return urls(text) == [text.strip()] and text.strip()[:4].lower() == "http"


def is_foreign(url: str) -> bool:
    """Return whether a link is one that other programs may be given to open."""
    return _FOREIGN.fullmatch(url) is not None


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Return where the links in a text begin and end, without the signs of the sentence."""
    if ":" not in text:
        return
    for match in LINK.finditer(text):
        link = match.group().rstrip(_SIGNS)
        # A bracket at the end belongs to the sentence, unless it was opened in the link.
        unopened = link.count(")") - link.count("(")
        end = len(link)
        while unopened > 0 and link[end - 1] == ")":
            unopened -= 1
            end -= 1
            while link[end - 1] in _ENDS:
                end -= 1
        yield match.start(), match.start() + end
