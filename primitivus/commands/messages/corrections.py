"""Changing what one has said, and looking at what was said before."""

from backendd.api.attachments import said_in, told, words
from backendd.api.contract import Messages
from backendd.api.records import Message
from primitivus.commands.arguments.types import NOTHING, Rest
from primitivus.commands.arguments.which_message import conversation, meant_own, selected
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.messages.sending import send_or_type
from primitivus.model.editing.purpose import Purpose
from primitivus.model.editing.signs import as_typed
from primitivus.model.files.transfers import Transfers
from primitivus.model.messages.message import (
    is_nothing_but_a_file,
    is_retracted,
    waits_for_its_file,
    what_helps,
)
from primitivus.model.popups.popup import Overlay
from primitivus.model.wording.times import moment
from primitivus.sentences import tr

# So much of a message says which one is edited.
_QUOTED = 200


@command("edit", aliases=("correct",))
async def edit(ctx: Context, text: Rest = NOTHING) -> None:
    """Edit the selected message of yours, else the newest: with TEXT, or in the input.

    Its text comes into the input, and what was typed there is back when it is sent; Esc leaves it.
    The files that it tells of stay.
    """
    pane, message = await meant_own(ctx, tr("there is no message of yours here to edit"))
    _check(message, ctx.state.account.of(Transfers))
    pane.chat.write(_editing(message), as_typed(words(message)))
    await send_or_type(ctx, pane, text)


@command("edits")
async def edits(ctx: Context) -> None:
    """Show what the selected message said before, else the newest one here that was edited."""
    message = selected(ctx) or _edited(ctx)
    found = await ctx.account.messages.edits(message.id)
    if not found:
        raise CommandError(tr("this message was not edited"))
    lines = [
        (("popup.key", f"{moment(each.time)}  "), ("popup", said_in(message, each.body)))
        for each in found
    ]
    lines.append((("popup.key", tr("now") + "  "), ("popup", said_in(message, message.body))))
    ctx.state.open_popup(Overlay(tr("What it said before"), tuple(lines)))


def _edited(ctx: Context) -> Message:
    window = conversation(ctx).window
    for index in reversed(range(len(window))):
        if window[index].more.get("edited"):
            return window[index]
    raise CommandError(tr("no message here was edited"))


def _check(message: Message, known: Transfers) -> None:
    if message.direction != "out":
        raise CommandError(tr("only your own messages can be edited"))
    if is_retracted(message):
        raise CommandError(tr("this message is retracted: there is nothing to edit"))
    if message.state == "failed":
        files = known.of_attachments(message).values()
        raise CommandError(
            tr("this message was not sent: {helps}", helps=what_helps(message, files))
        )
    if message.type != "message":
        raise CommandError(tr("this is no text of yours: there is nothing to edit"))
    if is_nothing_but_a_file(message):
        raise CommandError(tr("this is an encrypted file: nothing can be said beside its address"))
    if waits_for_its_file(message):
        raise CommandError(tr("its file is still on the way: it can be edited once it is sent"))


def _editing(message: Message) -> Purpose:
    async def hand_over(messages: Messages, peer: str, body: str, token: str, draft: str) -> object:
        await messages.correct(message.id, body)
        return None

    return Purpose(tr("edit: {text}", text=told(message)[:_QUOTED]), hand_over, is_change=True)
