"""`jp file accept` and `jp file refuse`."""

from jp.command import command, prints
from jp.failures import UsageError
from jp.kinds.files import Directory, Target
from jp.kinds.transfers import Patience, TransferId
from jp.session import Session
from jp.transferring import begin, follow


@command
@prints("path")
async def accept(
    session: Session,
    transfer: TransferId,
    directory: Directory | None = None,
    *,
    output: Target | None = None,
    wait: Patience | None = None,
) -> None:
    """Take a file that somebody offers directly; without a directory to where downloads go.

    output: write it there instead, or to standard output (-), and wait for it
    wait: until it is there, at most so long, and print its path; Ctrl-C cancels it then
    """
    if output is not None:
        if directory is not None:
            raise UsageError("it is either a directory or --output", "file accept")
        from jp.written import received

        begin(session, [transfer])
        async with received(output) as file:
            await session.files.accept_handle(transfer, file)
            await follow(session, [transfer], Patience.bare if wait is None else wait)
        return
    await session.begin(f"transfer {transfer} may go on; `jp file list` tells")
    if wait is not None:
        begin(session, [transfer])
    await session.files.accept(transfer, directory or "")
    session.begun = f"transfer {transfer} goes on"
    if wait is not None:
        (done,) = await follow(session, [transfer], wait)
        session.out.value("path", done.path)


@command
async def refuse(session: Session, transfer: TransferId) -> None:
    """Don't take a file that somebody offers directly; they are told."""
    await session.files.reject(transfer)
