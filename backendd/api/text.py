"""Text from outside, made harmless for terminals, logs and file names."""

import re

# C0 but tab and newline, DEL, C1, and the bidirectional embeddings, overrides and isolates
# (UAX #9): they can make a line show something else than it says. Lone surrogates and NUL
# can't cross D-Bus or be stored.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029")


def clean(text: str, *, limit: int | None = None) -> str:
    """Return `text` without control, escape and direction-changing characters.

    Line ends become a newline; at most `limit` characters are kept.
    """
    if limit is not None and len(text) > limit:
        text = text[:limit]
    return _UNSAFE.sub("", _LINE_ENDS.sub("\n", text))


def clean_line(text: str, *, limit: int | None = None) -> str:
    """Return `text` cleaned and on one line, white space folded."""
    return " ".join(clean(text, limit=limit).split())
