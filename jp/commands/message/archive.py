"""Having what a server's archive holds of a conversation, before it is printed."""

from collections.abc import Callable, Sequence

from backendd.api.records import Message
from jp.events import Events, require_backend
from jp.failures import Failure
from jp.session import Session

_PAGE = 500
_LATE = "what the server's archive has of it is not here yet"


async def read_back(
    session: Session,
    peer: str,
    before: int,
    limit_s: float,
    is_enough: Callable[[Sequence[Message]], bool],
) -> None:
    """Return once all is stored of a conversation from a message back (0: its newest); Failure.

    `is_enough` is asked of each page, the newest first, whether nothing older is wanted. The
    backend asks the archive wherever something may be missing, and tells what came of that.
    """
    events, path = await Events.begin(session), await session.path()
    async for event in events.within(limit_s):
        require_backend(event, "the archive is read")
        if event is not None and event.path != path:
            continue
        if str(await session.property("State")) != "online" or await session.property("Syncing"):
            continue
        while True:
            named = {"before": before} if before else {}
            page, about = await session.messages.list(peer, limit=_PAGE, **named)
            older = about.get("older")
            if about.get("gap") or (older in ("server", "offline") and not is_enough(page)):
                break
            if is_enough(page) or not page or older != "local":
                return
            before = page[0].id
    state = await session.property("State")
    raise Failure(_LATE if state == "online" else f"{_LATE}: the profile is {state}")
