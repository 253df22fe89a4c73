"""`jp file list`, `wait`, `moved` and `limit`."""

from collections.abc import Mapping

from backendd.api import sizes
from backendd.api.names import FILES
from backendd.api.records import Transfer
from backendd.api.signature import Plain
from jp.command import command, prints
from jp.kinds.files import File
from jp.kinds.numbers import LONGEST_S, Duration
from jp.kinds.transfers import TransferId
from jp.session import Session
from jp.transferring import follow

_WAITS = ("offered", "queued", "running", "paused")


def _size(transfer: Mapping[str, Plain]) -> str:
    """Return how large one is; of what comes none may have been told."""
    size = int(transfer.get("size") or 0)
    is_known = transfer.get("direction") == "out" or transfer.get("state") == "done"
    return sizes.shown(size) if size or is_known else ""


def _done(transfer: Mapping[str, Plain]) -> str:
    """Return how far one is that is not there yet."""
    size, done = int(transfer.get("size") or 0), int(transfer.get("done") or 0)
    return f"{100 * done // size} %" if size and transfer.get("state") in _WAITS else ""


def _place(transfer: Mapping[str, Plain]) -> str:
    """Return where a file is, or what it is called, and why that is all."""
    error = transfer.get("error") or ("", "")
    why = str(error[1] or error[0])
    return f"{transfer.get('path') or transfer.get('name') or ''}{f' ({why})' if why else ''}"


COLUMNS = (
    "id", "direction", "peer", "state", ("done", _done), ("size", _size), ("file", _place),
)  # fmt: skip


@command
@prints("Transfer.*")
async def list_(session: Session, *, waiting: bool = False) -> None:
    """Print the files that are or were on their way, the oldest first.

    waiting: only those that are not over

    $ jp file list --waiting
    """
    found: list[Transfer] = list(await session.files.list())
    session.out.records(
        (each for each in found if not waiting or each.state in _WAITS),
        COLUMNS,
        none="no file is on its way" if waiting else "no files",
    )


@command
@prints("Transfer.*")
async def wait(
    session: Session, transfers: list[TransferId], *, limit: Duration | None = None
) -> None:
    """Wait until transfers are done; it is an error where one fails.

    limit: at most so long, else as long as it takes

    $ jp file wait 7 --limit 1h
    """
    found = await follow(session, transfers, LONGEST_S if limit is None else limit)
    session.out.records(found, COLUMNS, none="")


@command
async def moved(session: Session, transfer: TransferId, file: File) -> None:
    """Tell where a file is that has come and was put somewhere else; nothing is moved by it.

    file: where it is now
    """
    await session.files.set_path(transfer, file)


@command
@prints("MaxUploadSize")
async def limit(session: Session) -> None:
    """Print how large a file may be that your server takes, in bytes; 0 where it doesn't say."""
    largest = await session.property("MaxUploadSize", FILES)
    if not largest:  # nobody has asked for it yet
        _, largest = await session.files.upload_service()
    session.out.value("MaxUploadSize", largest)
