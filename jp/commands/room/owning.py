"""`jp room configure` and `jp room destroy`."""

from jp.command import command, prints
from jp.forms import fill_in, show
from jp.kinds.addresses import RoomAddress
from jp.kinds.answers import Answer
from jp.session import Session


@command
@prints("Form.*")
async def configure(
    session: Session, room: RoomAddress, *, set: list[Answer] | None = None
) -> None:
    """Print what an owner may set of a room, or set it.

    set: a field of the form and what it holds; more than once for several

    $ jp room configure garden --set muc#roomconfig_membersonly=yes
    """
    form = await session.rooms.configuration(room)
    if set is None:
        show(session, form)
        return
    await session.rooms.configure(room, fill_in(session, form, set))


@command
async def destroy(
    session: Session,
    room: RoomAddress,
    *,
    reason: str = "",
    alternate: RoomAddress | None = None,
    yes: bool = False,
) -> None:
    """Destroy a room that you own, for everybody.

    reason: what those in it are told
    alternate: the room where they are to go
    yes: don't ask whether to
    """
    if not yes:
        session.confirm(f"Destroy {room}, for everybody?")
    await session.rooms.destroy(room, reason, alternate=alternate or "")
