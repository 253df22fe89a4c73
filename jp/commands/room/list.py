"""`jp room list`, `occupants` and `affiliations`."""

from collections.abc import Mapping

from backendd.api.records import Occupant
from backendd.api.signature import Plain
from backendd.api.words import Affiliation
from jp.command import command, prints
from jp.kinds.addresses import RoomAddress
from jp.kinds.numbers import Count
from jp.session import Session

_PAGE = 500


def _why_not(room: Mapping[str, Plain]) -> str:
    """Return why a room is not entered, or no more."""
    kind, sentence = room.get("error") or ("", "")
    return str(sentence or kind)


@command
@prints("Room.*")
async def list_(session: Session) -> None:
    """Print the rooms that are known: those that are entered, and bookmarks."""
    columns = (
        *("room", "name", "nick", "state", "role", "occupants", "autojoin", "subject"),
        ("trouble", _why_not),
    )
    session.out.records(await session.rooms.list(), columns, none="no rooms")


@command
@prints("Occupant.*")
async def occupants(
    session: Session, room: RoomAddress, *, prefix: str = "", limit: Count | None = None
) -> None:
    """Print who is in a room, in the order of their nicks.

    prefix: only those whose nick begins so
    limit: how many at most; else all

    $ jp room occupants garden --fields nick
    """
    found: list[Occupant] = []
    while limit is None or len(found) < limit:
        most = _PAGE if limit is None else min(_PAGE, limit - len(found))
        after = found[-1].nick if found else ""
        page = await session.rooms.occupants(room, prefix=prefix, limit=most, after=after)
        found += page
        if len(page) < most:
            break
    session.out.records(
        found, ("nick", "jid", "role", "affiliation", "show", "status"), none="nobody is there"
    )


@command
@prints("Affiliation.*")
async def affiliations(
    session: Session, room: RoomAddress, affiliation: Affiliation | None = None
) -> None:
    """Print who is what to a room: owners, admins, members, who is banned (outcast).

    $ jp room affiliations garden owner
    """
    found = await session.rooms.affiliations(room, affiliation or "")
    session.out.records(
        found, ("jid", "affiliation", "nick", "reason"), none="nobody is that to the room"
    )
