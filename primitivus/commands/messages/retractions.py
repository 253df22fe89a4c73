"""Taking messages back: one's own, and as a moderator those of others in a room."""

from collections.abc import Iterator

from backendd.api import attachments
from backendd.api.attachments import told
from backendd.api.records import Message
from primitivus.client.retractions import Retractions
from primitivus.commands.arguments.types import NOTHING, Rest
from primitivus.commands.arguments.which_message import meant_own
from primitivus.commands.asking.forms import confirm
from primitivus.commands.blogs.own_entries import retract_entry, shows_entries
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.messages.sending import is_changed
from primitivus.commands.rooms import rights
from primitivus.commands.rooms.standing import require_moderator
from primitivus.model.messages.message import is_retracted
from primitivus.model.rooms.rooms import Rooms
from primitivus.sentences import tr

# So much of a message says which one is meant.
_QUOTED = 200


@command("retract")
async def retract(ctx: Context, reason: Rest = NOTHING) -> None:
    """Take the selected message of yours back, else the newest, after asking.

    Moderators take back what others said in a room, and may give a REASON for all to read. Of blogs
    it is the post that is shown or marked, or the marked comment: yours, one in your own blog, or
    one in the blog of a group, whose service lets its owner.
    """
    if shows_entries(ctx):
        await retract_entry(ctx)
        return
    account = ctx.account
    _, message = await meant_own(ctx, tr("there is no message of yours here to retract"))
    if is_retracted(message):
        raise CommandError(tr("this message has been retracted already"))
    is_ours = message.direction == "out"
    if not is_ours:
        _require_moderator(ctx, message)
    if not await confirm(ctx, tr("Take a message back"), _asked(message, is_ours=is_ours)):
        return
    if is_ours:
        call = account.messages.retract(message.id)
    else:
        call = account.part(Retractions).moderate(message.peer, message.id, reason)
    await ctx.told(call, is_changed(ctx, message))


def _require_moderator(ctx: Context, message: Message) -> None:
    if message.kind != "room":
        raise CommandError(tr("only your own messages can be retracted"))
    room = ctx.state.account.place(message.peer)
    require_moderator(ctx, room, rights.takes_back)
    known = ctx.state.account.of(Rooms).get(message.peer)
    if known is not None and not known.retracts:
        name = ctx.state.account.name(message.peer)
        raise CommandError(
            tr('"{name}" has no way to take back what others said, for anybody', name=name)
        )


def _asked(message: Message, *, is_ours: bool) -> str:
    return "\n".join((told(message)[:_QUOTED], *_what_becomes(message, is_ours=is_ours)))


def _what_becomes(message: Message, *, is_ours: bool) -> Iterator[str]:
    if not is_ours:
        yield tr("The room is asked to remove it for everybody, but they may have read it.")
    elif message.state == "failed":
        yield tr("It was not sent: it is removed here, for good.")
    elif message.state == "pending":
        yield tr("It is removed here for good. If it is on its way, others are asked to as well.")
    else:
        yield tr("It is removed here for good. Others are asked to, but may have read it.")
        if any(file.url for file in attachments.of(message)):
            yield tr("Its file stays on the server, and in :transfers.")
