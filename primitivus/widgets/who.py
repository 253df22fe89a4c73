"""How it stands with whom one talks, by what the conversation is: in words, and as a sign."""

from collections.abc import Callable, Mapping

from backendd.api.tuples import NamedTuple
from backendd.api.words import Kind
from primitivus.model.accounts.account import Account
from primitivus.model.messages.ignored import IgnoredOccupants
from primitivus.model.place import Place
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.roster.roster import idle_since
from primitivus.model.wording.address import occupant
from primitivus.model.wording.terms import term
from primitivus.model.wording.times import now_us, since
from primitivus.sentences import ntr, tr
from primitivus.widgets.scene import Scene


class Standing(NamedTuple):
    """A word for how it stands with somebody, what they say of it, and how reachable they are."""

    word: str = ""
    said: str = ""
    show: str = ""
    # The name of a symbol that stands for what it is, in the colour of how reachable it is.
    symbol: str = ""


def standing(scene: Scene, place: Place) -> Standing:
    """Return how it stands; nothing where one is offline, and knows nothing of the others."""
    account = scene.state.at(place)
    if not scene.hears_of_others(account):
        return Standing()
    stands = _of(account, place.peer)
    is_room = account.conversation(place.peer).kind == "room"
    return stands._replace(said="") if is_room and scene.settings.topic != "line" else stands


def sign(scene: Scene, place: Place) -> tuple[str, str]:
    """Return the style and the sign of how reachable they are, as far as anybody knows."""
    account = scene.state.at(place)
    stands = _of(account, place.peer)
    style, sign_of = scene.presence_in(account, stands.show)
    symbol = stands.symbol
    if symbol in _ROOM_SIGNS and not scene.hears_of_others(account):
        symbol = "room_left"
    return style, str(getattr(scene.symbols, symbol)) if symbol else sign_of


def _of(account: Account, peer: str) -> Standing:
    if account.blocked.entry(peer):
        return Standing(tr("blocked"), symbol="blocked")
    tell = KINDS.get(account.conversation(peer).kind)
    return tell(account, peer) if tell is not None else Standing()


def _contact(account: Account, peer: str) -> Standing:
    contact = account.roster.get(peer)
    if contact is None:
        return Standing()
    if contact.show:
        begun = idle_since(contact)
        word = term(contact.show)
        if begun:
            word = tr("{word} (idle since {time})", word=word, time=since(begun, now_us()))
        return Standing(word, contact.status, contact.show)
    if contact.subscription in ("to", "both"):
        return Standing(term("offline"), contact.status)
    return Standing(
        tr("asked for presence") if contact.ask else tr("presence unknown"), contact.status
    )


def _room(account: Account, peer: str) -> Standing:
    rooms = account.of(Rooms)
    room = rooms.get(peer)
    if room is not None and room.state == "in":
        return Standing(ntr("{n} here", "{n} here", room.occupants), room.subject, "online", "room")
    if room is not None and room.state in _WAITING:
        show, symbol = _WAITING[room.state]
        return Standing(term(room.state), show=show, symbol=symbol)
    return Standing(tr("not joined") if rooms.are_known else "", symbol="room_left")


def _occupant(account: Account, peer: str) -> Standing:
    rooms, (room, _) = account.of(Rooms), occupant(peer)
    if rooms.are_known and not rooms.is_in(room):
        return Standing(tr("you are not in the room"))
    known = rooms.occupant(peer)
    if known is None:
        return Standing(tr("not in the room") if rooms.is_told(peer) else "")
    if account.of(IgnoredOccupants).get(room, known.occupant_id) is not None:
        return Standing(tr("ignored"))
    return Standing(term(known.show or "online"), known.status, known.show or "online")


# How near those rooms are that will be entered, and the symbol of that.
_WAITING = {"joining": ("away", "room_coming"), "waiting": ("xa", "room_waiting")}
# What only who is online can say.
_ROOM_SIGNS = frozenset(("room", "room_coming", "room_waiting"))

KINDS: Mapping[Kind, Callable[[Account, str], Standing]] = {
    "chat": _contact,
    "room": _room,
    "private": _occupant,
}
"""Who knows how it stands, by the kind of the conversation."""
