"""Emojis by name: short ones for what is used most, and those of Unicode for the rest."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

# Names that chat programs have taught people.
_SHORT: Mapping[str, str] = {
    "+1": "👍",
    "-1": "👎",
    "thumbsup": "👍",
    "thumbsdown": "👎",
    "heart": "❤️",
    "joy": "😂",
    "rofl": "🤣",
    "smile": "😄",
    "grin": "😁",
    "wink": "😉",
    "blush": "😊",
    "heart-eyes": "😍",
    "kiss": "😘",
    "sunglasses": "😎",
    "thinking": "🤔",
    "neutral": "😐",
    "eyeroll": "🙄",
    "smirk": "😏",
    "surprised": "😮",
    "sad": "😢",
    "sob": "😭",
    "scream": "😱",
    "angry": "😠",
    "party": "🥳",
    "hug": "🤗",
    "shrug": "🤷",
    "facepalm": "🤦",
    "tada": "🎉",
    "fire": "🔥",
    "sparkles": "✨",
    "star": "⭐",
    "eyes": "👀",
    "pray": "🙏",
    "clap": "👏",
    "wave": "👋",
    "ok": "👌",
    "muscle": "💪",
    "victory": "✌️",
    "rocket": "🚀",
    "check": "✅",
    "cross": "❌",
    "question": "❓",
    "exclamation": "❗",
    "warning": "⚠️",
    "hundred": "💯",
    "zzz": "💤",
    "poop": "💩",
    "coffee": "☕",
    "beer": "🍺",
    "cake": "🍰",
    "turtle": "🐢",
    "sun": "☀️",
}
_REGION = 0x1F1E6  # the letter A of a flag
_BLOCKS = (range(0x231A, 0x2C00), range(0x1F300, 0x1FB00))


def plain(emoji: str) -> str:
    """Return what is the same for emojis that differ only in asking to be shown as such."""
    return emoji.replace("\ufe0f", "")


def find(word: str) -> str | None:
    """Return the emoji of this name, which may have colons around it; or what is one by itself."""
    if not word.isascii():
        return word
    return _by_name().get(word.strip(":").casefold().replace("_", "-"))


def named(prefix: str) -> Iterator[tuple[str, str]]:
    """Yield names that have a word with this beginning, and their emojis; those used most first."""
    wanted = prefix.strip(":").casefold().replace("_", "-")
    for name, emoji in _by_name().items():
        if name.startswith(wanted) or f"-{wanted}" in name:
            yield name, emoji


def name(emoji: str) -> str:
    """Return the name of an emoji, for terminals that can't show it."""
    country = [chr(ord(char) - _REGION + ord("a")) for char in emoji if _is_region(char)]
    if country:
        return f"flag-{''.join(country)}"
    # Of one that is built of several the first says most.
    return _by_emoji().get(plain(emoji)) or _by_emoji().get(emoji[:1]) or _name_of(emoji[:1])


def _is_region(char: str) -> bool:
    return _REGION <= ord(char) < _REGION + 26


@cache
def _by_name() -> dict[str, str]:
    names = dict(_SHORT)
    for block in _BLOCKS:
        for char in map(chr, block):
            # What is drawn as an emoji by itself is wide.
            if unicodedata.category(char) == "So" and unicodedata.east_asian_width(char) == "W":
                names.setdefault(_name_of(char), char)
    return names


@cache
def _by_emoji() -> dict[str, str]:
    found: dict[str, str] = {}
    for known, emoji in _by_name().items():
        if known.strip("+-1"):
            found.setdefault(plain(emoji), known)
    return found


def _name_of(char: str) -> str:
    return unicodedata.name(char, f"U+{ord(char):04X}").casefold().replace(" ", "-")
