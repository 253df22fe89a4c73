"""Reactions: what an emoji is, and which set of one author counts."""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple, TypedDict, get_args

from backendd.core import text

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
    # Which of ours wait still, or are on their way.
    reactions_pending: Sequence[str]


class ReactionsRefused(NamedTuple):
    """What we reacted to a message with is refused, or can't be sent; `why` is a sentence."""

    peer: str
    why: str


Source = Literal["live", "archive", "past"]


@dataclass(frozen=True, slots=True)
class Reactions:
    """All reactions of one author to one message: a new set takes the place of the last one.

    `source`: whether it came (or was made) just now, on the stream `sm_id`, out of the archive
    above what was known, or out of its past; `is_backwards`: that was read from its end.
    """

    emojis: tuple[str, ...]
    time: int
    source: Source
    sm_id: str = ""
    is_backwards: bool = False

    def replaces(self, old: "Reactions") -> bool:
        """Return whether this set is the later one.

        Clocks of servers and of this machine differ, so times are compared only where both are
        the archive's. What the stream has brought is later than what the archive has had by then.
        """
        if self.source == "live":
            return True
        if old.source == "live":
            return self.source == "archive" and old.sm_id != self.sm_id
        if self.source != old.source:
            return self.source == "archive"
        return self.time > old.time or (self.time == old.time and not self.is_backwards)

    def written(self) -> str:
        """Return the set as text, without its time."""
        return json.dumps(
            [self.emojis, self.source, self.sm_id, self.is_backwards], ensure_ascii=False
        )


def read(written: str, time: int) -> Reactions | None:
    """Return the set that was written so, and came at this time; None where it is damaged."""
    try:
        emojis, source, sm_id, is_backwards = json.loads(written)
    except (ValueError, TypeError):
        return None
    if not isinstance(emojis, list) or source not in get_args(Source):
        return None
    return Reactions(cleaned(map(str, emojis)), time, source, str(sm_id), bool(is_backwards))


def read_emojis(written: str) -> tuple[str, ...]:
    """Return the emojis that were written as a list, none where it is damaged."""
    try:
        emojis = json.loads(written)
    except ValueError:
        return ()
    return cleaned(map(str, emojis)) if isinstance(emojis, list) else ()


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
