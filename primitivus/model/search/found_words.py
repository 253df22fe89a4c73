"""Where the words of a search stand in a text that is shown: as the backend looks for them.

Neither case nor diacritics count, and words are whole ones, but where a star follows; in scripts
that put no blanks between words any part is found. What cuts texts for its index is the backend's
(Messages.Search tells how it looks); this one only marks what it has found.
"""

import re
from functools import lru_cache
from unicodedata import category, normalize

# Thai to Myanmar, Khmer, and what Chinese and Japanese are written in.
_WITHOUT_BLANKS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u31ff\u3400-\u9fff\uf900-\ufaff"
# Compiled with the first search: that takes 3 ms, as many as ten modules.
_WORD = rf"[{_WITHOUT_BLANKS}]|[^\W_{_WITHOUT_BLANKS}]+|[^\w\s]"
# So many words of a search are marked; more are hardly typed.
_MOST = 32


def spans(text: str, query: str) -> list[tuple[int, int]]:
    """Return where the words of `query` stand: pairs of start and end, in order."""
    pattern = _pattern(query)
    if pattern is None:
        return []
    if text.isascii():
        return [found.span() for found in pattern.finditer(text.lower())]
    folded, places = _folded(text)
    return [(places[found.start()], places[found.end()]) for found in pattern.finditer(folded)]


def begun(query: str) -> str:
    """Return a query whose last word may be the beginning of one, as if a star followed it.

    What stands in quotes stays as it is, and so does a sign.
    """
    asked = query.rstrip()
    is_quoted = asked.count('"') % 2
    return f"{asked}*" if asked[-1:].isalnum() and not is_quoted else query


@lru_cache(maxsize=8)
def _pattern(query: str) -> re.Pattern[str] | None:
    """Return what finds the words, "phrases" and beginnings* of a query; None: it has none."""
    terms: dict[str, None] = {}
    for number, part in enumerate(query.split('"')):
        for asked in [part] if number % 2 else part.split():
            folded, _ = _folded(asked.rstrip().removesuffix("*"))
            if words := re.findall(_WORD, folded):
                terms[_term(words, is_begun=asked.rstrip().endswith("*"))] = None
    longest_first = sorted([*terms][:_MOST], key=len, reverse=True)
    return re.compile("|".join(longest_first)) if longest_first else None


def _term(words: list[str], *, is_begun: bool) -> str:
    """Return a pattern of words one behind the other, of which the first and last are whole."""
    before = r"(?<![^\W_])" if _has_blanks(words[0]) else ""
    after = r"(?![^\W_])" if _has_blanks(words[-1]) else ""
    return before + r"[\W_]*".join(map(re.escape, words)) + (r"[^\W_]*" if is_begun else after)


def _has_blanks(word: str) -> bool:
    """Return whether a word of its script ends where another begins."""
    return word[0].isalnum() and not re.match(f"[{_WITHOUT_BLANKS}]", word[0])


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text without case and diacritics, and where each of its characters stood.

    Behind them stands where the text ends; a mark belongs to the letter before.
    """
    letters: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        folded = char.lower() if char.isascii() else normalize("NFKD", char).casefold()
        for letter in folded:
            if char.isascii() or not category(letter).startswith("M"):
                letters.append(letter)
                places.append(at)
    return "".join(letters), [*places, len(text)]
