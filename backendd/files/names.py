"""Names of files that come from outside, made into names and nothing more.

What is made is one part of a path that a shell, a file manager or a shared disk takes for what it
looks like: nothing that hides, points elsewhere, or shows as something else than it is.
"""

import os
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from backendd.api import text
from backendd.api.file_names import MOST_BYTES, NAMELESS, fitted

_LONGEST = 4096  # characters that are looked at, the last ones: the extension is there
_PARTS = re.compile(r"[/\\]+")
_ELSEWHERE = re.compile(r'[<>:"|?*]')  # what VFAT, NTFS and SMB don't take
# Devices of Windows in every directory there, with any extension.
_DEVICES = frozenset({"con", "prn", "aux", "nul", "conin$", "conout$"}) | frozenset(
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789\xb9\xb2\xb3"
)
# Read by Windows where they are found.
_READ = frozenset({"desktop.ini", "autorun.inf"})
# Letters and symbols that nothing shows of.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\U0001d159")
_BLANK = "\u2800"
_SELECTORS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_JOINER, _NON_JOINER = "\u200d", "\u200c"
_LONGEST_RUN_OF_MARKS = 8


def safe(name: str) -> str:
    """Return the name of a file that may be put into any directory; it is never empty."""
    part = next((each for each in reversed(_PARTS.split(name[-_LONGEST:])) if each.strip()), "")
    shown = "".join(_visible(unicodedata.normalize("NFC", part)))
    folded = unicodedata.normalize("NFC", " ".join(shown.split()))
    begun = _without_beginning(_ELSEWHERE.sub("_", folded))
    return fitted(_unreserved(begun.rstrip(" .")), MOST_BYTES)


def of_address(address: str) -> str:
    """Return the name of a file that is at `address`, safe."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return NAMELESS
    return safe(unquote(path.rpartition("/")[2]))


def of_path(path: str) -> str:
    """Return how a file of this machine is told of to others; what isn't Unicode shows as such."""
    decoded = os.fsencode(os.path.basename(path)).decode(errors="replace")
    return fitted(text.clean_line(decoded), MOST_BYTES)


def _visible(name: str) -> Iterator[str]:
    """Yield what shows on a screen as what it is, and white space."""
    before, marks = "", 0
    for index, char in enumerate(name):
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks > _LONGEST_RUN_OF_MARKS or not _stays(name, index, before):
            continue
        yield " " if char == _BLANK else char
        before = char


def _stays(name: str, index: int, before: str) -> bool:
    char = name[index]
    if char.isspace():
        return True
    if char in (_JOINER, _NON_JOINER):
        return _joins(name, index)
    if _SELECTORS.match(char):
        return not before.isascii() and not _SELECTORS.match(before)
    if char in _INVISIBLE or ord(char) & 0xFFFE == 0xFFFE:
        return False
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co")


def _joins(name: str, index: int) -> bool:
    """Return whether a joiner joins parts of an emoji, or is one that its script needs."""
    after = name[index + 1 : index + 2]
    before = _SELECTORS.sub("", name[max(0, index - 2) : index])[-1:]
    if name[index] == _JOINER and before and after:
        is_symbol = unicodedata.category(before) in ("So", "Sk")
        if is_symbol and unicodedata.category(after) == "So":
            return True
    import idna  # late: hardly a name has one

    try:
        return idna.valid_contextj(name, index)
    except ValueError:
        return False


def _without_beginning(name: str) -> str:
    """Return it without what hides a file, begins an option, or has nothing to stand on."""
    for index, char in enumerate(name):
        if char not in " .-" and not unicodedata.category(char).startswith("M"):
            return name[index:]
    return ""


def _unreserved(name: str) -> str:
    stem, dot, rest = name.partition(".")
    if stem.rstrip().casefold() in _DEVICES or name.casefold() in _READ:
        return f"{stem}_{dot}{rest}"
    return name
