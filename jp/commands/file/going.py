"""`jp file cancel`, `pause`, `resume` and `remove`."""

from jp.command import command
from jp.kinds.transfers import TransferId
from jp.session import Session
from jp.several import each_of


@command
async def cancel(session: Session, transfers: list[TransferId]) -> None:
    """End transfers; what came is removed, and a message that goes out with one fails."""
    await each_of(session, transfers, TransferId.named, session.files.cancel)


@command
async def pause(session: Session, transfers: list[TransferId]) -> None:
    """Hold transfers up until they are resumed."""
    await each_of(session, transfers, TransferId.named, session.files.pause)


@command
async def resume(session: Session, transfers: list[TransferId]) -> None:
    """Go on with transfers that were paused, have failed or were cancelled."""
    await each_of(session, transfers, TransferId.named, session.files.resume)


@command
async def remove(session: Session, transfers: list[TransferId]) -> None:
    """Forget transfers that are over; the files stay, and the messages."""
    await each_of(session, transfers, TransferId.named, session.files.remove)
