"""Texts that are covered until somebody wants to see them, or have no styles."""

from backendd.api.contract import Messages
from primitivus.commands.arguments.types import Rest
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.messages.sending import send_text
from primitivus.model.area import Area
from primitivus.model.editing.purpose import HandOver, Purpose
from primitivus.sentences import tr


@command("spoiler")
async def spoiler(ctx: Context, text: Rest) -> None:
    """Send a text that is covered until somebody wants to see it: TEXT, or ABOUT | TEXT."""
    about, bar, body = text.partition(" | ")
    if not bar:
        about, body = "", text

    async def hand_over(messages: Messages, peer: str, body: str, token: str, draft: str) -> object:
        return await messages.send(
            peer, body, token=token, draft=draft, spoiler=True, spoiler_about=about.strip()
        )

    await _send(ctx, body, hand_over, f"/spoiler {text}")


@command("plain")
async def plain(ctx: Context, text: Rest) -> None:
    """Send a text without any style: nothing in it is a quotation, code or emphasis."""

    async def hand_over(messages: Messages, peer: str, body: str, token: str, draft: str) -> object:
        return await messages.send(peer, body, token=token, draft=draft, unstyled=True)

    await _send(ctx, text, hand_over, f"/plain {text}")


@command("reveal")
async def reveal(ctx: Context) -> None:
    """Show what the selected spoiler says, else the newest in view; once more covers it."""
    pane = ctx.state.conversation
    if pane is None or not pane.reveal():
        raise CommandError(tr("there is no spoiler here"))
    ctx.state.changed(Area.MESSAGES)


async def _send(ctx: Context, body: str, hand_over: HandOver, typed: str) -> None:
    pane = ctx.state.conversation
    if pane is None:
        raise ctx.no_conversation()
    pane.chat.purpose = Purpose("", hand_over)
    await send_text(ctx, pane, body, typed=typed)
