"""`jp file cancel`, `pause`, `resume` and `remove`."""

from jp.command import command
from jp.kinds.transfers import TransferId
from jp.session import Session


@command
async def cancel(session: Session, transfers: list[TransferId]) -> None:
    """End transfers; what came is removed, and a message that goes out with one fails."""
    for each in transfers:
        await session.files.cancel(each)


@command
async def pause(session: Session, transfers: list[TransferId]) -> None:
    """Hold transfers up until they are resumed."""
    for each in transfers:
        await session.files.pause(each)


@command
async def resume(session: Session, transfers: list[TransferId]) -> None:
    """Go on with transfers that were paused, have failed or were cancelled."""
    for each in transfers:
        await session.files.resume(each)


@command
async def remove(session: Session, transfers: list[TransferId]) -> None:
    """Forget transfers that are over; the files stay, and the messages."""
    for each in transfers:
        await session.files.remove(each)
