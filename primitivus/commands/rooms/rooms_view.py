"""The view of rooms: those where one is, that are kept, and to which one is invited."""

from backendd.api.contract.rooms import BookmarkChanges
from primitivus.client.room_service import RoomServicePart
from primitivus.commands.asking.forms import fill_in
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.panes.panes import again, show
from primitivus.commands.rooms.bookmarks import bookmarked
from primitivus.model.panes.rooms import RoomsPane
from primitivus.model.popups.popup import Dialog, Field
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.rows.made_rows import MadeRows
from primitivus.model.rows.room_rows import room_rows
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr


@command("rooms", aliases=("bookmarks", "invitations"))
async def rooms(ctx: Context) -> None:
    """Show rooms: who invites you, where you are, which are bookmarked, and where you were.

    Enter goes there or enters it; keys answer an invitation, leave a room, and change whether and
    how it is kept. `:browse-rooms` shows those of your server.
    """
    show(ctx, again(ctx, RoomsPane(MadeRows(ctx.state, room_rows))))


@command("browse-rooms")
async def browse_rooms(ctx: Context) -> None:
    """Look around at the rooms of your server: how many are in each, and what it is for."""
    with ctx.waiting.keys():
        service = await ctx.account.part(RoomServicePart).service()
    if not service:
        raise CommandError(tr("your server has no rooms; :services ADDRESS looks at another one"))
    await ctx.screen.run_line(f"services {quote(service)}")


@command("edit-bookmark")
async def edit_bookmark(ctx: Context) -> None:
    """Change what a bookmarked room is called, your nick there, and whether you enter it."""
    place, room = bookmarked(ctx)
    fields = [
        Field("name", tr("Name"), tr("what you see it called"), is_optional=True),
        Field("nick", tr("Your nick"), tr("what you are called there"), is_optional=True),
        Field("enter", tr("Enter it when you connect? y/n"), tr("y is yes"), is_optional=True),
    ]
    values = (room.name, room.nick, "y" if room.autojoin else "n")
    for each, value in zip(fields, values, strict=True):
        each.editor.reset(value)
    dialog = Dialog(tr("Bookmark"), place.peer, fields, button=tr("Keep it so"))
    known, name = ctx.state.at(place).of(Rooms), ctx.state.at(place).name(place.peer)

    async def use(given: dict[str, str]) -> None:
        changes: BookmarkChanges = {"autojoin": given["enter"].strip().lower() in ("y", "yes")}
        # What is as it was may be what the room itself says.
        if (called := given["name"].strip()) != room.name:
            changes["name"] = called
        if (nick := given["nick"].strip()) != room.nick:
            changes["nick"] = nick
        call = ctx.at(place).part(RoomServicePart).calls.bookmark(place.peer, **changes)
        await ctx.told(call, lambda: known.get(place.peer) != room)

    if await fill_in(ctx, dialog, use):
        ctx.state.say(tr("the bookmark of {name} is changed", name=name))
