"""What the archive of the account keeps (XEP-0441)."""

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from typing import cast, get_args
from xml.etree.ElementTree import Element

from backendd.api import records
from backendd.api.errors import InvalidArgument, InvalidJid
from backendd.api.signature import Plain
from backendd.api.words import Archived
from backendd.core import jid, xml
from backendd.session.home import Home

PATIENCE_S = 18.0
MOST = 1000
"""Addresses of a list that are read, or set."""

_KEYS = ("default", "always", "never")


class Preferences:
    """Asks the server what it keeps, and tells it."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def get(self) -> records.ArchivePreferences:
        """Return what the archive keeps."""
        asked = xml.element(xml.MAM, "prefs")
        return _decode(await self._home.stream.request("get", None, asked, timeout=PATIENCE_S))

    async def set(self, preferences: Mapping[str, Plain]) -> None:
        """Change what the archive keeps; what isn't given stays. InvalidArgument, InvalidJid."""
        given = _checked(preferences)
        now = await self.get()
        always = given.get("always", now.always)
        never = given.get("never", now.never)
        # Who is put into one list is meant to leave the other.
        if "always" in given and "never" not in given:
            never = [each for each in never if each not in always]
        if "never" in given and "always" not in given:
            always = [each for each in always if each not in never]
        wanted = _encode(cast("Archived", given.get("default", now.default)), always, never)
        await self._home.stream.request("set", None, wanted, timeout=PATIENCE_S)


def _checked(preferences: Mapping[str, Plain]) -> dict[str, list[str] | str]:
    checked: dict[str, list[str] | str] = {}
    for name, value in preferences.items():
        if name == "default":
            if value not in get_args(Archived):
                raise InvalidArgument(f"default takes {', '.join(get_args(Archived))}")
            checked[name] = str(value)
        elif name in _KEYS and isinstance(value, list):
            checked[name] = _addresses(name, value)
        else:
            raise InvalidArgument(f"{name}: default is a word, always and never are lists of JIDs")
    return checked


def _addresses(name: str, value: Sequence[object]) -> list[str]:
    if len(value) > MOST:
        raise InvalidArgument(f"{name}: {len(value)} addresses are too many; {MOST} is the most")
    return list(dict.fromkeys(jid.bare(str(each)) for each in value))


def _encode(default: Archived, always: Iterable[str], never: Iterable[str]) -> Element:
    lists = [
        xml.element(
            xml.MAM, name, children=[xml.element(xml.MAM, "jid", text=each) for each in listed]
        )
        for name, listed in (("always", always), ("never", never))
    ]
    return xml.element(xml.MAM, "prefs", {"default": default}, lists)


def _decode(answer: Element) -> records.ArchivePreferences:
    prefs = xml.child(answer, xml.MAM, "prefs")
    if prefs is None:
        return records.ArchivePreferences()
    written = prefs.get("default", "")
    default = cast("Archived", written) if written in get_args(Archived) else "always"
    return records.ArchivePreferences(
        default=default, always=_listed(prefs, "always"), never=_listed(prefs, "never")
    )


def _listed(prefs: Element, name: str) -> list[str]:
    found = xml.child(prefs, xml.MAM, name)
    written = found.findall(f"{{{xml.MAM}}}jid")[:MOST] if found is not None else ()
    # Servers give them in any order, and in another one each time.
    listed: set[str] = set()
    for each in written:
        with contextlib.suppress(InvalidJid):
            listed.add(jid.received((each.text or "").strip()).full)
    return sorted(listed)
