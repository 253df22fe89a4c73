"""Waiting until an entry is published, or gone."""

from collections.abc import AsyncIterator

from backendd.api.errors import BackendError
from backendd.api.names import BLOG
from backendd.api.subscriptions import Signal
from jp.events import Events, require_backend
from jp.failures import Failure
from jp.kinds.entries import MICROBLOG
from jp.session import Session
from jp.settling import outlook


async def settle(session: Session, entry: tuple[str, str, str], limit_s: float) -> None:
    """Return once an entry is published; Failure."""
    state = ""
    async for _ in _changes(session, entry[2], limit_s):
        found = await session.blog.get(*entry)
        state = found.state
        if state == "failed":
            raise Failure(f"it is not published: {found.error[1] or found.error[0]}")
        if state == "published":
            return
    raise Failure(f"it is still {state}; {await outlook(session)}")


async def settle_gone(session: Session, entry: tuple[str, str, str], limit_s: float) -> None:
    """Return once an entry is gone; Failure."""
    async for _ in _changes(session, entry[2], limit_s):
        try:
            found = await session.blog.get(*entry)
        except BackendError as error:
            if error.name == "UnknownItem":
                return
            raise
        if not found.more.get("retracting"):
            raise Failure(f"it is not retracted: {found.error[1] or found.error[0]}")
    raise Failure("it is still there, and is gone as soon as its service can be told")


async def settle_all(session: Session, blog: tuple[str, str], limit_s: float) -> None:
    """Return once nothing waits any more to be published in a blog; Failure."""
    service, node = blog
    place = (service or str(await session.property("Jid")), node or MICROBLOG)
    events = await Events.begin(session)
    pending = 0
    async for event in events.within(limit_s):
        require_backend(event, "what waits goes out")
        if event is not None and event.member != "OutgoingChanged":
            continue
        outgoing = await session.blog.outgoing()
        found = [each for each in outgoing if (each.service, each.node) == place]
        if not (pending := sum(each.pending for each in found)):
            if failed := sum(each.failed for each in found):
                raise Failure(f"not published: {failed}; `jp blog unpublished` has them")
            return
    raise Failure(f"still waiting: {pending}; {await outlook(session)}")


async def _changes(session: Session, id: str, limit_s: float) -> AsyncIterator[None]:
    """Yield at once, and whenever something becomes of an entry that is called so."""
    events = await Events.begin(session)
    async for event in events.within(limit_s):
        require_backend(event, "it goes out")
        if event is None or (event.interface == BLOG and _is_about(event, id)):
            yield


def _is_about(event: Signal, id: str) -> bool:
    if event.member == "Changed":
        return any(each.get("id") == id for each in event.args[0])
    return event.member == "Retracted" and id in event.args[2]
