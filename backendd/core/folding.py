"""How characters are folded, so that words are found however they are written (core/words.py)."""

import re
import unicodedata

# Marks that are left out when one writes without them: Latin, Greek, Cyrillic; Hebrew; Arabic.
_OPTIONAL = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670]"
)
# Thai to Myanmar, Khmer, kana, Han, Hangul: no spaces between words, or particles joined to them.
_UNSPACED = (
    range(0x0E00, 0x10A0), range(0x1780, 0x1800), range(0x1100, 0x1200), range(0x3005, 0x3008),
    range(0x3040, 0x3130), range(0x31F0, 0x3200), range(0x3400, 0x4DC0), range(0x4E00, 0xA000),
    range(0xA960, 0xA980), range(0xAA60, 0xAA80), range(0xAC00, 0xD800), range(0xF900, 0xFB00),
    range(0xFF66, 0xFFA0), range(0x20000, 0x40000),
)  # fmt: skip


def is_unspaced(char: str) -> bool:
    """Return whether a character is of a script that puts no spaces between words."""
    return any(ord(char) in each for each in _UNSPACED)


_MOST = 8192
"""Characters that are kept in a table: more than a language has, of those that have most."""


class _Folded(dict[int, str]):
    """What a text has instead of a character: letters, or something between blanks.

    A table of `str.translate`, which asks for each character only once: that makes the difference
    for very long texts. It is made anew where somebody uses all the characters there are.
    """

    def __missing__(self, code: int) -> str:
        is_han = _HAN_FIRST <= code <= _HAN_LAST
        folded = f" {chr(code)} " if is_han else _fold(chr(code))
        if len(self) >= _MOST:
            if is_han:
                return folded
            self.clear()
        self[code] = folded
        return folded


class _Sizes(dict[str, int]):
    """How many characters of a folded text a character becomes, kept as those are."""

    def __missing__(self, char: str) -> int:
        if len(self) >= _MOST:
            self.clear()
        size = self[char] = len(FOLDED[ord(char)])
        return size


FOLDED = _Folded()
SIZES = _Sizes()
# Words as they are: quicker to make than others, and too many to keep all.
_HAN_FIRST, _HAN_LAST = 0x4E00, 0x9FFF


def _fold(char: str) -> str:
    """Return the letters of a character; between blanks what is a word by itself, or ends one."""
    folded = _OPTIONAL.sub("", unicodedata.normalize("NFKD", char).casefold())
    if is_unspaced(char):
        # Composed again: a syllable is one sign to whoever reads it.
        return f" {_without_blanks(unicodedata.normalize('NFKC', folded)) or char} "
    category = unicodedata.category(char)
    if category[0] in "LNM":
        return _without_blanks(folded)
    if category[0] == "S" or char == "#" or category in ("Co", "Cn"):
        return f" {_without_blanks(folded) or char} "
    return " "


def _without_blanks(text: str) -> str:
    return "".join(text.split())
