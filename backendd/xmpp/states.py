"""The states a profile's connection is in, and the one table of what moves between them."""

import enum


class State(enum.StrEnum):
    """Where a connection stands; the values are the words on the bus."""

    OFFLINE = "offline"
    CONNECTING = "connecting"
    ONLINE = "online"
    WAITING = "waiting"


class Move(enum.Enum):
    """What happens to a connection."""

    WANTED = enum.auto()  # somebody asks for a connection, or the time to try again has come
    ESTABLISHED = enum.auto()
    FAILED = enum.auto()  # the attempt or the connection is over, and trying again makes sense
    REFUSED = enum.auto()  # trying again would be wrong: bad password, replaced by another client
    LEFT = enum.auto()  # somebody asks to be disconnected


TABLE: dict[tuple[State, Move], State] = {
    (State.OFFLINE, Move.WANTED): State.CONNECTING,
    (State.OFFLINE, Move.LEFT): State.OFFLINE,
    (State.CONNECTING, Move.ESTABLISHED): State.ONLINE,
    (State.CONNECTING, Move.FAILED): State.WAITING,
    (State.CONNECTING, Move.REFUSED): State.OFFLINE,
    (State.CONNECTING, Move.LEFT): State.OFFLINE,
    (State.ONLINE, Move.FAILED): State.WAITING,
    (State.ONLINE, Move.REFUSED): State.OFFLINE,
    (State.ONLINE, Move.LEFT): State.OFFLINE,
    (State.WAITING, Move.WANTED): State.CONNECTING,
    (State.WAITING, Move.LEFT): State.OFFLINE,
}


def step(state: State, move: Move) -> State:
    """Return the state that `move` leads to; a move the table lacks is a broken invariant."""
    after = TABLE.get((state, move))
    if after is None:
        raise AssertionError(f"{move.name.lower()} is no move from {state}")
    return after
