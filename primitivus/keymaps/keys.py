"""The notation of keys (`C-x`, `M-Up`, `S-Tab`, `F2`, `g g`) and urwid's names for them."""

import re
from functools import lru_cache

from primitivus.sentences import tr

MODIFIERS = {"S": "shift", "M": "meta", "C": "ctrl"}  # in the order urwid writes them

NAMED = {
    "Enter": "enter",
    "Tab": "tab",
    "Space": " ",
    "Backspace": "backspace",
    "Delete": "delete",
    "Insert": "insert",
    "Esc": "esc",
    "Up": "up",
    "Down": "down",
    "Left": "left",
    "Right": "right",
    "Home": "home",
    "End": "end",
    "PageUp": "page up",
    "PageDown": "page down",
    **{f"F{number}": f"f{number}" for number in range(1, 21)},
    # What the mouse does.
    "Press": "press",
    "RightPress": "right press",
    "Release": "release",
    "WheelUp": "wheel up",
    "WheelDown": "wheel down",
}
_NOTATION = {name: written for written, name in NAMED.items()}
_BY_LOWER = {written.lower(): name for written, name in NAMED.items()}

# What a terminal sends for these is the same byte as for the plain key.
_SAME = {
    "ctrl h": "backspace",
    "ctrl i": "tab",
    "ctrl m": "enter",
    "ctrl [": "esc",
    "ctrl ?": "backspace",
    "ctrl @": "<0>",
    "ctrl  ": "<0>",
    "ctrl /": "ctrl _",
}
# In most terminals these are the same with Shift or Ctrl; one that tells them apart says so.
_ALIKE = ("enter", "tab", "backspace", "esc", " ")
# The one key that is itself with Meta also where Esc leaves.
NEWLINE = "meta enter"
# Stands at the end of a sequence for whatever key types a character.
ANY = "any character"
_ANY = "Any"
_PREFIX = re.compile(r"([CMS])-(?=.)", re.DOTALL)


@lru_cache(maxsize=512)  # many tables have the same
def parse_key(text: str) -> str:
    """Return urwid's name of one key; ValueError with the middle of a sentence if it is none."""
    signs, rest = _split(text)
    name = _BY_LOWER.get(rest.lower(), "") if len(rest) > 1 else rest
    if rest == _ANY and not signs:
        return ANY
    if not name or not (len(rest) > 1 or rest.isprintable()):
        raise ValueError(tr("isn't a key; keys are written like C-x, M-Up, S-Tab, F2, Space, g"))
    if "S" in signs and len(rest) == 1:
        raise ValueError(tr("is written {rest}, without S-", rest=rest.upper()))
    if "C" in signs and len(rest) == 1:
        lower = rest.lower()
        # A terminal knows no difference. What becomes two characters stays as it is.
        name = lower if len(lower) == 1 else rest
    words = [word for sign, word in MODIFIERS.items() if sign in signs]
    return _as_sent(" ".join([*words, name]))


def parse_keys(text: str) -> tuple[str, ...]:
    """Return urwid's names of a sequence of keys, written with spaces between."""
    written = text.split()
    if not written:
        raise ValueError(tr("isn't a key"))
    keys = tuple(parse_key(key) for key in written)
    if ANY in keys[:-1] or keys == (ANY,):
        raise ValueError(tr("has {any} elsewhere than behind other keys", any=_ANY))
    return keys


def key_notation(key: str) -> str:
    """Return how a key is written that urwid calls `key`."""
    if key == ANY:
        return _ANY
    if key.endswith("<0>"):
        key = key.removesuffix("<0>") + "ctrl  "
    found = set()
    for word in MODIFIERS.values():
        if key.startswith(word + " ") and key != word + " ":
            found.add(word)
            key = key[len(word) + 1 :]
    signs = "".join(f"{sign}-" for sign in "CMS" if MODIFIERS[sign] in found)
    return signs + _NOTATION.get(key, key)


def notation(keys: tuple[str, ...]) -> str:
    """Return how a sequence is written that `parse_keys` reads."""
    return " ".join(key_notation(key) for key in keys)


def is_printable(key: str) -> bool:
    """Return whether a key of urwid's types a character."""
    return len(key) == 1 and key.isprintable()


def known_as(key: str) -> str:
    """Return how keymaps call a key, which a terminal may tell more precisely than others."""
    head, sign, last = key.rpartition("ctrl ")
    return _as_sent(head + sign + last.lower() if sign and len(last) == 1 else key)


def plain(key: str) -> str:
    """Return what most terminals would have sent instead of a key with Shift or Ctrl."""
    for name in _ALIKE:
        if key.endswith(f" {name}") and key != "shift tab":
            meta = "meta " if "meta " in key else ""
            return meta + ("shift tab" if name == "tab" and "shift " in key else name)
    return key


def split_meta(key: str) -> tuple[str, ...]:
    """Return the keys that a key with Meta is where Esc always leaves: Esc, and the key by itself.

    Over ssh, Esc and the next key come in one read often enough, and look like Meta.
    """
    if key.startswith(("meta ", "shift meta ")):
        return ("esc", key.replace("meta ", "", 1))
    return (key,)


def _split(text: str) -> tuple[set[str], str]:
    signs = set()
    while match := _PREFIX.match(text):
        signs.add(match[1])
        text = text[2:]
    return signs, text


def _as_sent(key: str) -> str:
    meta = "meta " if key.startswith("meta ") else ""
    rest = key[len(meta) :]
    return meta + _SAME.get(rest, rest)
