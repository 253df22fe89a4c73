"""How a conversation behaves: its place, its noise, and what its people are told."""

from typing import Literal, Unpack

from backendd.api.contract.messages import ConversationChanges
from backendd.api.words import Notify, WantedNotify
from primitivus.commands.arguments.people import PeerJid
from primitivus.commands.arguments.switches import switched, what_is_so
from primitivus.commands.arguments.types import Switch
from primitivus.commands.blogs.discussions import mute_discussion
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.messages.conversations import the_conversation, told
from primitivus.model.accounts import noise
from primitivus.model.panes.post import PostPane
from primitivus.model.panes.timeline import TimelinePane
from primitivus.model.place import Place
from primitivus.sentences import tr


@command("pin")
async def pin(ctx: Context, peer: PeerJid | None = None) -> None:
    """Keep a conversation at the top of the list, or no longer.

    A bookmarked room stays there on all your clients.
    """
    place = the_conversation(ctx, peer)
    is_pinned = ctx.state.at(place).conversation(place.peer).pinned
    await change_conversation(ctx, place, pinned=not is_pinned)
    name = ctx.state.at(place).name(place.peer)
    said = (
        tr("{name} is sorted by time again", name=name)
        if is_pinned
        else tr("{name} stays at the top of the list", name=name)
    )
    ctx.state.say(said, account=ctx.state.at(place))


@command("mute")
async def mute(ctx: Context, peer: PeerJid | None = None) -> None:
    """Let a conversation make no noise, or as much as usual again.

    Where posts are shown it is what is said to the one that is shown or marked; `mute-blog` is
    about a blog as a whole.
    """
    pane = ctx.state.layout.main
    is_listed = ctx.state.focus == "conversations"
    if peer is None and not is_listed and isinstance(pane, PostPane | TimelinePane):
        if await mute_discussion(ctx, pane):
            return
        raise CommandError(tr("no post is there yet"))
    place = the_conversation(ctx, peer)
    record = ctx.state.at(place).conversation(place.peer)
    await set_notify(ctx, place, "" if record.notify == "none" else "none")
    _say_what_notifies(ctx, place)


@command("notify")
async def notify(
    ctx: Context,
    when: Literal[Notify, "usual"] | None = None,
    peer: PeerJid | None = None,
) -> None:
    """Say which messages of a conversation make a noise, by default of this one; or ask which do.

    Every message is usual; in a room, unless it is of members alone who know each other, those
    that mention you. What you say of a bookmarked room counts on all your clients.
    """
    place = the_conversation(ctx, peer)
    if when is not None:
        await set_notify(ctx, place, "" if when == "usual" else when)
    _say_what_notifies(ctx, place)


@command("markers")
async def markers(ctx: Context, switch: Switch | None = None) -> None:
    """Tell the people of this conversation what you have read, or don't; alone, show what is so."""
    place = the_conversation(ctx, None)
    is_on = switched(switch, is_on=ctx.state.at(place).conversation(place.peer).markers)
    if switch is not None:
        await change_conversation(ctx, place, markers=is_on)
    name, is_room = _people(ctx, place)
    if is_room:
        said = (
            tr("those in {name} are told what you have read", name=name)
            if is_on
            else tr("those in {name} are not told what you have read", name=name)
        )
    else:
        said = (
            tr("{name} is told what you have read", name=name)
            if is_on
            else tr("{name} is not told what you have read", name=name)
        )
    said = what_is_so(said, "markers", switch, is_on=is_on)
    ctx.state.say(said, account=ctx.state.at(place))


@command("typing-notices")
async def typing_notices(ctx: Context, switch: Switch | None = None) -> None:
    """Tell the people of this conversation when you type, or don't; alone, show what is so."""
    place = the_conversation(ctx, None)
    is_on = switched(switch, is_on=ctx.state.at(place).conversation(place.peer).typing_out)
    if switch is not None:
        await change_conversation(ctx, place, typing_out=is_on)
    name, is_room = _people(ctx, place)
    if is_room:
        said = (
            tr("those in {name} are told when you type", name=name)
            if is_on
            else tr("those in {name} are not told when you type", name=name)
        )
    else:
        said = (
            tr("{name} is told when you type", name=name)
            if is_on
            else tr("{name} is not told when you type", name=name)
        )
    said = what_is_so(said, "typing-notices", switch, is_on=is_on)
    ctx.state.say(said, account=ctx.state.at(place))


def _people(ctx: Context, place: Place) -> tuple[str, bool]:
    """Return who is told something, or not, and whether that is a room."""
    account = ctx.state.at(place)
    return account.name(place.peer), account.conversation(place.peer).kind == "room"


async def change_conversation(
    ctx: Context, place: Place, **changes: Unpack[ConversationChanges]
) -> None:
    """Let this be so of a conversation."""
    call = ctx.at(place).messages.set_conversation(place.peer, **changes)
    wanted = changes.items()
    await told(
        ctx, place, call, lambda now: all(getattr(now, key) == value for key, value in wanted)
    )


async def set_notify(ctx: Context, place: Place, when: WantedNotify) -> None:
    """Let these messages of a conversation make a noise; nothing: those that usually do."""
    call = ctx.at(place).messages.set_conversation(place.peer, notify=when)
    expected = when or noise.usual(ctx.state.at(place), place.peer)
    await told(ctx, place, call, lambda now: now.notify == expected)


def _say_what_notifies(ctx: Context, place: Place) -> None:
    account = ctx.state.at(place)
    said = noise.said(account.conversation(place.peer))
    ctx.state.say(f"{account.name(place.peer)}: {said}", account=account)
