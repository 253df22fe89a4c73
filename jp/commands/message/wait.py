"""`jp message wait`."""

from time import monotonic

from backendd.api.failures import NotRunning
from jp.command import command, prints
from jp.commands.message.columns import COLUMNS
from jp.events import Events, is_back, is_gone
from jp.failures import NOT_RUNNING, Failure
from jp.kinds.addresses import Peer
from jp.kinds.numbers import Count, Duration
from jp.session import STOPPED, Session

_LONGEST_MS = 3_600_000
_FAREWELL_S = 20.0
# No profile gets there: nothing has changed since.
_NO_REVISION = 2**62


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

    Those that others send, of all conversations where none is named; nothing of the past. When the
    backend goes that is told on standard error, and so is its return; this goes on meanwhile, and
    has what came then as well.

    peer: only from them
    after: those after this id, also what has come since; -1: from now on
    limit: at most so long; it is an error when too few have come by then
    count: how many messages to wait for

    $ jp message wait bob@example.org --limit 1h --fields body
    """
    until = None if limit is None else monotonic() + limit
    left = int(count)
    events = await Events.of_itself(session)
    is_first = after < 0
    if after < 0:
        after = await _newest(session)
    while left > 0:
        rest = _LONGEST_MS if until is None else round(1000 * (until - monotonic()))
        try:
            found = await session.messages.wait(peer or "", after, min(_LONGEST_MS, max(0, rest)))
        except NotRunning:
            # One that stops gives up on the calls that wait before it goes.
            if not await _has_gone(events):
                raise
            session.out.note("the backend has gone")
            await _return(events, until)
            session.out.note("a backend is there")
            continue
        found = found[:left]
        session.out.records(found, COLUMNS, none="", heading=is_first)
        session.out.flush_now()
        if found:
            is_first = False
            after = found[-1].id
            left -= len(found)
        elif until is not None and monotonic() >= until:
            came = f"only {count - left} of {count} messages" if left < count else "no message"
            raise Failure(f"{came} came in time")


async def _newest(session: Session) -> int:
    """Return the id of the newest message of all, also of a conversation that is closed.

    A backend of before may run still, which doesn't tell it: that is -1, from when it is asked.
    """
    _, page = await session.messages.changes(_NO_REVISION, limit=1)
    return int(page.get("newest", -1))


async def _has_gone(events: Events) -> bool:
    """Return whether the backend goes now, or has just gone."""
    async for event in events.within(_FAREWELL_S):
        if event is not None and is_gone(event):
            return True
    return False


async def _return(events: Events, until: float | None) -> None:
    """Return once the backend that has gone is there again; Failure where the time is over."""
    left = None if until is None else max(0.0, until - monotonic())
    async for event in events.within(left):
        if event is not None and is_back(event):
            return
    raise Failure(STOPPED, NOT_RUNNING)
