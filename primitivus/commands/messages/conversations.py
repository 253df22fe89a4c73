"""Opening, choosing and arranging conversations."""

from collections.abc import Awaitable, Callable
from typing import Literal

from backendd.api.records import Conversation
from primitivus.commands.arguments.people import PeerJid, ProfileName, find, find_in
from primitivus.commands.arguments.types import Count
from primitivus.commands.arguments.which_message import selected
from primitivus.commands.asking.begun import go_on_writing
from primitivus.commands.asking.forms import confirm
from primitivus.commands.blogs.discussions import show_unread_comment
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError, NoConversation
from primitivus.commands.panes.marked_row import marked_row
from primitivus.commands.panes.panes import go_to
from primitivus.commands.rooms.leaving import leave_room
from primitivus.model.place import NOWHERE, Place
from primitivus.model.telling.still import still_here
from primitivus.sentences import ntr, tr


@command("chat", aliases=("query",))
async def chat(ctx: Context, peer: PeerJid, profile: ProfileName | None = None) -> None:
    """Open a conversation with an address, a contact, or someone by name.

    It is one of this account, or of the only one that knows them; PROFILE names another.
    """
    await visit(ctx, await opened(ctx, peer, profile), peer, profile)


@command("close")
async def close(ctx: Context, peer: PeerJid | None = None) -> None:
    """Close a conversation, by default this one; its history stays, and a room is left.

    Another one of the profile is shown then, if there is one, and nothing is typed into it unasked.
    """
    place = the_conversation(ctx, peer)
    is_here = place == ctx.state.layout.place
    said = await leave_room(ctx, place)
    ctx.state.showing.closing = place
    try:
        await ctx.told(
            ctx.at(place).messages.close(place.peer),
            lambda: place.peer not in ctx.state.at(place).conversations,
        )
    finally:
        ctx.state.showing.closing = NOWHERE
    if is_here and ctx.state.view.mode == "insert":
        ctx.state.show(mode="normal")
    if said:
        ctx.state.say(said, account=ctx.state.at(place))


@command("delete-conversation")
async def delete_conversation(ctx: Context, peer: PeerJid | None = None) -> None:
    """Delete all that was said in a conversation, by default this one, for good; asks before.

    That is so on this machine: others keep what they have. A room that you are in stays.
    """
    place = the_conversation(ctx, peer)
    account, messages = ctx.state.at(place), ctx.at(place).messages
    name = account.name(place.peer)
    text = tr(
        "All that was said with {name} is gone from here for good. Others keep what they have.",
        name=name,
    )
    if await confirm(ctx, tr("Delete a conversation"), text):
        await messages.delete_local(place.peer)
        ctx.state.say(tr("what was said with {name} is deleted here", name=name), account=account)


@command("next-conversation")
async def next_conversation(ctx: Context, mode: Literal["", "stay"] = "") -> None:
    """Go to the conversation below in the list; with `stay`, stay in normal mode."""
    await _show_some(ctx, ctx.state.accounts.beside(ctx.state.layout.place, 1), mode)


@command("previous-conversation")
async def previous_conversation(ctx: Context, mode: Literal["", "stay"] = "") -> None:
    """Go to the conversation above in the list; with `stay`, stay in normal mode."""
    await _show_some(ctx, ctx.state.accounts.beside(ctx.state.layout.place, -1), mode)


@command("conversation")
async def conversation(ctx: Context, number: Count) -> None:
    """Go to the conversation with this place in the list."""
    places = ctx.state.accounts.conversations()
    if number > len(places):
        raise CommandError(
            ntr(
                "number {number} is not in the list, which has {n} conversation",
                "number {number} is not in the list, which has {n} conversations",
                len(places),
                number=number,
            )
        )
    await show(ctx, places[number - 1])


@command("next-unread")
async def next_unread(ctx: Context, mode: Literal["", "stay"] = "") -> None:
    """Go on to what is unread: page by page through this conversation, then to the next one.

    Those that mention you come first, and muted ones not at all. Where there is none, go to the
    first comment on a post of yours that you have not seen, or answer to one of yours. With `stay`,
    stay in normal mode.
    """
    here, accounts = ctx.state.conversation, ctx.state.accounts
    if here is not None and here.go_on(ctx.state.at(here.place).conversation(here.place.peer)):
        place = here.place
    else:
        place = accounts.next_unread(ctx.state.layout.place)
    if not place.peer:
        if show_unread_comment(ctx):
            return
        at = ctx.state.layout.place
        said = (
            tr("nothing else is unread but what is muted")
            if accounts.has_muted_unread()
            else tr("nothing else is unread")
        )
        ctx.state.hint(said, lambda: not accounts.next_unread(at).peer)
        return
    await show(ctx, place, mode)


@command("mark-read")
async def mark_read(ctx: Context, peer: PeerJid | None = None) -> None:
    """Mark all of a conversation as read."""
    place = the_conversation(ctx, peer)
    record = ctx.state.at(place).conversation(place.peer)
    if record.last is not None and record.unread:
        call = ctx.at(place).messages.mark_read(record.peer, record.last.id)
        # More may have come meanwhile.
        await told(ctx, place, call, lambda now: now.first_unread != record.first_unread)


@command("mark-unread")
async def mark_unread(ctx: Context, peer: PeerJid | None = None) -> None:
    """Mark the selected message, or the last one, and what follows as unread."""
    place = the_conversation(ctx, peer)
    account = ctx.state.at(place)
    chosen = selected(ctx)
    incoming = [
        pane.window[index].id
        for pane in ctx.state.layout.looking_at(place)
        for index in range(len(pane.window))
        if pane.window[index].direction == "in"
    ]
    if chosen is not None and chosen.direction == "in" and place == ctx.state.layout.place:
        start = chosen.id
    elif incoming:
        start = max(incoming)
    else:
        last = account.conversation(place.peer).last
        if last is None or last.direction != "in":
            raise CommandError(tr("there is no message from them to mark"))
        start = last.id
    chat = account.chat_with(place.peer)
    chat.is_read_held = True
    chat.seen.clear()
    chat.marked_to = 0
    call = ctx.at(place).messages.mark_unread(place.peer, start)
    await told(ctx, place, call, lambda now: now.unread > 0)


async def show(ctx: Context, place: Place, mode: str = "") -> None:
    """Show a conversation and load its first page; what is typed then is text, unless `stay`."""
    is_new = place != ctx.state.layout.place
    pane = ctx.open(place)
    ctx.state.close_popup()
    go_to(ctx, "input")
    if mode != "stay":
        ctx.state.show(mode="insert")
        ctx.has_arrived = True
        if is_new:
            go_on_writing(ctx)
    await ctx.at(place).pages.open(pane)


async def visit(ctx: Context, place: Place, peer: str, profile: str | None) -> None:
    """Show the conversation with who was called so; say where that leads into another profile."""
    here = ctx.state.layout.place.account
    await show(ctx, place)
    if profile is None and place.account != here:
        said = tr("you are now in this profile, which knows {who}", who=peer)
        ctx.state.hint(said, still_here(ctx.state.layout), ctx.state.at(place))


async def told(
    ctx: Context, place: Place, call: Awaitable[None], is_so: Callable[[Conversation], bool]
) -> None:
    """Have a call change a conversation, until it is told to be so."""
    await ctx.told(call, lambda: is_so(ctx.state.at(place).conversation(place.peer)))


async def _open(ctx: Context, place: Place) -> Place:
    """Return the place of a conversation that is open then, its peer as the backend writes it."""
    with ctx.waiting.keys():
        opened = place._replace(peer=await ctx.at(place).messages.open(place.peer))
        # Its draft comes with it.
        await ctx.until(lambda: opened.peer in ctx.state.at(opened).conversations)
        return opened


async def _show_some(ctx: Context, place: Place, mode: str) -> None:
    if not place.peer:
        raise NoConversation
    await show(ctx, place, mode)


async def opened(ctx: Context, peer: str, profile: str | None) -> Place:
    """Return the conversation with who is called `peer`, as `named`, open; CommandError."""
    place = meant(ctx, peer, profile)
    return place if place.peer in ctx.state.at(place).conversations else await _open(ctx, place)


def meant(ctx: Context, peer: str, profile: str | None) -> Place:
    """Return the conversation with who is called `peer`, as `named`; there may be none yet."""
    place = named(ctx, peer, profile)
    if place.peer in ctx.state.at(place).conversations or {"@", "."} & set(place.peer):
        return place
    raise CommandError(
        tr('nobody here is called "{who}"; for an address, write name@server', who=peer)
    )


def named(ctx: Context, peer: str, profile: str | None) -> Place:
    """Return who is called `peer`, of the account `profile` where that is given."""
    if profile is None:
        place = find(ctx.state, peer)
        return find_in(ctx.named(place.account or None).known, place.peer)
    return find_in(ctx.named(profile).known, peer)


def the_conversation(ctx: Context, peer: str | None) -> Place:
    """Return the conversation that is meant: named, under the cursor of the list, or shown."""
    if peer:
        return find(ctx.state, peer)
    layout, row = ctx.state.layout, marked_row(ctx)
    chosen = layout.conversations.marked if ctx.state.focus == "conversations" else layout.place
    chosen = row.place if row is not None else chosen
    if not chosen.peer:
        raise NoConversation
    return chosen
