"""What a profile may be called and set to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from backendd.api import text
from backendd.api.errors import InvalidArgument
from backendd.core import jid, nicknames, reaching
from backendd.core.profiles import Settings

NAME_LIMIT = 64
WORD_LIMIT, WORDS_LIMIT = 64, 100
LEAST_PRIORITY, MOST_PRIORITY = -128, 127  # RFC 6121 4.7.2.3


def check_name(name: str) -> None:
    """Raise InvalidArgument if no profile may be called `name`."""
    if not 0 < len(name) <= NAME_LIMIT:
        raise InvalidArgument(f"a profile's name has 1 to {NAME_LIMIT} characters")
    if name.startswith("@"):
        raise InvalidArgument("a profile's name can't start with @")
    if text.clean_line(name) != name:
        raise InvalidArgument(
            "a profile's name can't have control characters, or white space at its ends"
        )


def change(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """Return `settings` with `changes`, whose types are right already.

    Raises InvalidArgument, InvalidJid and FileError.
    """
    changed = replace(settings, **changes)
    if len(changed.nickname) > nicknames.LIMIT or changed.nickname != text.clean_line(
        changed.nickname
    ):
        raise InvalidArgument(
            f"a nickname has one line of at most {nicknames.LIMIT} characters, none of them a "
            "control character"
        )
    if not LEAST_PRIORITY <= changed.priority <= MOST_PRIORITY:
        raise InvalidArgument(
            f"a priority is from {LEAST_PRIORITY} to {MOST_PRIORITY}, not {changed.priority}"
        )
    reaching.check(changed.host, changed.port, changed.ca_file)
    if changed.resource:
        jid.parse(f"resource@example.org/{changed.resource}")
    return replace(changed, highlight=_words(changed.highlight))


def _words(words: Sequence[str]) -> list[str]:
    """Return words to notice, cleaned, each once."""
    cleaned = {text.clean_line(word).casefold(): text.clean_line(word) for word in words}
    if "" in cleaned or any(len(word) > WORD_LIMIT for word in cleaned):
        raise InvalidArgument(f"a word to highlight has 1 to {WORD_LIMIT} characters")
    if len(cleaned) > WORDS_LIMIT:
        raise InvalidArgument(f"{len(cleaned)} words to highlight; at most {WORDS_LIMIT}")
    return list(cleaned.values())
