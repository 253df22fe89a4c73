"""How a conversation behaves: its place, its noise, and what its people are told."""

from typing import Literal, Unpack

from backendd.api.contract.messages import ConversationChanges
from backendd.api.words import NOTIFY_AT_FIRST, Notify
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.conversations import the_conversation, told
from primitivus.commands.people import PeerJid
from primitivus.model.conversations import noise
from primitivus.model.place import Place


@command("pin")
async def pin(ctx: Context, peer: PeerJid | None = None) -> None:
    """Keep a conversation at the top of the list, or no longer.

    A bookmarked room stays there on all your clients.
    """
    place = the_conversation(ctx, peer)
    is_pinned = ctx.state.at(place).conversation(place.peer).pinned
    await _change(ctx, place, pinned=not is_pinned)
    name = ctx.state.at(place).name(place.peer)
    said = "is at its place in time again" if is_pinned else "stays at the top of the list"
    ctx.state.say(f"{name} {said}", account=ctx.state.at(place))


@command("mute")
async def mute(ctx: Context, peer: PeerJid | None = None) -> None:
    """Let a conversation make no noise, or as much as others of its kind again."""
    place = the_conversation(ctx, peer)
    record = ctx.state.at(place).conversation(place.peer)
    when = NOTIFY_AT_FIRST.get(record.kind, "all") if record.notify == "none" else "none"
    await _change(ctx, place, notify=when)
    _say_what_notifies(ctx, place)


@command("notify")
async def notify(ctx: Context, when: Notify | None = None, peer: PeerJid | None = None) -> None:
    """Say which messages of a conversation make a noise, by default of this one; or ask which do.

    That of a bookmarked room is so on all your clients.
    """
    place = the_conversation(ctx, peer)
    if when is not None:
        await _change(ctx, place, notify=when)
    _say_what_notifies(ctx, place)


@command("markers")
async def markers(ctx: Context, switch: Literal["on", "off"]) -> None:
    """Tell the people of this conversation what you have read, or don't."""
    await _change(ctx, the_conversation(ctx, None), markers=switch == "on")


@command("typing-notices")
async def typing_notices(ctx: Context, switch: Literal["on", "off"]) -> None:
    """Tell the people of this conversation when you type, or don't."""
    await _change(ctx, the_conversation(ctx, None), typing_out=switch == "on")


async def _change(ctx: Context, place: Place, **changes: Unpack[ConversationChanges]) -> None:
    """Let this be so of a conversation."""
    call = ctx.at(place).messages.set_conversation(place.peer, **changes)
    wanted = changes.items()
    await told(
        ctx, place, call, lambda now: all(getattr(now, key) == value for key, value in wanted)
    )


def _say_what_notifies(ctx: Context, place: Place) -> None:
    account = ctx.state.at(place)
    said = noise(account.conversation(place.peer))
    ctx.state.say(f"{account.name(place.peer)}: {said}", account=account)
