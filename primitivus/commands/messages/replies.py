"""Answering messages, and going to what one answers."""

from backendd.api.attachments import told
from backendd.api.contract import Messages
from backendd.api.records import Message
from primitivus.commands.arguments.types import NOTHING, Rest
from primitivus.commands.arguments.which_message import conversation, meant, meant_in_view
from primitivus.commands.blogs.comments import answer, to_answered
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.finding.search import show_message
from primitivus.commands.messages.sending import send_or_type
from primitivus.model.accounts.account import Account
from primitivus.model.editing.purpose import Purpose
from primitivus.model.messages.replies import quote
from primitivus.model.panes.post import PostPane
from primitivus.sentences import tr

# So much of a message says which one is answered.
_QUOTED = 200


@command("reply")
async def reply(ctx: Context, text: Rest = NOTHING) -> None:
    """Answer the selected message, else the newest of theirs: with TEXT, or what is typed next.

    Where a post is shown it is the marked comment. What is answered stands above the line until it
    is sent; Esc leaves it, and keeps the text.
    """
    if isinstance(ctx.state.layout.main, PostPane):
        await answer(ctx, ctx.state.layout.main, text)
        return
    pane, message = await meant(ctx, tr("there is no message from them here to answer"))
    purpose = _answering(ctx.at(pane.place).known, message)
    pane.chat.write(purpose)
    await send_or_type(ctx, pane, text)


@command("quoted")
async def quoted(ctx: Context) -> None:
    """Go to what the selected message answers, else the newest answer in view; `back` returns.

    Below a post it is what the marked comment answers.
    """
    if isinstance(ctx.state.layout.main, PostPane):
        to_answered(ctx, ctx.state.layout.main)
        return
    none = tr("no message in view answers another")
    pane = conversation(ctx)
    answered = quote(await meant_in_view(ctx, lambda each: quote(each) is not None, none))
    if answered is None:
        raise CommandError(tr("this message answers no other"))
    if not answered.target:
        raise CommandError(tr("the message that this one answers is not here"))
    ctx.state.layout.trail.mark()
    await show_message(ctx, pane, answered.target)


def _answering(account: Account, message: Message) -> Purpose:
    async def hand_over(messages: Messages, peer: str, body: str, token: str, draft: str) -> object:
        return await messages.send(peer, body, token=token, draft=draft, reply_to=message.id)

    text = told(message)[:_QUOTED]
    said = (
        tr("reply to yourself: {text}", text=text)
        if message.direction == "out"
        else tr("reply to {who}: {text}", who=account.author(message), text=text)
    )
    return Purpose(said, hand_over)
