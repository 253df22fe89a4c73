"""The keys of a vCard, and what callers may give for them."""

from collections.abc import Mapping
from dataclasses import fields

from backendd.api import records, text
from backendd.api.errors import InvalidArgument
from backendd.api.signature import Plain

LONGEST = 2000
MOST = 50
NODE = "urn:xmpp:vcard4"

Values = Mapping[str, list[str]]
"""What is said under each key; of a key that holds one text it is the first that counts."""

SINGLE = frozenset(each.name for each in fields(records.VCard) if each.metadata["signature"] == "s")
KEYS = tuple(each.name for each in fields(records.VCard))


def clean(value: str) -> str:
    """Return what is said as it is shown: a note may have several lines."""
    lines = text.clean(value, limit=LONGEST).strip()
    return "\n".join(" ".join(line.split()) for line in lines.split("\n"))


def record(*sources: Values) -> records.VCard:
    """Return what vCards say, of each key the first that says something."""
    found: dict[str, Plain] = {}
    for key in KEYS:
        said = next((each[key] for each in sources if each.get(key)), [])
        cleaned = [clean(each) for each in said[:MOST]]
        if key != "n":
            cleaned = list(dict.fromkeys(each for each in cleaned if each))
        found[key] = "".join(cleaned[:1]) if key in SINGLE else cleaned
    return records.VCard(**found)


def checked(given: Mapping[str, Plain]) -> dict[str, list[str]]:
    """Return what a caller wants to be said; InvalidArgument."""
    wanted: dict[str, list[str]] = {}
    for key, value in given.items():
        if key not in KEYS:
            raise InvalidArgument(f"a vCard has no {key!r} here; known: {', '.join(KEYS)}")
        values = [value] if key in SINGLE else value
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            kind = "a text" if key in SINGLE else "a list of texts"
            raise InvalidArgument(f"{key!r} takes {kind}")
        if len(values) > MOST or any(len(each) > LONGEST for each in values):
            raise InvalidArgument(f"{key!r} takes {MOST} texts of {LONGEST} characters at most")
        if key == "n" and values and len(values) != 5:
            raise InvalidArgument(
                "'n' takes five texts: family name, given name, additional names, prefix, suffix"
            )
        wanted[key] = [clean(each) for each in values]
        if not any(wanted[key]):
            wanted[key] = []
    return wanted
