"""Rooms, and who is in them."""

from backendd.api import words
from backendd.api.records.record import Record, key
from backendd.api.words import Cause, Role, RoomState, Show


class Room(Record):
    """A room in which we are, or want to be."""

    room: str = key("s", "")
    name: str = key("s", "")
    nick: str = key("s", "")
    state: RoomState = key("s", "")
    subject: str = key("s", "")
    subject_by: str = key("s", "")
    subject_time: int = key("x", 0)
    role: Role = key("s", "")
    affiliation: words.Affiliation = key("s", "")
    occupants: int = key("u", 0)
    bookmarked: bool = key("b", False)
    autojoin: bool = key("b", False)
    nonanonymous: bool = key("b", False)
    members_only: bool = key("b", False)
    password_protected: bool = key("b", False)
    moderated: bool = key("b", False)
    created: bool = key("b", False)
    retracts: bool = key("b", False)
    avatar: str = key("s", "")
    error: tuple[str, str] = key("(ss)", ("", ""))
    moved_to: str = key("s", "")
    revision: int = key("x", 0)


class Occupant(Record):
    """Somebody who is in a room."""

    nick: str = key("s", "")
    jid: str = key("s", "")
    role: Role = key("s", "")
    affiliation: words.Affiliation = key("s", "")
    show: Show = key("s", "")
    status: str = key("s", "")
    occupant_id: str = key("s", "")
    hats: list[str] = key("as", [])


class Left(Record):
    """Somebody who is in a room no more, and why."""

    nick: str = key("s", "")
    cause: Cause = key("s", "")
    actor: str = key("s", "")
    reason: str = key("s", "")
    new_nick: str = key("s", "")


class Ignored(Record):
    """An occupant of a room of whom the user wants to see nothing."""

    room: str = key("s", "")
    occupant_id: str = key("s", "")
    nick: str = key("s", "")
    time: int = key("x", 0)


class Affiliation(Record):
    """What somebody is to a room."""

    jid: str = key("s", "")
    affiliation: words.Affiliation = key("s", "")
    nick: str = key("s", "")
    reason: str = key("s", "")


class Invitation(Record):
    """Somebody wants us to be in a room."""

    id: str = key("s", "")
    room: str = key("s", "")
    from_: str = key("s", "")
    reason: str = key("s", "")
    password: str = key("s", "")
    direct: bool = key("b", False)
    time: int = key("x", 0)
