"""Who is in a room: the list of them, and their nicks as one writes."""

import re
from collections.abc import Iterable, Iterator
from typing import Annotated

from primitivus.commands.arguments.nicks import nobody, of_nick
from primitivus.commands.arguments.types import SAME, Kind, Switch, Text
from primitivus.commands.arguments.which_room import shown_room
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.line.complete import Completion, Written
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.commands.settings.toggles import open_or_hide
from primitivus.model.area import Area
from primitivus.model.messages.message import nick_of
from primitivus.model.panes.occupants import OccupantsPane
from primitivus.model.place import Place
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.state import State
from primitivus.model.wording.address import occupant as split
from primitivus.sentences import tr

# A nick behind an @, as far as it is typed; it may have blanks.
_AT = re.compile(r"(?:^|\s)@([^@]*)$")


def _complete_nick(asked: Asked) -> Iterable[Candidate]:
    return (Candidate(nick) for nick in _begun(asked.known.state, asked.word))


# The nick of somebody in the room that one looks at.
Nick = Annotated[str, Kind("nick", complete=_complete_nick, has_blanks=True)]


@command("occupants", aliases=("names",))
async def occupants(ctx: Context, switch: Switch = "toggle") -> None:
    """Show who is in the room and go there; from there, hide them.

    There Enter writes to one of them privately.
    """
    layout, place = ctx.state.layout, ctx.state.layout.place
    if switch != "off" and not ctx.state.at(place).of(Rooms).is_in(place.peer):
        raise CommandError(tr("you are in no room here: :join enters one"))
    if switch == "toggle":
        switch = "off" if layout.focus == "occupants" else "on"
    open_or_hide(ctx, "occupants", switch)


@command("narrow", context="occupants")
async def narrow(ctx: Context, text: Text = SAME) -> None:
    """Show only the occupants whose nick has this in it; alone, all of them."""
    ctx.state.layout.list_of(OccupantsPane).narrow(text)
    ctx.state.changed(Area.VIEW)


@command("address-occupant", context="occupants")
async def address_occupant(ctx: Context) -> None:
    """Write to everybody, beginning with the nick of the marked one."""
    _, nick = split(the_occupant(ctx, None).peer)
    await ctx.screen.run_line("mode insert end")
    editor = ctx.editor
    if editor is not None:
        editor.insert(f"{nick}: " if not editor.text.strip() else f"{nick} ")
        ctx.edited()


def the_occupant(ctx: Context, nick: str | None) -> Place:
    """Return who is meant: in the room that one looks at, the marked one, or to whom one writes.

    CommandError where it is known that nobody there has the nick.
    """
    place = occupant_called(ctx, nick)
    rooms = ctx.state.at(place).of(Rooms)
    if nick and rooms.is_told(place.peer) and rooms.occupant(place.peer) is None:
        raise not_here(ctx, place, tr(":occupants shows who is"))
    return place


def occupant_called(ctx: Context, nick: str | None) -> Place:
    """Return who is meant as `the_occupant`, whether they are there or not."""
    layout = ctx.state.layout
    if nick:
        room = shown_room(ctx)
        if not room.peer:
            raise CommandError(tr("this isn't a room: :join enters one"))
        found = of_nick(ctx.state.at(room).occupant_places(room), nick)
        return found or Place(room.account, f"{room.peer}/{nick}")
    pane = layout.pane
    marked = pane.marked if isinstance(pane, OccupantsPane) else layout.place
    if not split(marked.peer)[1]:
        raise CommandError(tr("whom do you mean? give a nick, or mark one in :occupants"))
    return marked


def not_here(ctx: Context, place: Place, otherwise: str) -> CommandError:
    """Return the complaint that who is meant isn't there; it says what to do, `otherwise` else."""
    room, nick = split(place.peer)
    account = ctx.state.at(place)
    return nobody(account.occupant_places(account.place(room)), nick, otherwise)


def complete_nick(written: Written) -> Completion | None:
    """Have a nick of the room instead of how it begins; at the start of a line it is called.

    Behind an @ it may stand anywhere, and keeps that.
    """
    before = written.before
    line = before.rpartition("\n")[2]
    if (at := _AT.search(line)) and (found := list(_begun(written.known.state, at[1]))):
        begin = len(before) - len(at[1]) - 1
        return written.instead(begin, (Candidate(f"@{nick}") for nick in found))
    if not before:
        return written.instead(0, _called(_speakers(written.known.state)))
    if line and (found := list(_begun(written.known.state, line))):
        return written.instead(len(before) - len(line), _called(found))
    word = line.split(" ")[-1]
    if not word:
        return None
    found = list(_begun(written.known.state, word))
    return written.instead(len(before) - len(word), map(Candidate, found))


def _called(nicks: Iterable[str]) -> Iterator[Candidate]:
    return (Candidate(f"{nick}:") for nick in nicks)


def _begun(state: State, word: str) -> Iterator[str]:
    """Yield the nicks that begin so: of those who spoke here the last ones first, then others."""
    wanted = word.casefold()
    account, room = state.account, split(state.layout.place.peer)[0]
    held = account.of(Rooms).occupants(room)
    spoke = [nick for nick in _speakers(state) if nick.casefold().startswith(wanted)]
    yield from spoke
    if held is None:
        return
    us, known = account.of(Rooms).us(room), set(spoke)
    for place in held.listed():
        nick = split(place.peer)[1]
        if nick != us and nick not in known and nick.casefold().startswith(wanted):
            yield nick


def _speakers(state: State) -> list[str]:
    """Return who spoke in the room where one is, the last one first, and is there still."""
    pane, rooms = state.conversation, state.account.of(Rooms)
    if pane is None or not rooms.is_in(pane.place.peer):
        return []
    held = rooms.occupants(pane.place.peer)
    window = pane.window
    spoke = (
        nick_of(window[index])
        for index in reversed(range(len(window)))
        if window[index].direction == "in"
    )
    return [
        nick
        for nick in dict.fromkeys(spoke)
        if nick and (held is None or held.get(nick) is not None)
    ]
