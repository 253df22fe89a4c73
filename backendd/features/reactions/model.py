"""Reactions: what an emoji is, and which set of one author counts."""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypedDict

from backendd.api import text
from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.core.moments import Moment

KIND = "reactions"

MOST = 20
"""Emojis in one set; of larger ones of others the first are kept."""

LONGEST = 20
"""Code points of one emoji: the longest that Unicode recommends has ten."""

SEEN = 200
"""How many elements of a set are looked at."""


class Reacted(TypedDict, total=False):
    """Keys of a message record: who has reacted, by emoji: bare JIDs, in rooms `room/nick`."""

    reactions: dict[str, list[str]]
    # Which of them are ours, and as whom we stand among the others.
    reactions_own: dict[str, str]
    # Which of ours wait still, or are on their way.
    reactions_pending: Sequence[str]


class ReactionsRefused(NamedTuple):
    """What we reacted to a message with is refused, or can't be sent; `why` is a sentence."""

    peer: str
    why: str


class Reactions(Value):
    """All reactions of one author to one message: a later set takes the place of the last one."""

    emojis: tuple[str, ...]
    said: Moment


def read(written: str) -> tuple[str, ...] | None:
    """Return the emojis that were written as a list, None where it is damaged."""
    try:
        emojis = json.loads(written)
    except ValueError:
        return None
    return cleaned(map(str, emojis)) if isinstance(emojis, list) else None


def read_emojis(written: str) -> tuple[str, ...]:
    """Return the emojis that were written as a list, none where it is damaged."""
    return read(written) or ()


def write_emojis(emojis: Iterable[str]) -> str:
    """Return emojis as a list that is stored."""
    return json.dumps([*emojis], ensure_ascii=False)


def cleaned(emojis: Iterable[str]) -> tuple[str, ...]:
    """Return those which are emojis, each once, without what could do harm."""
    found: dict[str, str] = {}
    for each in emojis:
        emoji = text.clean_line(each) if len(each) <= 2 * LONGEST else ""
        if is_emoji(emoji):
            found.setdefault(plain(emoji), emoji)
    return tuple(found.values())[:MOST]


def plain(emoji: str) -> str:
    """Return what is the same for emojis that differ only in asking to be shown as such."""
    return emoji.replace("\ufe0f", "")


@lru_cache(maxsize=1024)
def is_emoji(emoji: str) -> bool:
    """Return whether this is one emoji, as UTS #51 builds them."""
    return 0 < len(emoji) <= LONGEST and bool(_SEQUENCE.fullmatch("".join(map(_class, emoji))))


# One letter for each code point, see _class.
_ELEMENT = "(?:RR|SV?M?T*|[DP]VK?|DK)"
_SEQUENCE = re.compile(f"{_ELEMENT}(?:J{_ELEMENT})*")
_CLASSES = {"\u200d": "J", "\ufe0f": "V", "\u20e3": "K", "\u203c": "P", "\u2049": "P"} | {
    "\u3030": "P",
    **dict.fromkeys("0123456789#*", "D"),
}


def _class(char: str) -> str:
    """Return S for a symbol, M for a tone of skin, R for half a flag, T for a tag; x for others."""
    code = ord(char)
    if char in _CLASSES:
        return _CLASSES[char]
    if 0x1F3FB <= code <= 0x1F3FF:
        return "M"
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "R"
    if 0xE0020 <= code <= 0xE007F:
        return "T"
    if char in "\u00a9\u00ae":
        return "S"
    category = unicodedata.category(char)
    # Unicode keeps places for emojis to come.
    is_reserved = category == "Cn" and 0x1F000 <= code <= 0x1FAFF
    return "S" if is_reserved or (code > 0x203C and category in ("So", "Sm")) else "x"
