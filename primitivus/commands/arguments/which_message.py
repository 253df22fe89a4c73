"""Which message a command is about: the selected one, else one of those in view."""

from collections.abc import Callable

from backendd.api.records import Message
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.panes.panes import go_to
from primitivus.model.messages.message import is_retracted
from primitivus.model.panes.conversation import ConversationPane


async def meant(ctx: Context, none: str) -> tuple[ConversationPane, Message]:
    """Return the selected message, else the newest of theirs, with its pane; CommandError."""
    pane = await loaded(ctx, conversation(ctx))
    if pane.selected_message is not None:
        return pane, pane.selected_message
    for index in reversed(range(len(pane.window))):
        if pane.window[index].direction == "in":
            return pane, reached(ctx, pane, pane.window[index])
    raise CommandError(none)


async def meant_own(ctx: Context, none: str) -> tuple[ConversationPane, Message]:
    """Return the selected message, else the newest of one's own, with its pane; CommandError."""
    pane = await loaded(ctx, conversation(ctx))
    if pane.selected_message is not None:
        return pane, pane.selected_message
    for index in reversed(range(len(pane.window))):
        message = pane.window[index]
        if message.direction == "out" and message.type == "message" and not is_retracted(message):
            return pane, reached(ctx, pane, message)
    raise CommandError(none)


async def meant_in_view(ctx: Context, fits: Callable[[Message], bool], none: str) -> Message:
    """Return the selected message, else the newest in view that `fits`; `none` says there is none.

    Whether the selected one fits is for the caller to say.
    """
    pane = await loaded(ctx, conversation(ctx))
    if pane.selected_message is not None:
        return pane.selected_message
    for message in pane.in_view():
        if fits(message):
            return reached(ctx, pane, message)
    raise CommandError(none)


def reached(ctx: Context, pane: ConversationPane, message: Message) -> Message:
    """Return the message that is taken, which is selected where a key reached it from the input."""
    if ctx.reaches:
        go_to(ctx, "messages")
        pane.selected = message.id
        pane.viewport.reveal(message.id)
    return message


def conversation(ctx: Context) -> ConversationPane:
    """Return the conversation where one is; what is raised says why there is none."""
    if ctx.state.conversation is None:
        raise ctx.no_conversation()
    return ctx.state.conversation


def selected(ctx: Context) -> Message | None:
    """Return the selected message, if one is."""
    pane = ctx.state.conversation
    return pane.selected_message if pane is not None else None


async def loaded(ctx: Context, pane: ConversationPane) -> ConversationPane:
    """Return a conversation that is just being opened once its messages are there."""
    if pane.is_loading and not pane.window.is_loaded:
        with ctx.waiting.keys():
            await ctx.until(lambda: not pane.is_loading)
    return pane
