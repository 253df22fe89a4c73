"""`jp file accept` and `jp file refuse`."""

from jp.command import command, prints
from jp.kinds.files import Directory
from jp.kinds.transfers import Patience, TransferId
from jp.session import Session
from jp.transferring import follow


@command
@prints("path")
async def accept(
    session: Session,
    transfer: TransferId,
    directory: Directory | None = None,
    *,
    wait: Patience | None = None,
) -> None:
    """Take a file that somebody offers directly; without a directory to where downloads go.

    wait: until it is there, at most so long, and print its path; Ctrl-C cancels it then
    """
    await session.files.accept(transfer, directory or "")
    session.begun = f"transfer {transfer} goes on"
    if wait is not None:
        (done,) = await follow(session, [transfer], wait)
        session.out.value("path", done.path)


@command
async def refuse(session: Session, transfer: TransferId) -> None:
    """Don't take a file that somebody offers directly; they are told."""
    await session.files.reject(transfer)
