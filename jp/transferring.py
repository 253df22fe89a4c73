"""Waiting for files that are on their way, and showing how far they are."""

from collections.abc import Sequence
from contextlib import suppress

from backendd.api.errors import NotAllowed, UnknownTransfer
from backendd.api.names import FILES
from backendd.api.records import Transfer
from backendd.api.wire import from_wire
from jp.events import Events, require_backend
from jp.failures import Failure
from jp.progress import Progress
from jp.session import Session

_OVER = ("done", "failed", "cancelled")


def begin(session: Session, ids: Sequence[int], *, in_doubt: str = "") -> None:
    """Have Ctrl-C cancel these transfers, and say of another what is `in_doubt`."""

    async def undo() -> str:
        for each in ids:
            with suppress(NotAllowed, UnknownTransfer):  # it is over
                await session.files.cancel(each)
        states = {each.id: each.state for each in await session.files.list()}
        became = ", ".join(f"transfer {each} is {states.get(each, 'forgotten')}" for each in ids)
        return "; ".join(filter(None, (became, in_doubt)))

    session.undo = undo


async def follow(session: Session, ids: Sequence[int], limit_s: float) -> list[Transfer]:
    """Return transfers once all are over; Failure where one fails, or the time is over."""
    begin(session, ids)
    events, path = await Events.begin(session), await session.path()
    known = {each.id: each for each in await session.files.list()}
    for each in ids:
        if each not in known:
            raise Failure(f"there is no transfer {each}")
    found = {each: known[each] for each in ids}
    names = found[ids[0]].name if len(ids) == 1 else f"{len(ids)} files"
    with Progress(names) as progress:
        async for event in events.within(limit_s):
            require_backend(event, "what goes on does so")
            if event is not None and (event.path, event.interface) == (path, FILES):
                _take(event.member, event.args, found)
            size = sum(each.size for each in found.values())
            progress.tell(sum(each.done for each in found.values()), size)
            if all(each.state in _OVER for each in found.values()):
                break
    return [_ended(each) for each in found.values()]


def _take(member: str, args: Sequence[object], found: dict[int, Transfer]) -> None:
    """Take over what the backend tells of transfers."""
    (told,) = args
    if not isinstance(told, list):
        return
    for each in told:
        if member == "Changed" and each.get("id") in found:
            found[each["id"]] = from_wire(Transfer, each)
        elif member == "Removed" and each in found:
            raise Failure(f"transfer {each} is forgotten")


def _ended(transfer: Transfer) -> Transfer:
    """Return a transfer that is done; Failure for others."""
    what = f"transfer {transfer.id} ({transfer.name})"
    if transfer.state == "failed":
        raise Failure(f"{what} has failed: {transfer.error[1] or transfer.error[0]}")
    if transfer.state == "cancelled":
        raise Failure(f"{what} was cancelled")
    if transfer.state != "done":
        raise Failure(f"{what} is still {transfer.state}; it goes on in the backend")
    return transfer
