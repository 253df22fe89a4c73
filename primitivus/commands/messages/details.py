"""All there is to know of a message."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from backendd.api import attachments
from backendd.api.records import Message
from backendd.api.words import MessageState
from primitivus.commands.arguments.which_message import meant_in_view
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.failures import reason
from primitivus.model.accounts.account import Account
from primitivus.model.files.transfers import Transfers
from primitivus.model.messages.message import is_retracted, state_of
from primitivus.model.messages.reactions import reactions
from primitivus.model.messages.replies import quote
from primitivus.model.popups.popup import Overlay
from primitivus.model.wording.address import occupant, with_meaning
from primitivus.model.wording.terms import term
from primitivus.model.wording.times import moment
from primitivus.sentences import ctr, tr

# So much of a message says which one it is.
_QUOTED = 60
_DIRECT = tr("none: it is offered from program to program")
_NOWHERE = tr("nobody has said yet where it is")

Told = Iterable[tuple[str, str]]
"""What is told, each by a word; what is empty is left out."""


@command("details")
async def details(ctx: Context) -> None:
    """Show all that is known of the selected message, else of the newest in view."""
    message = await meant_in_view(ctx, lambda _: True, tr("there is no message here"))
    message = replace(message, state=_state(ctx, message))
    told = [each for tell in DETAILS for each in tell(ctx.state.account, message)]
    told += [each for ask in ASKED for each in await ask(ctx, message)]
    lines = [(("popup.key", f"{word:<12}"), ("popup", said)) for word, said in told if said]
    ctx.state.open_popup(Overlay(tr("Message"), tuple(lines)))


def _state(ctx: Context, message: Message) -> MessageState:
    record = ctx.state.account.conversations.get(message.peer)
    pane = ctx.state.conversation
    first = pane.window.get(record.first_unread) if pane is not None and record else None
    return state_of(message, record, first)


def _way(account: Account, message: Message) -> Iterator[tuple[str, str]]:
    is_ours = message.direction == "out"
    yield ctr("of a message", "from"), with_meaning(message.sender)
    yield tr("real JID"), with_meaning(message.real_jid) if message.real_jid else ""
    yield (
        ctr("of a message", "to"),
        with_meaning(message.peer if is_ours else account.profile.jid),
    )
    yield tr("time"), moment(message.time)
    yield tr("received"), moment(message.received) if message.received else ""
    yield tr("state"), term(message.state)
    yield tr("why"), reason(message.error)
    yield tr("encryption"), term(message.encryption or "none")


def _ids(_: Account, message: Message) -> Iterator[tuple[str, str]]:
    yield tr("id"), message.message_id
    yield tr("origin id"), "" if message.origin_id == message.message_id else message.origin_id
    yield tr("archive id"), message.stanza_id
    yield tr("occupant id"), message.occupant_id
    yield tr("number"), str(message.id)


def _answered(_: Account, message: Message) -> Iterator[tuple[str, str]]:
    answered = quote(message)
    if answered is not None:
        yield tr("answers"), " ".join(answered.text.split())[:_QUOTED] or tr("a retracted message")


def _receipts(account: Account, message: Message) -> Iterator[tuple[str, str]]:
    if message.kind == "room":
        who = cast("Sequence[str]", message.more.get("displayed_by", ()))
        yield tr("seen by"), ", ".join(_called(account, each) for each in who)
    elif message.state in ("delivered", "displayed"):
        word = tr("received by") if message.state == "delivered" else tr("seen by")
        yield word, _called(account, message.peer)


def _files(account: Account, message: Message) -> Iterator[tuple[str, str]]:
    moved = account.of(Transfers).of_attachments(message)
    for file in attachments.of(message):
        yield tr("file"), attachments.short(file)
        encrypted = tr("(encrypted)") if file.encrypted else ""
        yield tr("type"), f"{file.mime} {encrypted}".strip()
        yield tr("about it"), file.description
        yield tr("address"), file.url or (_DIRECT if file.direct else _NOWHERE)
        yield tr("hash"), file.hash
        if file.index in moved:
            yield tr("its way"), "; ".join(moved[file.index].remarks)


def _reactions(account: Account, message: Message) -> Iterator[tuple[str, str]]:
    for each in reactions(message):
        who = [_called(account, other) for other in each.others] + [tr("me")] * each.is_ours
        waits = " " + tr("(waits to be sent)") if each.is_pending else ""
        yield tr("reacted"), f"{each.emoji} {', '.join(who)}{waits}"


def _called(account: Account, jid: str) -> str:
    return occupant(jid)[1] or account.name(jid)


def _retracted(_: Account, message: Message) -> Iterator[tuple[str, str]]:
    if is_retracted(message):
        yield (
            tr("retracted"),
            tr("by {whom}", whom=with_meaning(str(message.more.get("retracted_by", "?")))),
        )
        yield tr("reason"), str(message.more.get("reason", ""))


async def _edits(ctx: Context, message: Message) -> Told:
    """Return what a message said before, and when."""
    if not message.more.get("edited"):
        return ()
    edits = await ctx.account.messages.edits(message.id)
    said = [(each.time, attachments.said_in(message, each.body)) for each in edits]
    told = [(tr("before"), f"{moment(time)}  {' '.join(text.split())}") for time, text in said]
    waits = tr("the newest edit waits to be sent") if message.more.get("edited_pending") else ""
    return [*told, (tr("edited"), waits)]


DETAILS: tuple[Callable[[Account, Message], Told], ...] = (
    *(_way, _retracted, _files, _receipts, _answered, _reactions, _ids),
)
"""What is told of a message, in this order; a feature adds its own."""

ASKED: tuple[Callable[[Context, Message], Awaitable[Told]], ...] = (_edits,)
"""What the backend is asked for of it, behind that."""
