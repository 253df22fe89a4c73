"""Opening, choosing and arranging conversations."""

import asyncio
from typing import Literal

from backendd.api.names import MESSAGES
from primitivus.commands.candidates import resolve
from primitivus.commands.command import command
from primitivus.commands.errors import CommandError, NoConversation
from primitivus.commands.sending import selected
from primitivus.commands.session import Session
from primitivus.commands.types import Count, PeerJid


@command("chat", aliases=("msg", "query"))
async def chat(ctx: Session, peer: PeerJid) -> None:
    """Open a conversation with an address, a contact, or someone by name."""
    jid = resolve(ctx.state, peer)
    if not {"@", "."} & set(jid) and jid not in ctx.state.conversations:
        raise CommandError(f"nobody here is called {peer}; for an address, write name@server")
    if jid not in ctx.state.conversations:
        jid = await _open(ctx, jid)
    await show(ctx, jid)


@command("close")
async def close(ctx: Session, peer: PeerJid | None = None) -> None:
    """Close a conversation, by default this one; its history stays."""
    await ctx.call(MESSAGES, "Close", _peer(ctx, peer), {})


@command("next-conversation")
async def next_conversation(ctx: Session, mode: Literal["", "stay"] = "") -> None:
    """Go to the conversation below in the list; with `stay`, stay in normal mode."""
    await _show_some(ctx, ctx.state.conversations.beside(ctx.state.view.peer, 1), mode)


@command("previous-conversation")
async def previous_conversation(ctx: Session, mode: Literal["", "stay"] = "") -> None:
    """Go to the conversation above in the list; with `stay`, stay in normal mode."""
    await _show_some(ctx, ctx.state.conversations.beside(ctx.state.view.peer, -1), mode)


@command("conversation")
async def conversation(ctx: Session, number: Count) -> None:
    """Go to the conversation with this place in the list."""
    peers = ctx.state.conversations.peers()
    if number > len(peers):
        raise CommandError(f"there are only {len(peers)} conversations")
    await show(ctx, peers[number - 1])


@command("next-unread")
async def next_unread(ctx: Session, mode: Literal["", "stay"] = "") -> None:
    """Go to the next conversation with unread messages, those that mention you first.

    With `stay`, stay in normal mode.
    """
    peer = ctx.state.conversations.next_unread(ctx.state.view.peer)
    if not peer:
        ctx.state.say("nothing else is unread")
        return
    await show(ctx, peer, mode)


@command("mark-read")
async def mark_read(ctx: Session, peer: PeerJid | None = None) -> None:
    """Mark all of a conversation as read."""
    record = ctx.state.conversation(_peer(ctx, peer))
    if record.last is not None:
        await ctx.call(MESSAGES, "MarkRead", record.peer, record.last.id, {})


@command("mark-unread")
async def mark_unread(ctx: Session, peer: PeerJid | None = None) -> None:
    """Mark the selected message, or the last one, and what follows as unread."""
    name = _peer(ctx, peer)
    chosen = selected(ctx)
    window = ctx.state.chat_with(name).window
    incoming = [window[i].id for i in range(len(window)) if window[i].direction == "in"]
    if chosen is not None and chosen.direction == "in" and name == ctx.state.view.peer:
        start = chosen.id
    elif incoming:
        start = incoming[-1]
    else:
        last = ctx.state.conversation(name).last
        if last is None or last.direction != "in":
            raise CommandError("there is no message from them to mark")
        start = last.id
    ctx.state.chat_with(name).is_read_held = True
    await ctx.call(MESSAGES, "MarkUnread", name, start, {})


@command("pin")
async def pin(ctx: Session, peer: PeerJid | None = None) -> None:
    """Keep a conversation at the top of the list, or no longer."""
    record = ctx.state.conversation(_peer(ctx, peer))
    await ctx.call(MESSAGES, "SetConversation", record.peer, {"pinned": not record.pinned})


@command("mute")
async def mute(ctx: Session, peer: PeerJid | None = None) -> None:
    """Let a conversation make no noise, or make noise again."""
    record = ctx.state.conversation(_peer(ctx, peer))
    notify = "all" if record.notify == "none" else "none"
    await ctx.call(MESSAGES, "SetConversation", record.peer, {"notify": notify})


@command("notify")
async def notify(ctx: Session, when: Literal["all", "mentions", "none"]) -> None:
    """Say which messages of this conversation make a noise."""
    await ctx.call(MESSAGES, "SetConversation", _peer(ctx, None), {"notify": when})


@command("markers")
async def markers(ctx: Session, switch: Literal["on", "off"]) -> None:
    """Tell the people of this conversation what you have read, or don't."""
    await ctx.call(MESSAGES, "SetConversation", _peer(ctx, None), {"markers": switch == "on"})


@command("typing-notices")
async def typing_notices(ctx: Session, switch: Literal["on", "off"]) -> None:
    """Tell the people of this conversation when you type, or don't."""
    await ctx.call(MESSAGES, "SetConversation", _peer(ctx, None), {"typing_out": switch == "on"})


async def show(ctx: Session, peer: str, mode: str = "") -> None:
    """Show a conversation and load its first page; what is typed then is text, unless `stay`."""
    ctx.open(peer)
    ctx.state.close_popup()
    ctx.state.show(pane="input")
    if mode != "stay":
        ctx.state.show(mode="insert")
        ctx.has_arrived = True
    await ctx.pages.open(peer)


async def _open(ctx: Session, jid: str) -> str:
    """Return the peer of a conversation that is open then, as the backend writes it.

    Keys wait so long, for they are meant for it.
    """
    opened = ctx.opening = asyncio.Event()
    try:
        return str(await ctx.call(MESSAGES, "Open", jid, {}))
    finally:
        ctx.opening = None
        opened.set()


async def _show_some(ctx: Session, peer: str, mode: str) -> None:
    if not peer:
        raise NoConversation
    await show(ctx, peer, mode)


def _peer(ctx: Session, peer: str | None) -> str:
    """Return the conversation that is meant: named, under the cursor of the list, or shown."""
    if peer:
        return resolve(ctx.state, peer)
    view = ctx.state.view
    chosen = view.listed_peer if view.focus == "conversations" else view.peer
    if not chosen:
        raise NoConversation
    return chosen
