"""What one must be in a room for what is done there: told before anything else is asked."""

from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.model.address import occupant
from primitivus.model.brief import brief
from primitivus.model.place import Place
from primitivus.model.rooms import Rooms
from primitivus.sentences import tr

# So many of those who may are named.
_NAMED = 3
_OVER = {"admin": ("admin", "owner"), "owner": ("owner",)}


def require_moderator(ctx: Context, place: Place, what: str) -> None:
    """Raise CommandError, which says who may, unless we moderate the room at `place`."""
    account = ctx.state.at(place)
    rooms, name = account.of(Rooms), account.name(place.peer)
    known = rooms.get(place.peer)
    if known is None:
        return  # the room says it
    if known.state != "in":
        raise CommandError(
            tr(
                'only who is in "{name}" may {what}: :join {who} enters it',
                name=name,
                what=what,
                who=place.peer,
            )
        )
    if known.role != "moderator":
        raise CommandError(
            tr(
                'only moderators of "{name}" may {what}{place}',
                name=name,
                what=what,
                place=_named(rooms, place.peer),
            )
        )


def require_affiliation(ctx: Context, place: Place, least: str, what: str) -> None:
    """Raise CommandError, which says who may, unless we are that much to the room at `place`."""
    account = ctx.state.at(place)
    known = account.of(Rooms).get(place.peer)
    if known is None or known.affiliation in _OVER[least]:
        return
    who = tr("owners") if least == "owner" else tr("admins and owners")
    raise CommandError(
        tr('only {who} of "{name}" may {what}', who=who, name=account.name(place.peer), what=what)
    )


def require_somebody_else(ctx: Context, room: Place, who: str, what: str) -> None:
    """Raise CommandError where who is meant, by nick or address, is ourselves."""
    account = ctx.state.at(room)
    if who in (account.of(Rooms).us(room.peer), account.profile.jid.partition("/")[0]):
        raise CommandError(
            tr("that is you, whom you can't {what}: :leave leaves the room", what=what)
        )


def _named(rooms: Rooms, room: str) -> str:
    """Return the first moderators who are there, as far as it is known who is."""
    held = rooms.occupants(room)
    moderators = [
        f'"{occupant(place.peer)[1]}"'
        for place in (held.listed() if held is not None else ())
        if (known := rooms.occupant(place.peer)) is not None and known.role == "moderator"
    ]
    if not moderators:
        return ""
    more = len(moderators) - _NAMED
    named = ", ".join(map(brief, moderators[:_NAMED]))
    return tr(": {what} and {more} more", what=named, more=more) if more > 0 else f": {named}"
