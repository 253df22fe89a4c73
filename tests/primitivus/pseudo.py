"""A language for tests: English with other letters, as long as it is."""

import re
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TEMPLATE = Path(__file__).parents[2] / "primitivus" / "locale" / "primitivus.pot"
LANGUAGE = "xx"
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTERS = "àƀçđéƒǧħîĵķļɱñöƥɋŕšţûṽŵẋýžÀƁÇĐÉƑǦĦÎĴĶĻṀÑÖƤɊŔŠŢÛṼŴẊÝŽ"
_THERE, _BACK = str.maketrans(_PLAIN, LETTERS), str.maketrans(LETTERS, _PLAIN)
_FIELD = re.compile(r"(\{[^{}]*\})")


def said(text):
    """Return what a sentence is in this language; its fields stay."""
    parts = _FIELD.split(text)
    return "".join(part if _FIELD.fullmatch(part) else part.translate(_THERE) for part in parts)


def english(text):
    """Return what was said in this language in English again."""
    return text.translate(_BACK)


def write(folder):
    """Write its catalogue below a folder of XDG data."""
    with TEMPLATE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    for message in catalogue:
        if message.id:
            texts = message.id if message.pluralizable else (message.id,)
            forms = tuple(map(said, texts))
            message.string = forms if message.pluralizable else forms[0]
    path = folder / "locale" / LANGUAGE / "LC_MESSAGES" / "primitivus.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)
