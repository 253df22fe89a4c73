"""Which room is meant: by its address or name, or the one that one looks at."""

from collections.abc import Iterable
from typing import Annotated

from primitivus.commands.completions import Asked, Candidate
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.types import Kind
from primitivus.model.account import Account
from primitivus.model.address import called, occupant
from primitivus.model.place import Place
from primitivus.model.rooms import Rooms


def _complete_room(asked: Asked) -> Iterable[Candidate]:
    wanted = asked.word.casefold()
    for account in asked.known.state.accounts.opened():
        for room in _named(account):
            name = account.name(room)
            if room.casefold().startswith(wanted) or name.casefold().startswith(wanted):
                yield Candidate(room, name)


def _named(account: Account) -> Iterable[str]:
    """Return the rooms that go by a name: those that are or were known, and of conversations."""
    talked = (peer for peer in account.conversations.peers() if _is_room(account, peer))
    return sorted(account.of(Rooms).named().union(talked))


def _is_room(account: Account, peer: str) -> bool:
    """Return whether the conversation with `peer` is that of a room."""
    return account.conversation(peer).kind == "room"


RoomJid = Annotated[str, Kind("room", complete=_complete_room)]


def the_room(ctx: Context, word: str) -> Place:
    """Return the room that is meant, by its address or name; CommandError."""
    state = ctx.state
    wanted = word.casefold()
    accounts = sorted(state.accounts.opened(), key=lambda each: each is not state.account)
    found = [
        account.place(room)
        for account in accounts
        for room in _named(account)
        if word == room or wanted in (account.name(room).casefold(), called(room))
    ]
    exact = [place for place in found if place.peer == word]
    if exact or len(found) == 1:
        return (exact or found)[0]
    if found:
        first, second, *_ = (place.peer for place in found)
        raise CommandError(f"{first} and {second} are called {word}: write the address")
    require_address(word)
    return state.account.place(word)


def shown_room(ctx: Context) -> Place:
    """Return the room where one is, or in the list; else nowhere in this account."""
    layout = ctx.state.layout
    here = layout.conversations.marked if ctx.state.focus == "conversations" else layout.place
    account = ctx.state.at(here)
    room, _ = occupant(here.peer)
    is_room = account.conversation(here.peer).kind in ("room", "private")
    return account.place(room if is_room or account.of(Rooms).get(room) is not None else "")


def known_room(ctx: Context, word: str | None) -> Place:
    """Return the room that is meant: named, where one is, or in the list; CommandError."""
    place = the_room(ctx, word) if word else shown_room(ctx)
    if not place.peer:
        raise CommandError("this isn't a room: :join ROOM enters one")
    if ctx.state.at(place).of(Rooms).get(place.peer) is None:
        raise CommandError(f"you are not in {place.peer}: :join {place.peer} enters it")
    return place


def require_address(word: str) -> None:
    """Raise CommandError unless a room that is not known here is named by its address."""
    if "@" not in word:
        raise CommandError(f"no room here is called {word}; write an address: {word}@rooms.server")
