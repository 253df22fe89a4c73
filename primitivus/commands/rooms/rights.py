"""What somebody is to a room, or will be, in sentences."""

from collections.abc import Callable

from backendd.api.words import Affiliation
from primitivus.sentences import tr

# What is told who would do it to themselves.
CANT_KICK_YOU = tr("that is you, whom you can't kick: :leave leaves the room")
CANT_BAN_YOU = tr("that is you, whom you can't ban: :leave leaves the room")
# Returns the sentence about somebody in a room.
Said = Callable[[str, str], str]


def now(affiliation: Affiliation, who: str, room: str) -> str:
    """Return the sentence that says what somebody is to a room."""
    match affiliation:
        case "owner":
            return tr("{who} is an owner of {room}", who=who, room=room)
        case "admin":
            return tr("{who} is an admin of {room}", who=who, room=room)
        case "member":
            return tr("{who} is a member of {room}", who=who, room=room)
        case "outcast":
            return tr("{who} is banned from {room}", who=who, room=room)
        case "none":
            return tr("{who} is without special rights in {room}", who=who, room=room)


def coming(affiliation: Affiliation, who: str, room: str) -> str:
    """Return the sentence that says what somebody is to become."""
    match affiliation:
        case "owner":
            return tr("{who} will be an owner of {room}.", who=who, room=room)
        case "admin":
            return tr("{who} will be an admin of {room}.", who=who, room=room)
        case "member":
            return tr("{who} will be a member of {room}.", who=who, room=room)
        case "outcast":
            return tr("{who} will be banned from {room}.", who=who, room=room)
        case "none":
            return tr("{who} will be without special rights in {room}.", who=who, room=room)


def speaks(who: str, room: str) -> str:
    """Return that somebody has a voice."""
    return tr("{who} may speak in {room}", who=who, room=room)


def is_silent(who: str, room: str) -> str:
    """Return that somebody has none."""
    return tr("{who} may not speak in {room}", who=who, room=room)


def moderates(who: str, room: str) -> str:
    """Return that somebody is a moderator."""
    return tr("{who} is a moderator in {room}", who=who, room=room)


def moderates_no_more(who: str, room: str) -> str:
    """Return that somebody is none any more."""
    return tr("{who} is no longer a moderator in {room}", who=who, room=room)


def kicks(name: str) -> str:
    """Return the sentence that says who may kick in a room of this name."""
    return tr('only moderators of "{name}" may kick somebody', name=name)


def takes_back(name: str) -> str:
    """Return the sentence that says who may take back there what others said."""
    return tr('only moderators of "{name}" may take back what others said', name=name)


def bans(name: str) -> str:
    """Return the sentence that says who may ban there."""
    return tr('only admins and owners of "{name}" may ban somebody', name=name)


def lets_in(name: str) -> str:
    """Return the sentence that says who may end a ban there."""
    return tr('only admins and owners of "{name}" may let somebody in again', name=name)


def sees_banned(name: str) -> str:
    """Return the sentence that says who may see there whom the room keeps out."""
    return tr('only admins and owners of "{name}" may see who is banned', name=name)


def makes_outcasts(name: str) -> str:
    """Return the sentence that says who may make outcasts there."""
    return tr('only admins and owners of "{name}" may make somebody an outcast', name=name)


def makes_owners(name: str) -> str:
    """Return the sentence that says who may make owners there."""
    return tr('only owners of "{name}" may make somebody an owner', name=name)


def destroys(name: str) -> str:
    """Return the sentence that says who may destroy a room of this name."""
    return tr('only owners of "{name}" may destroy it', name=name)
