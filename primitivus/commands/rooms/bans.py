"""Who may not come into a room: banning, and letting in again."""

from collections.abc import Iterable
from typing import Annotated

from primitivus.commands.arguments.types import SAME, Kind, Text
from primitivus.commands.asking.forms import confirm
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.commands.rooms import rights
from primitivus.commands.rooms.occupants import Nick
from primitivus.commands.rooms.room_administration import addressed, calls_at, described, room_here
from primitivus.commands.rooms.standing import require_affiliation, require_somebody_else
from primitivus.model.place import Place
from primitivus.model.popups.listing import Entry, Listing, Part
from primitivus.model.rooms.banned import Banned
from primitivus.model.wording.address import occupant as split
from primitivus.model.wording.quoting import quote
from primitivus.sentences import ntr, tr


def _complete_banned(asked: Asked) -> Iterable[Candidate]:
    place = asked.known.state.layout.place
    return asked.begun(asked.known.state.at(place).of(Banned).listed(split(place.peer)[0]))


BannedJid = Annotated[str, Kind("banned", complete=_complete_banned)]


@command("ban")
async def ban(ctx: Context, who: Nick | None = None, reason: Text = SAME) -> None:
    """Ban somebody, by nick or address, from the room that you look at.

    By default it is the marked one. The name of a server bans everybody who is there, but for who
    has rights in the room. `:unban` takes it back.
    """
    room, jid, called = addressed(ctx, who)
    require_somebody_else(ctx, room, jid, rights.CANT_BAN_YOU)
    require_affiliation(ctx, room, "admin", rights.bans)
    name = ctx.state.at(room).name(room.peer)
    given = {"name": name, "jid": jid}
    if is_server(jid):
        text = tr("Everybody at {jid}\nThey can't enter {name} until :unban {jid}.", **given)
        done = tr("everybody at {jid} is banned from {name}; :unban {jid} takes it back", **given)
    else:
        text = tr("{who}\nThey can't enter {name} until :unban {jid}.", **given, who=called)
        done = tr("{who} is banned from {name}; :unban {jid} takes it back", **given, who=called)
    if await confirm(ctx, tr("Ban somebody"), text):
        await calls_at(ctx, room).set_affiliation(room.peer, jid, "outcast", reason)
        ctx.state.at(room).of(Banned).forget(room.peer)
        ctx.state.say(done)


@command("unban")
async def unban(ctx: Context, jid: BannedJid | None = None) -> None:
    """Let somebody into the room that you look at again; alone, choose from those who can't."""
    if jid is None:
        await _list_banned(ctx, room_here(ctx, None))
        return
    room, jid, called = addressed(ctx, jid)
    require_affiliation(ctx, room, "admin", rights.lets_in)
    await calls_at(ctx, room).set_affiliation(room.peer, jid, "none", "")
    ctx.state.at(room).of(Banned).forget(room.peer)
    name = ctx.state.at(room).name(room.peer)
    ctx.state.say(
        tr("everybody at {jid} may come into {name} again", jid=jid, name=name)
        if is_server(jid)
        else tr("{who} may come into {name} again", who=called, name=name)
    )


def is_server(jid: str) -> bool:
    """Return whether an address is that of a server, which stands for everybody at it."""
    return "@" not in jid


async def _list_banned(ctx: Context, room: Place) -> None:
    require_affiliation(ctx, room, "admin", rights.sees_banned)
    found = await calls_at(ctx, room).affiliations(room.peer, "outcast")
    name = ctx.state.at(room).name(room.peer)
    ctx.state.at(room).of(Banned).tell(room.peer, [each.jid for each in found])
    if not found:
        ctx.state.say(tr("nobody is banned from {name}", name=name))
        return
    entries = tuple(Entry(described(each), f"unban {quote(each.jid)}") for each in found)
    part, hint = (
        Part(ntr("{n} banned", "{n} banned", len(found)), entries),
        tr("type to search; Enter lets them in"),
    )
    ctx.state.open_popup(Listing(tr("Banned from {name}", name=name), (part,), hint))
