"""Why we are not in a room: as errors that a person can act on."""

from backendd.api.errors import (
    BackendError,
    Banned,
    HostUnreachable,
    InvalidJid,
    MembersOnly,
    NicknameInUse,
    NotAllowed,
    RoomFull,
    RoomPasswordRequired,
    ServerError,
    Timeout,
    UnknownRoom,
)
from backendd.core import jid
from backendd.features.rooms.model import Gone, NotThere, RoomAsks, Seen, TakesNobody
from backendd.xmpp.faults import StanzaError


def refusal(error: StanzaError, room: str, venue: str = "") -> BackendError:
    """Return why a room doesn't take our presence (XEP-0045 7.2); `venue` is where it has gone."""
    where = jid.shown(room)
    because = f" ({error.text})" if error.text else ""
    if error.condition in ("gone", "redirect"):
        return Gone(f"{where} no longer exists{_instead(venue)}{because}", venue)
    if error.condition == "service-unavailable" and error.type != "wait":
        return TakesNobody(f"{where} lets nobody in: it is full, or isn't a room{because}")
    kind, sentence = _REFUSALS.get(error.condition, (ServerError, ""))
    if not sentence:
        return error
    return kind(f"{where} {sentence}{because}")


_REFUSALS: dict[str, tuple[type[BackendError], str]] = {
    "not-authorized": (RoomPasswordRequired, "asks for a password, and this isn't the right one"),
    "registration-required": (
        MembersOnly,
        "lets only its members in; ask somebody who is there to invite you",
    ),
    "forbidden": (Banned, "has banned you; only its admins can let you in again"),
    "item-not-found": (
        NotThere,
        "is being created by somebody, or doesn't exist; try again later",
    ),
    "not-allowed": (
        NotAllowed,
        "can't be entered: it doesn't exist and you may not create it, or your server forbids it",
    ),
    "not-acceptable": (NotAllowed, "lets you in only under the nick that you registered there"),
    "conflict": (NicknameInUse, "already has somebody with this nick; choose another"),
    "jid-malformed": (InvalidJid, "doesn't accept this nick; choose a simpler one"),
    "service-unavailable": (RoomFull, "is full; try again later"),
    "resource-constraint": (RoomFull, "is full; try again later"),
    "remote-server-not-found": (HostUnreachable, "can't be reached: there is no such server"),
    "remote-server-timeout": (HostUnreachable, "can't be reached: its server does not answer"),
}


def of_nick(error: StanzaError, room: str, otherwise: BackendError) -> BackendError:
    """Return why we get no other nick in a room that we are in; `otherwise` where all say that."""
    if error.condition not in ("forbidden", "not-allowed", "registration-required"):
        return otherwise
    because = f" ({error.text})" if error.text else ""
    return NotAllowed(f"{jid.shown(room)} doesn't let you change your nick{because}")


def of_subject(error: BackendError, room: str) -> BackendError:
    """Return why a room doesn't take what it is to be about; `error` where that says enough."""
    where = jid.shown(room)
    condition = error.condition if isinstance(error, ServerError) else ""
    if condition in ("forbidden", "not-allowed"):
        return NotAllowed(
            f"only moderators may change the subject of {where}, unless it lets all do so who "
            "have a voice there"
        )
    if condition == "not-acceptable":
        return UnknownRoom(f"you are not in {where}; join it")
    return error


def asks(room: str) -> RoomAsks:
    """Return what keeps us out of a room that wants to know something first (XEP-0158 4)."""
    return RoomAsks(
        f"{jid.shown(room)} asks something before it lets you in; you enter it once you answer that"
    )


def unanswered(room: str) -> NotAllowed:
    """Return why a room doesn't let us in that got no answer, or not the right one."""
    return NotAllowed(f"{jid.shown(room)} did not get the right answer to what it asked")


def barred(error: BackendError, ban: str) -> BackendError:
    """Return why we don't get in, where it is known that we were banned: a room may not say so."""
    return Banned(ban) if ban and isinstance(error, (MembersOnly, Banned)) else error


def ousted(seen: Seen) -> BackendError:
    """Return why we are in a room no more."""
    where = jid.shown(seen.room)
    left = seen.left
    actor = f" by {left.actor}" if left is not None and left.actor else ""
    because = f": {left.reason}" if left is not None and left.reason else ""
    if seen.is_destroyed:
        return Gone(f"{where} was destroyed{_instead(seen.venue)}{because}", seen.venue)
    match left.cause if left is not None else "left":
        case "kicked":
            return NotAllowed(f"you were kicked out of {where}{actor}{because}")
        case "banned":
            return Banned(f"you were banned from {where}{actor}{because}")
        case "removed":
            return MembersOnly(
                f"{where} lets only its members in, and you aren't one{actor}{because}"
            )
        case "shutdown":
            return HostUnreachable(f"the service of {where} is shutting down{because}")
        case "error":
            return ServerError(f"{where} has lost you{because}", type="wait")
        case _:
            return ServerError(f"you are no longer in {where}{because}", type="wait")


def is_passing(error: BackendError) -> bool:
    """Return whether we may get in later without the user doing anything about it."""
    if isinstance(error, (RoomFull, HostUnreachable, Timeout, TakesNobody, NotThere)):
        return True
    return isinstance(error, ServerError) and error.type == "wait"


def _instead(venue: str) -> str:
    return f", and goes on at {jid.shown(venue)}" if venue else ""
