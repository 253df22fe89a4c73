"""Emojis by name: as arguments of commands, and in what is being written."""

import re
from collections.abc import Iterable
from typing import Annotated

from primitivus.commands.arguments.types import Kind
from primitivus.commands.line.complete import Completion, Written
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.model.wording import emojis
from primitivus.sentences import tr

# A colon inside of a word, a time or an address begins no emoji, and neither does a doubled one.
_NAMED = re.compile(r"(?<![\w:/]):[\w+-]+:?$")


def _emoji(text: str) -> str:
    found = emojis.find(text)
    if found is None:
        raise ValueError(
            tr('"{text}" isn\'t an emoji; type some letters of its name, then Tab', text=text)
        )
    return found


def _complete(asked: Asked) -> Iterable[Candidate]:
    return (Candidate(name, emoji) for name, emoji in emojis.named(asked.word))


Emoji = Annotated[str, Kind("emoji", _emoji, _complete)]


def complete(written: Written) -> Completion | None:
    """Have the emoji itself instead of `:name`, of which some letters are enough, or `:name:`."""
    named = _NAMED.search(written.before)
    if named is None:
        return None
    word = named[0]
    if word.endswith(":"):
        found = emojis.find(word)
        candidates = [Candidate(found, word.strip(":"))] if found is not None else []
    else:
        unique: dict[str, str] = {}
        for name, emoji in emojis.named(word):
            unique.setdefault(emojis.plain(emoji), name)
        candidates = [Candidate(emojis.find(name) or "", name) for name in unique.values()]
    return written.instead(named.start(), candidates)
