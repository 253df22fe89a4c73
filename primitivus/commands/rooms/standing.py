"""What one must be in a room for what is done there: told before anything else is asked."""

from collections.abc import Callable

from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.model.place import Place
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.wording.address import occupant
from primitivus.model.wording.brief import brief
from primitivus.sentences import ntr, tr

# Returns the sentence that says who may do something in a room of this name.
Only = Callable[[str], str]
# So many of those who may are named.
_NAMED = 3
_OVER = {"admin": ("admin", "owner"), "owner": ("owner",)}


def require_moderator(ctx: Context, place: Place, only: Only) -> None:
    """Raise CommandError, which says who may, unless we moderate the room at `place`."""
    account = ctx.state.at(place)
    rooms, name = account.of(Rooms), account.name(place.peer)
    known = rooms.get(place.peer)
    if known is None:
        return  # the room says it
    if known.state != "in":
        raise CommandError(
            tr(
                'only who is in "{name}" may do that: :join {who} enters it',
                name=name,
                who=place.peer,
            )
        )
    if known.role != "moderator":
        raise CommandError(_named(only(name), rooms, place.peer))


def require_affiliation(ctx: Context, place: Place, least: str, only: Only) -> None:
    """Raise CommandError, which says who may, unless we are that much to the room at `place`."""
    account = ctx.state.at(place)
    known = account.of(Rooms).get(place.peer)
    if known is None or known.affiliation in _OVER[least]:
        return
    raise CommandError(only(account.name(place.peer)))


def require_somebody_else(ctx: Context, room: Place, who: str, told: str) -> None:
    """Raise CommandError, which is `told`, where who is meant, by nick or address, is ourselves."""
    account = ctx.state.at(room)
    if who in (account.of(Rooms).us(room.peer), account.profile.jid.partition("/")[0]):
        raise CommandError(told)


def _named(said: str, rooms: Rooms, room: str) -> str:
    """Return what is said, with the first moderators who are there, as far as that is known."""
    held = rooms.occupants(room)
    moderators = [
        f'"{occupant(place.peer)[1]}"'
        for place in (held.listed() if held is not None else ())
        if (known := rooms.occupant(place.peer)) is not None and known.role == "moderator"
    ]
    if not moderators:
        return said
    more = len(moderators) - _NAMED
    named = ", ".join(map(brief, moderators[:_NAMED]))
    if more > 0:
        return ntr(
            "{said}: {names} and {n} more",
            "{said}: {names} and {n} more",
            more,
            said=said,
            names=named,
        )
    return tr("{said}: {names}", said=said, names=named)
