"""What a room says to who would have it retract something, as a caller can act on it."""

from backendd.api.errors import BackendError, NotAllowed, NotSupported, ServerError, UnknownItem
from backendd.core import jid

_REFUSALS: dict[str, tuple[type[BackendError], str]] = {
    "forbidden": (NotAllowed, "only moderators of {room} may retract what others said"),
    "not-allowed": (NotAllowed, "only moderators of {room} may retract what others said"),
    "item-not-found": (UnknownItem, "{room} no longer has this message, and can't retract it"),
    "feature-not-implemented": (NotSupported, "{room} has no way to retract what others said"),
    "service-unavailable": (NotSupported, "{room} has no way to retract what others said"),
}


def explained(error: ServerError, room: str) -> BackendError:
    """Return what `error` says; itself where it says enough."""
    kind, sentence = _REFUSALS.get(error.condition, (None, ""))
    return kind(sentence.format(room=jid.shown(room))) if kind is not None else error
