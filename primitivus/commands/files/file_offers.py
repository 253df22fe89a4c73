"""Answering who offers a file."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

from backendd.api.records import Message
from primitivus.client.transfers import TransfersPart
from primitivus.commands.arguments.people import accounts, everywhere
from primitivus.commands.arguments.types import Kind
from primitivus.commands.arguments.which_message import reached, selected
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.files.placing import into
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.commands.panes.marked_row import marked_row
from primitivus.model.accounts.account import Account
from primitivus.model.files.transfers import Transfers, is_offer, name_of
from primitivus.model.panes.transfers import Listed, TransfersPane
from primitivus.sentences import tr


def _complete_offer(asked: Asked) -> Iterable[Candidate]:
    found = everywhere(asked.known.state, _offers)
    wanted = asked.word.casefold()
    return [each for each in found if each.text.casefold().startswith(wanted)]


def _offers(account: Account) -> Iterator[Candidate]:
    for each in account.of(Transfers).offers():
        yield Candidate(each.name, tr("{name} offers it", name=account.name(each.peer)))


# A file that somebody offers.
Offered = Annotated[str, Kind("offer", complete=_complete_offer, has_blanks=True)]


@command("accept-file")
async def accept_file(
    ctx: Context, file: Offered | None = None, directory: Path | None = None
) -> None:
    """Take a file that somebody offers: that of the selected message, else the newest in view.

    It goes where downloads belong, or into a DIRECTORY; nothing is ever overwritten.
    """
    await take(ctx, _the_offer(ctx, file), directory)


@command("refuse-file")
async def refuse_file(ctx: Context, file: Offered | None = None) -> None:
    """Refuse a file that somebody offers: that of the selected message, else the newest in view.

    They are told.
    """
    offer = _the_offer(ctx, file)
    calls = ctx.at(offer.place).part(TransfersPart).calls
    await ctx.told(calls.reject(offer.transfer.id), _is_answered(ctx, offer))
    ctx.state.say(tr("{name} is refused", name=name_of(offer.transfer)))


async def take(ctx: Context, offer: Listed, directory: Path | None) -> None:
    """Take a file that is offered, to where downloads belong or into a directory."""
    part, id = ctx.at(offer.place).part(TransfersPart), offer.transfer.id
    accept = partial(part.calls.accept, id)
    _, place = await ctx.told(
        into(accept, directory, offer.transfer.size), _is_answered(ctx, offer)
    )
    if place is not None:
        part.at_end(id, place)
    ctx.state.say(tr("{name} comes; :transfers shows how far it is", name=name_of(offer.transfer)))


def _is_answered(ctx: Context, offer: Listed) -> Callable[[], bool]:
    known = ctx.state.at(offer.place).of(Transfers)

    def is_answered() -> bool:
        transfer = known.get(offer.transfer.id)
        return transfer is None or not is_offer(transfer)

    return is_answered


def _the_offer(ctx: Context, file: str | None) -> Listed:
    """Return the offer that is meant: by its name, else the marked or selected one; CommandError.

    Else it is the newest in view, else the one that has waited longest.
    """
    waiting = [
        Listed(account.place(each.peer), each)
        for account in accounts(ctx.state)
        for each in account.of(Transfers).offers()
    ]
    if file is not None:
        found = [each for each in waiting if each.transfer.name == file]
        if not found:
            raise CommandError(tr('nobody offers "{file}"', file=file))
        return found[-1]
    if (row := marked_row(ctx)) is not None:
        return _require(each for each in waiting if each.transfer is row.item)
    if isinstance(ctx.pane, TransfersPane) and (chosen := ctx.pane.chosen) is not None:
        return _require(each for each in waiting if each.key == chosen.key)
    if (message := selected(ctx)) is not None:
        return _require(_of(ctx, message))
    found = [*_in_view(ctx), *waiting]
    if not found:
        raise CommandError(tr("nobody offers you a file"))
    return found[0]


def _in_view(ctx: Context) -> Iterator[Listed]:
    """Yield what the newest message in view offers that does."""
    pane = ctx.state.conversation
    if pane is None:
        return
    for message in pane.in_view():
        if found := list(_of(ctx, message)):
            reached(ctx, pane, message)
            yield from found
            return


def _require(found: Iterable[Listed]) -> Listed:
    for each in found:
        return each
    raise CommandError(tr("this one waits for no answer of yours"))


def _of(ctx: Context, message: Message) -> Iterator[Listed]:
    """Yield what a message that is shown offers."""
    account = ctx.state.account
    for each in account.of(Transfers).of_attachments(message).values():
        if is_offer(each):
            yield Listed(account.place(each.peer), each)
