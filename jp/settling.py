"""Waiting for what becomes of a message that was sent."""

from backendd.api.errors import UnknownRoom
from backendd.api.names import MESSAGES
from backendd.api.records import Message
from jp.entering import hint
from jp.events import Events, require_backend
from jp.failures import Failure
from jp.session import Session

# In a room, and with who confirms nothing, the server has it, and that is all there is to know.
_SETTLED = ("delivered", "displayed")


async def settle(session: Session, id: int, limit_s: float) -> Message:
    """Return a message once the other side has it, or the server in a room; Failure."""
    events = await Events.begin(session)
    message = await session.messages.get(id)
    async for event in events.within(limit_s):
        require_backend(event, f"message {id} goes out")
        if event is not None and event.interface == MESSAGES and event.member == "Changed":
            if all(each.get("id") != id for each in event.args[1]):
                continue
            message = await session.messages.get(id)
        if message.state == "failed":
            name, sentence = message.error
            more = hint(message.peer) if name == UnknownRoom.name else ""
            raise Failure(f"message {id} was not sent: {sentence or name}{more}")
        if message.state in _SETTLED or (message.state == "sent" and message.kind == "room"):
            return message
    if message.state == "sent":
        session.out.note(f"the server has message {id}; nobody has confirmed it within the time")
        return message
    raise Failure(f"message {id} is still {message.state}; {await outlook(session)}")


async def outlook(session: Session) -> str:
    """Return when what waits goes out, and what it waits for where that is known."""
    state = await session.property("State")
    why = "" if state == "online" else f", and the profile is {state}"
    return f"it goes out as soon as that is possible{why}"
