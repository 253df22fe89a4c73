"""What rooms refuse to who administers them, as errors with a sentence that says what to do."""

from collections.abc import Mapping

from backendd.api.errors import (
    BackendError,
    FormRejected,
    HostUnreachable,
    NotAllowed,
    NotSupported,
    ServerError,
    UnknownItem,
    UnknownRoom,
)
from backendd.core import jid

Reasons = Mapping[str, tuple[type[BackendError], str]]
"""The error and its sentence, by the condition that a room answers with."""

_ALL: Reasons = {
    "item-not-found": (UnknownRoom, "there is no room {room}"),
    "gone": (UnknownRoom, "the room {room} is gone"),
    "forbidden": (NotAllowed, "{room} lets only its owners do this"),
    "not-allowed": (NotAllowed, "{room} doesn't let you do this"),
    "remote-server-not-found": (HostUnreachable, "there is no server for {room}"),
    "remote-server-timeout": (HostUnreachable, "the server of {room} doesn't answer"),
    "feature-not-implemented": (NotSupported, "{room} can't do this"),
    "service-unavailable": (NotSupported, "{room} can't do this, or isn't a room"),
}
_NOBODY = (UnknownItem, "nobody in {room} has this nick")
# Which of the two it is no server tells.
_OF_MODERATORS = (
    NotAllowed,
    "{room} lets only its moderators do this, and not to somebody above them",
)
_OF_ADMINS = (
    NotAllowed,
    "{room} lets only its admins and owners do this, and not to who is more there than they are",
)
ROLE: Reasons = {
    "item-not-found": _NOBODY,
    "not-acceptable": _NOBODY,
    "forbidden": _OF_MODERATORS,
    "not-allowed": _OF_MODERATORS,
}
AFFILIATION: Reasons = {
    "forbidden": _OF_ADMINS,
    "not-allowed": _OF_ADMINS,
    "conflict": (NotAllowed, "{room} would be without an owner: make somebody else an owner first"),
}
LIST: Reasons = {
    "forbidden": (NotAllowed, "{room} shows this list only to its admins and owners"),
    "not-allowed": (NotAllowed, "{room} shows this list only to its admins and owners"),
}
OWNER: Reasons = {"not-allowed": (NotAllowed, "{room} lets only its owners do this")}
FORM: Reasons = {
    **OWNER,
    "not-acceptable": (FormRejected, "{room} can't be set up like this"),
    "conflict": (FormRejected, "{room} can't be set up like this: it would be without an owner"),
    "bad-request": (FormRejected, "{room} doesn't accept this form any more: open it again"),
}


def explained(error: ServerError, room: str, reasons: Reasons) -> BackendError:
    """Return what `error` says, as a caller can act on it; itself where it says enough."""
    kind, sentence = reasons.get(error.condition) or _ALL.get(error.condition) or (None, "")
    return kind(sentence.format(room=jid.shown(room))) if kind is not None else error
