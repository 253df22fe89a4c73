"""Whom a command is about: profiles, people and rooms."""

from collections.abc import Iterable

from jp.kinds.backend import Backend
from jp.kinds.kind import Asked, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class ProfileKey(Kind, str):
    """The name of a profile, or @DEFAULT@."""

    metavar = "PROFILE"
    doc = "a profile, by its name; @DEFAULT@ is the default one"

    @classmethod
    def read(cls, text: str) -> "Self":
        if not text:
            raise ValueError("is no name of a profile")
        return cls(text)

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        return [(str(each["Name"]), str(each["Jid"])) for each in await asked.backend.profiles()]


class Address(Kind, str):
    """A JID as it is typed, or an xmpp: address of it."""

    metavar = "JID"
    doc = "an address, also as xmpp:"

    @classmethod
    def read(cls, text: str) -> "Self":
        jid = of_uri(text)
        if not jid or any(each.isspace() for each in jid.partition("/")[0]):
            raise ValueError("is no address")
        return cls(jid)

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        return await contacts(asked.backend)


class Peer(Kind, str):
    """Whom one talks with: by JID, name of a contact or room, or an xmpp: address.

    A name is what the roster has, or else what stands before the @, as people are shown; and if
    no contact has it, that of a room.
    """

    metavar = "WHO"
    doc = "somebody or a room: a JID, the name of a contact or room, or an xmpp: address"
    is_resolved = True

    @classmethod
    def read(cls, text: str) -> "Self":
        value = of_uri(text)
        if not value.strip():
            raise ValueError("is nobody's address or name")
        return cls(value)

    @classmethod
    async def resolve(cls, value: str, backend: Backend) -> "Self":
        """Return the address; ValueError where several are called so, or none can be."""
        if "@" in value:
            return cls(value)
        for those in (contacts, rooms):
            named = await those(backend)
            nodes = [(jid, _node(jid)) for jid, _ in named]
            if found := _called(value, named) or _called(value, nodes):
                return cls(found)
        if any(each.isspace() for each in value) or ("." not in value and value != "localhost"):
            raise ValueError(f"{value!r} is no address, and no contact or room is called so")
        return cls(value)

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        return [*await contacts(asked.backend), *await rooms(asked.backend)]


class Server(Address):
    """A server, by its domain."""

    metavar = "SERVER"
    doc = "a server, by its domain"

    @classmethod
    def read(cls, text: str) -> "Self":
        domain = super().read(text)
        if "@" in domain or "/" in domain:
            raise ValueError("is more than the domain of a server")
        return domain

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        return ()


class NewAddress(Address):
    """The address that an account is to have, or the domain of its server alone."""

    metavar = "ADDRESS"
    doc = "the address that it is to have; or a server by its domain, which tells what it asks for"

    @classmethod
    def read(cls, text: str) -> "Self":
        address = super().read(text)
        local, at, domain = address.rpartition("@")
        if "/" in address or not domain or bool(at) != bool(local):
            raise ValueError("is neither the address of an account nor the domain of a server")
        return address

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        return ()


class RoomAddress(Kind, str):
    """A room, by JID, name, or an xmpp: address; a single word may be one of the own server."""

    metavar = "ROOM"
    doc = "a room: a JID, a name of it, a word before the @ on your server, or an xmpp: address"
    is_resolved = True

    @classmethod
    def read(cls, text: str) -> "Self":
        value = of_uri(text)
        if not value.strip():
            raise ValueError("is no room")
        return cls(value)

    @classmethod
    async def resolve(cls, value: str, backend: Backend) -> "Self":
        """Return the address; ValueError where several are called so, or none can be."""
        if "@" in value:
            return cls(value)
        if found := _called(value, await rooms(backend)):
            return cls(found)
        if any(each.isspace() for each in value):
            raise ValueError(f"{value!r} is no address, and no room is called so")
        return cls(f"{value}@{await backend.rooms.service()}")

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        return await rooms(asked.backend)


async def contacts(backend: Backend) -> list[tuple[str, str]]:
    """Return the contacts, each with its name."""
    return [(each.jid, each.name) for each in await backend.roster.list()]


async def rooms(backend: Backend) -> list[tuple[str, str]]:
    """Return the rooms that are known, each with its name."""
    return [(each.room, each.name) for each in await backend.rooms.list()]


def of_uri(text: str) -> str:
    """Return the JID of an xmpp: address (RFC 5122), and other text as it is; ValueError."""
    if text[:5].lower() != "xmpp:":
        return text
    from urllib.parse import unquote

    path = text[5:].partition("?")[0].partition("#")[0]
    # `xmpp://account@host/jid` names an account to go out from, which `-p` does here.
    if path.startswith("//"):
        path = path[2:].partition("/")[2]
    jid = unquote(path, errors="strict") if path else ""
    if not jid:
        raise ValueError("is an xmpp: address of nobody")
    return jid


def _node(jid: str) -> str:
    """Return what stands before the @; nothing for who has none."""
    return jid.rpartition("@")[0]


def _called(text: str, named: Iterable[tuple[str, str]]) -> str:
    """Return the address that has a name, of pairs of both, or nothing; ValueError for several."""
    found = [address for address, name in named if name.casefold() == text.casefold()]
    if len(found) > 1:
        raise ValueError(f"{text!r} is the name of {', '.join(found)}")
    return found[0] if found else ""
