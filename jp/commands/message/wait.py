"""`jp message wait`."""

from time import monotonic

from jp.command import command, prints
from jp.commands.message.columns import COLUMNS
from jp.failures import Failure
from jp.kinds.addresses import Peer
from jp.kinds.numbers import Count, Duration
from jp.session import Session

_LONGEST_MS = 3_600_000


@command
@prints("Message.*")
async def wait(
    session: Session,
    peer: Peer | None = None,
    *,
    after: int = -1,
    limit: Duration | None = None,
    count: Count = Count(1),
) -> None:
    """Wait for messages, and print them as they come.

    Those that others send, of all conversations where none is named; nothing of the past.

    peer: only from them
    after: those after this id, also what has come since; -1: from now on
    limit: at most so long; it is an error when too few have come by then
    count: how many messages to wait for
    """
    until = None if limit is None else monotonic() + limit
    left = int(count)
    while left > 0:
        rest = _LONGEST_MS if until is None else round(1000 * (until - monotonic()))
        found = await session.messages.wait(peer or "", after, min(_LONGEST_MS, max(0, rest)))
        found = found[:left]
        session.out.records(found, COLUMNS, heading=after < 0)
        session.out.flush_now()
        if found:
            after = found[-1].id
            left -= len(found)
        elif until is not None and monotonic() >= until:
            came = f"only {count - left} of {count} messages" if left < count else "no message"
            raise Failure(f"{came} came in time")
