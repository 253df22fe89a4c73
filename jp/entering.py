"""What is refused because a room has to be entered before: which command does that is told."""

from collections.abc import Mapping, Sequence

from backendd.api.errors import BackendError, UnknownRoom
from backendd.api.signature import Plain
from jp.command import Command
from jp.failures import Failure
from jp.kinds.addresses import Address, Peer, RoomAddress
from jp.kinds.numbers import MessageId
from jp.session import Session

_ENTERED = "join it"
"""What the backend says where that helps; of a room that is gone it says something else."""


async def explained(
    session: Session, command: Command, values: Mapping[str, Plain], error: UnknownRoom
) -> Exception:
    """Return why a command failed with these values of its parameters, and what helps."""
    if _ENTERED not in str(error):
        return error
    rooms = await _rooms(session, command, values)
    named = next((each for each in rooms if f'"{each}"' in str(error)), rooms[0] if rooms else "")
    return Failure(f"{error}{hint(named)}") if named else error


def hint(peer: str) -> str:
    """Return what stands behind the sentence that a room has to be entered."""
    return f": `jp room join {peer.partition('/')[0]}`"


async def _rooms(session: Session, command: Command, values: Mapping[str, Plain]) -> list[str]:
    """Return the addresses that values are, or where the messages were said that they are."""
    found: list[str] = []
    for each in command.parameters:
        value = values[each.name]
        for one in value if isinstance(value, Sequence) and each.takes_many else (value,):
            if isinstance(one, Address | Peer | RoomAddress):
                found.append(one.partition("/")[0])
            elif isinstance(one, MessageId):
                try:
                    message = await session.messages.get(one)
                except BackendError:
                    continue  # it may be gone by now
                found.append(message.peer.partition("/")[0])
    return found
