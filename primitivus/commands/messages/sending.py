"""Sending messages, and what can be done with one that is there."""

from collections.abc import Callable

from backendd.api import attachments
from backendd.api.attachments import told, words
from backendd.api.errors import BackendError, UnknownRoom
from backendd.api.failures import LinkError, NotRunning
from backendd.api.records import Message
from primitivus.commands.arguments.people import PeerJid
from primitivus.commands.arguments.types import NOTHING, Rest
from primitivus.commands.arguments.which_message import (
    conversation,
    loaded,
    meant_in_view,
    selected,
)
from primitivus.commands.blogs.comments import send_comment
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.messages.conversations import meant, opened, visit
from primitivus.commands.panes.panes import go_to
from primitivus.commands.registry import Invocation
from primitivus.model.area import Area
from primitivus.model.editing.purpose import SAYING
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.post import PostPane
from primitivus.model.place import Place
from primitivus.sentences import tr

# So much of it where that is one thing of several in a line.
_NAMED = 60


@command("send", context="line")
async def send(ctx: Context) -> None:
    """Send the message or the comment, or run the command that was typed: /NAME or :NAME.

    A text that looks like one is sent with its sign twice: //like this, ::like this. A command that
    failed stays to be mended, or another one typed behind it takes its place.
    """
    if isinstance(ctx.state.layout.main, PostPane):
        await send_comment(ctx, ctx.state.layout.main)
        return
    pane = conversation(ctx)
    chat = pane.chat
    text = chat.editor.text.rstrip("\n")
    if not text.strip() and not chat.purpose.files:
        return
    try:
        said = ctx.registry.parse_input(text, *ctx.screen.contexts())
    except CommandError:
        chat.mend(text)
        ctx.edited()
        raise
    if isinstance(said, Invocation):
        chat.editor.take()
        ctx.edited()
        if left := await ctx.screen.run_line(text):
            _give_back(ctx, pane, left)
        return
    chat.editor.take()
    before = ctx.state.notices.current
    await send_text(ctx, pane, said.body, typed=text)
    ctx.state.notices.forgive(before)


@command("me")
async def me(ctx: Context, text: Rest) -> None:
    """Say what you do: /me waves."""
    await send_text(ctx, conversation(ctx), f"/me {text}", typed=f"/me {text}")


@command("say")
async def say(ctx: Context, text: Rest) -> None:
    """Send a text as it is, whatever it begins with."""
    await send_text(ctx, conversation(ctx), text, typed=text)


@command("msg")
async def msg(ctx: Context, peer: PeerJid, text: Rest = NOTHING) -> None:
    """Send a text to somebody from where you are; without one, open the conversation, as :chat.

    It goes out from this account. What is being typed to them already stays there.
    """
    if not text.strip():
        await visit(ctx, await opened(ctx, peer, None), peer, None)
        return
    place = meant(ctx, peer, ctx.state.account.profile.name)
    if place == ctx.state.layout.place:
        await send_text(ctx, conversation(ctx), text, typed=text)
        return
    try:
        await ctx.at(place).sending.send(place.peer, text, SAYING, typed=text, draft="")
    except UnknownRoom as error:
        _tell_what_enters(ctx, place, error)
    name = ctx.state.at(place).title(place.peer)
    ctx.state.say(tr('to {who}: "{text}"', who=name, text=" ".join(text.split())[:_NAMED]))


@command("select")
async def select(ctx: Context) -> None:
    """Select a message, the newest in view; move with the arrows."""
    pane = ctx.state.conversation
    if pane is None:
        return
    go_to(ctx, "messages")
    await loaded(ctx, pane)
    pane.select()


@command("copy")
async def copy(ctx: Context) -> None:
    """Copy the selected message, else the newest text in view, or a post, to the clipboard.

    In tmux it is in tmux's own buffer; elsewhere the terminal is sent it (OSC 52), and decides.
    """
    if isinstance(ctx.pane, PostPane):
        ctx.state.say(await ctx.screen.copy(_said_in(ctx.pane)))
        return
    message = await meant_in_view(
        ctx, lambda each: bool(told(each)), tr("no message to copy is in view")
    )
    addresses = "\n".join(each.url for each in attachments.of(message) if each.url)
    said = await ctx.screen.copy(words(message) or addresses or told(message))
    if selected(ctx) is None:
        said += f": {' '.join(told(message)[:_NAMED].split())}"
    ctx.state.say(said)


def _said_in(pane: PostPane) -> str:
    said = pane.meant
    if said is None:
        raise CommandError(tr("the post isn't there yet"))
    return "\n\n".join(filter(None, (said.title, said.body)))


def is_changed(ctx: Context, message: Message) -> Callable[[], bool]:
    """Return what tells whether a message is another than it was, or gone, where one is."""
    pane = ctx.state.conversation
    return lambda: pane is None or pane.window.get(message.id) != message


async def send_or_type(ctx: Context, pane: ConversationPane, text: str) -> None:
    """Send a text for what the conversation is at, an answer or a change; without one type it."""
    if text:
        await send_text(ctx, pane, text, typed=text)
        return
    pane.selected = 0
    go_to(ctx, "input")
    ctx.state.show(mode="insert")
    ctx.state.changed(Area.INPUT)


async def send_text(ctx: Context, pane: ConversationPane, body: str, *, typed: str) -> None:
    """Hand a message over; if it is refused, what was typed is back in the input."""
    account, chat = ctx.at(pane.place), pane.chat
    if not body.strip() and not chat.purpose.files:
        return
    is_taken, purpose = False, chat.leave()
    # Beside what is typed still, which stays a draft, something else is said.
    is_draft = not purpose.is_change and not chat.drafted
    draft = chat.draft.id if is_draft else ""
    if is_draft:
        chat.draft.begin(chat.drafted)
    pane.unread.line = pane.selected = 0
    if chat.is_peeked:
        chat.release()
    account.typing.sent()
    ctx.state.changed(Area.INPUT)
    if not pane.window.newer:
        pane.go_to_end()
    try:
        await account.sending.send(chat.peer, body, purpose, typed=typed, draft=draft)
        is_taken = True
    except (BackendError, LinkError) as error:
        chat.give_back(purpose, typed, is_ended=isinstance(error, NotRunning))
        ctx.edited()
        _tell_what_enters(ctx, pane.place, error)
        raise
    finally:
        if is_draft:
            chat.draft.end(is_taken=is_taken)
    if pane.window.newer:
        await account.pages.newest(pane)


def _tell_what_enters(ctx: Context, place: Place, error: Exception) -> None:
    """Raise CommandError where it is for a room that has to be entered before."""
    if isinstance(error, UnknownRoom):
        name, who = ctx.state.at(place).name(place.peer), place.peer.partition("/")[0]
        said = tr("you are not in {name}; :join {who} enters it", name=name, who=who)
        raise CommandError(said) from error


def _give_back(ctx: Context, pane: ConversationPane, line: str) -> None:
    """Have a command that failed be there to be mended, unless something else is typed by now."""
    if pane.chat.editor.text:
        return
    pane.chat.mend(line)
    if ctx.message_chat is pane.chat:
        ctx.edited()
