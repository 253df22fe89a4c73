"""Tags of entries: which are the same, and how a query asks for them."""

import hashlib
import re
import unicodedata
from typing import Final

MOST: Final = 16
"""Tags that a query may ask for."""

_PHRASE: Final = re.compile(r'(#?)"([^"]*)"?')
_ASKED: Final = re.compile(r"(?<!\S)#(\S+)")


def folded(tag: str) -> str:
    """Return what is the same of tags that are: case doesn't count, nor does a sign in front."""
    said = unicodedata.normalize("NFKC", tag).casefold()
    return " ".join(said.removeprefix("#").split())


def token(tag: str) -> str:
    """Return the word that stands for a tag in the index, always the same of the same tag."""
    return "t" + hashlib.blake2b(folded(tag).encode(errors="replace"), digest_size=8).hexdigest()


def parse(query: str) -> tuple[str, tuple[str, ...]]:
    """Return what a query asks for beside tags, and these: #tag, or #"of several words".

    What is in quotes is no tag, and a sign alone is a word.
    """
    rest: list[str] = []
    asked: list[str] = []
    end = 0
    for phrase in _PHRASE.finditer(query):
        rest.append(_outside(query[end : phrase.start()], asked))
        begins = phrase.start() == 0 or query[phrase.start() - 1].isspace()
        if phrase[1] and begins and folded(phrase[2]):
            asked.append(phrase[2])
        else:
            rest.append(phrase[0])
        end = phrase.end()
    rest.append(_outside(query[end:], asked))
    return " ".join(rest), tuple(dict.fromkeys(filter(None, map(folded, asked))))[:MOST]


def _outside(said: str, asked: list[str]) -> str:
    """Return what is no tag of what stands outside of quotes; the tags are `asked`."""

    def take(found: re.Match[str]) -> str:
        if not folded(found[1]):
            return found[0]
        asked.append(found[1])
        return " "

    return _ASKED.sub(take, said)
