"""Who is spoken to: names as they stand in a text, at the boundaries of words."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import TypedDict

from backendd.core.folding import is_unspaced

EVERYONE = ("@all", "@channel", "@everyone", "@here", "@room")

SEARCHED = 16_384
"""Characters of a text in which names count."""


class Mentioned(TypedDict, total=False):
    """Keys of a message record: whether it speaks to the user, and by which names in its text."""

    mention: bool
    mentioned: Sequence[str]


class Mentions(TypedDict, total=False):
    """Keys of a conversation record: how many of its unread messages speak to the user, and which.

    `first_mention` is the id of the oldest of them.
    """

    mentions: int
    first_mention: int


def found(text: str, names: Sequence[str]) -> list[str]:
    """Return which of `names` stand in a text as words of their own, whatever their case.

    Of a very long one its beginning is looked at.
    """
    said = _composed(text[:SEARCHED]) if names else ""
    return [name for name in names if _pattern(name).search(said)]


@lru_cache(maxsize=1024)
def _pattern(name: str) -> re.Pattern[str]:
    name = _composed(name)
    before = r"(?<!\w)" if _is_bounded(name[0]) else ""
    after = r"(?!\w)" if _is_bounded(name[-1]) else ""
    return re.compile(before + re.escape(name) + after, re.IGNORECASE)


def _is_bounded(char: str) -> bool:
    """Return whether a letter beside this one would be of the same word, or address."""
    return (char in "_@" or char.isalnum()) and not is_unspaced(char)


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)
