"""All there is to know of a message."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from backendd.api import attachments
from backendd.api.records import Message
from backendd.api.words import MessageState
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.which_message import meant_in_view
from primitivus.model.account import Account
from primitivus.model.address import occupant, with_meaning
from primitivus.model.message import is_retracted, state_of
from primitivus.model.popup import Overlay
from primitivus.model.reactions import reactions
from primitivus.model.replies import quote
from primitivus.model.times import moment

# So much of a message says which one it is.
_QUOTED = 60
_DIRECT = "none: it is offered from program to program"
_NOWHERE = "nobody has said yet where it is"

Told = Iterable[tuple[str, str]]
"""What is told, each by a word; what is empty is left out."""


@command("details")
async def details(ctx: Context) -> None:
    """Show all that is known of the selected message, else of the newest in view."""
    message = await meant_in_view(ctx, lambda _: True, "there is no message here")
    message = replace(message, state=_state(ctx, message))
    told = [each for tell in DETAILS for each in tell(ctx.state.account, message)]
    told += [each for ask in ASKED for each in await ask(ctx, message)]
    lines = [(("popup.key", f"{word:<12}"), ("popup", said)) for word, said in told if said]
    ctx.state.open_popup(Overlay("Message", tuple(lines)))


def _state(ctx: Context, message: Message) -> MessageState:
    record = ctx.state.account.conversations.get(message.peer)
    pane = ctx.state.conversation
    first = pane.window.get(record.first_unread) if pane is not None and record else None
    return state_of(message, record, first)


def _way(account: Account, message: Message) -> Iterator[tuple[str, str]]:
    is_ours = message.direction == "out"
    yield "from", with_meaning(message.sender)
    yield "real JID", with_meaning(message.real_jid) if message.real_jid else ""
    yield "to", with_meaning(message.peer if is_ours else account.profile.jid)
    yield "time", moment(message.time)
    yield "received", moment(message.received) if message.received else ""
    yield "state", message.state
    yield "why", message.error[1]
    yield "encryption", message.encryption or "none"


def _ids(_: Account, message: Message) -> Iterator[tuple[str, str]]:
    yield "id", message.message_id
    yield "origin id", "" if message.origin_id == message.message_id else message.origin_id
    yield "archive id", message.stanza_id
    yield "occupant id", message.occupant_id
    yield "number", str(message.id)


def _answered(_: Account, message: Message) -> Iterator[tuple[str, str]]:
    answered = quote(message)
    if answered is not None:
        yield "answers", " ".join(answered.text.split())[:_QUOTED] or "a retracted message"


def _receipts(account: Account, message: Message) -> Iterator[tuple[str, str]]:
    if message.kind == "room":
        who = cast("Sequence[str]", message.more.get("displayed_by", ()))
        yield "seen by", ", ".join(_called(account, each) for each in who)
    elif message.state in ("delivered", "displayed"):
        word = "received by" if message.state == "delivered" else "seen by"
        yield word, _called(account, message.peer)


def _files(_: Account, message: Message) -> Iterator[tuple[str, str]]:
    for file in attachments.of(message):
        yield "file", attachments.short(file)
        yield "type", f"{file.mime}{' (encrypted)' if file.encrypted else ''}".strip()
        yield "about it", file.description
        yield "address", file.url or (_DIRECT if file.direct else _NOWHERE)
        yield "hash", file.hash


def _reactions(account: Account, message: Message) -> Iterator[tuple[str, str]]:
    for each in reactions(message):
        who = [_called(account, other) for other in each.others] + ["me"] * each.is_ours
        waits = " (waits to be sent)" if each.is_pending else ""
        yield "reacted", f"{each.emoji} {', '.join(who)}{waits}"


def _called(account: Account, jid: str) -> str:
    return occupant(jid)[1] or account.name(jid)


def _retracted(_: Account, message: Message) -> Iterator[tuple[str, str]]:
    if is_retracted(message):
        yield "retracted", f"by {with_meaning(str(message.more.get('retracted_by', '?')))}"
        yield "reason", str(message.more.get("reason", ""))


async def _edits(ctx: Context, message: Message) -> Told:
    """Return what a message said before, and when."""
    if not message.more.get("edited"):
        return ()
    edits = await ctx.account.messages.edits(message.id)
    told = [("before", f"{moment(each.time)}  {' '.join(each.body.split())}") for each in edits]
    waits = "the newest edit waits to be sent" if message.more.get("edited_pending") else ""
    return [*told, ("edited", waits)]


DETAILS: tuple[Callable[[Account, Message], Told], ...] = (
    *(_way, _retracted, _files, _receipts, _answered, _reactions, _ids),
)
"""What is told of a message, in this order; a feature adds its own."""

ASKED: tuple[Callable[[Context, Message], Awaitable[Told]], ...] = (_edits,)
"""What the backend is asked for of it, behind that."""
