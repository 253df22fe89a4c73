"""Which room is meant: by its address or name, or the one that one looks at."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from primitivus.client.room_service import RoomServicePart
from primitivus.commands.arguments.people import accounts, begun, everywhere, from_here, of_one
from primitivus.commands.arguments.types import Kind
from primitivus.commands.asking.forms import confirm
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.model.accounts.account import Account
from primitivus.model.panes.rooms import RoomsPane
from primitivus.model.place import Place
from primitivus.model.rooms.room_service import RoomService
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.state import State
from primitivus.model.wording.address import called, occupant
from primitivus.sentences import tr


def _complete_room(asked: Asked) -> Iterable[Candidate]:
    return begun(asked, everywhere(asked.known.state, _rooms))


def _rooms(account: Account) -> Iterator[Candidate]:
    for room in _named(account):
        yield Candidate(room, account.name(room))


def _named(account: Account) -> Iterable[str]:
    """Return the rooms that go by a name: those that are or were known, and of conversations."""
    talked = (peer for peer in account.conversations.peers() if _is_room(account, peer))
    return sorted(account.of(Rooms).named().union(talked))


def _is_room(account: Account, peer: str) -> bool:
    """Return whether the conversation with `peer` is that of a room."""
    return account.conversation(peer).kind == "room"


def _complete_to_enter(asked: Asked) -> Iterable[Candidate]:
    """Complete as `_complete_room`, else to the address of one of the own server."""
    if found := list(_complete_room(asked)):
        return found
    name, _, _ = asked.word.partition("@")
    address = asked.known.state.account.of(RoomService).room(name)
    is_it = address and address.startswith(asked.word.lower())
    return [Candidate(address, tr("of your server"))] if is_it else ()


RoomJid = Annotated[str, Kind("room", complete=_complete_room, has_blanks=True)]
# One that may be new to us.
EnteredJid = Annotated[str, Kind("room", complete=_complete_to_enter, has_blanks=True)]


def the_room(ctx: Context, word: str) -> Place:
    """Return the room that is meant, by its address or name; CommandError."""
    place = _known_as(ctx, word)
    if place is None:
        raise _unknown(word)
    return place


async def room_to_enter(ctx: Context, word: str) -> Place:
    """Return the room that is meant as `the_room`.

    CommandError where it is none that is known: it names the one of the own server that `word` may
    stand for, which nobody has asked to enter yet.
    """
    place = _known_as(ctx, word)
    if place is not None:
        return place
    address = await of_own_server(ctx, word)
    how = tr(
        ":join {address} enters it on your server, :create-room {word} makes it",
        address=address,
        word=word,
    )
    raise _unknown(word, how if address else "")


async def room_to_make(ctx: Context, word: str) -> Place | None:
    """Return the room that is meant as `the_room`, else the one of this name on the own server.

    That one is asked for: None if it isn't meant. CommandError where the server has no rooms.
    """
    place = _known_as(ctx, word)
    if place is not None:
        return place
    account = ctx.account.known
    address = await of_own_server(ctx, word)
    if not address:
        raise _unknown(word)
    text = tr("{address}\nThat is where your server has its rooms.", address=address)
    return account.place(address) if await confirm(ctx, tr("Make a room"), text) else None


async def of_own_server(ctx: Context, name: str) -> str:
    """Return the address of a room of the own server, nothing where it has none."""
    if not ctx.account.known.of(RoomService).address:
        ctx.state.say(tr("asking your server where its rooms are"))
    return await ctx.account.part(RoomServicePart).room(name)


def _known_as(ctx: Context, word: str) -> Place | None:
    """Return the room that is known so, or has this address; None of a name that none has.

    It is for the account where one is to enter, leave or rule, whichever other one is in it.
    """
    known = [account.place(room) for account in accounts(ctx.state) for room in _named(account)]
    if found := _called(ctx.state, known, word):
        return from_here(ctx.state, found, word)
    return ctx.state.account.place(word) if "@" in word else None


def _unknown(word: str, how: str = "") -> CommandError:
    how = how or tr("write an address: {word}@rooms.server", word=word)
    return CommandError(tr('no room here is called "{word}"; {how}', word=word, how=how))


def meant(state: State, rooms: Sequence[Place], word: str) -> Place | None:
    """Return which of some rooms is meant, by its address or name, here rather than elsewhere.

    None where it is none of them; CommandError where it is several.
    """
    found = _called(state, rooms, word)
    if not found:
        return None
    from_here(state, found, word)  # it is one
    here = [place for place in found if place.account == state.layout.place.account]
    return of_one(state, here or found, word)


def _called(state: State, rooms: Sequence[Place], word: str) -> list[Place]:
    """Return which of some rooms have this address, else this name."""
    wanted = word.casefold()
    return [place for place in rooms if place.peer == word] or [
        place for place in rooms if wanted in _names(state.at(place), place.peer)
    ]


def _names(account: Account, room: str) -> tuple[str, str]:
    """Return what a room is called, in small letters."""
    return account.name(room).casefold(), called(room).casefold()


def shown_room(ctx: Context) -> Place:
    """Return the room where one is, or in the list; else nowhere in this account."""
    layout = ctx.state.layout
    if isinstance(ctx.pane, RoomsPane) and (row := ctx.pane.chosen) is not None:
        return row.place
    here = layout.conversations.marked if ctx.state.focus == "conversations" else layout.place
    account = ctx.state.at(here)
    room, _ = occupant(here.peer)
    is_room = account.conversation(here.peer).kind in ("room", "private")
    return account.place(room if is_room or account.of(Rooms).get(room) is not None else "")


def known_room(ctx: Context, word: str | None) -> Place:
    """Return the room that is meant: named, where one is, or in the list; CommandError."""
    place = the_room(ctx, word) if word else shown_room(ctx)
    if not place.peer:
        raise CommandError(tr("this isn't a room: :join ROOM enters one"))
    if ctx.state.at(place).of(Rooms).get(place.peer) is None:
        raise CommandError(tr('you are not in "{who}": :join {who} enters it', who=place.peer))
    return place
