"""Answering who offers a file."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated

from primitivus.client.transfers import TransfersPart
from primitivus.commands.command import command
from primitivus.commands.completions import Asked, Candidate
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.files import absolute
from primitivus.commands.people import accounts, everywhere
from primitivus.commands.types import Kind
from primitivus.model.account import Account
from primitivus.model.file_offers import FileOffer, is_offer, popup
from primitivus.model.panes.transfers import TransfersPane
from primitivus.model.transfers import Transfers, name_of


def _complete_offer(asked: Asked) -> Iterable[Candidate]:
    found = everywhere(asked.known.state, _offers)
    wanted = asked.word.casefold()
    return [each for each in found if each.text.casefold().startswith(wanted)]


def _offers(account: Account) -> Iterator[Candidate]:
    for each in FileOffer.waiting(account):
        yield Candidate(each.name, f"{each.sender} offers it")


# A file that somebody offers.
Offered = Annotated[str, Kind("offer", complete=_complete_offer, has_blanks=True)]


@command("file-offer")
async def file_offer(ctx: Context, file: Offered | None = None) -> None:
    """Show a file that somebody offers, by default the first, and what can be answered."""
    asked, state = _the_offer(ctx, file), ctx.state
    state.open_popup(popup(asked, state.accounts.told_apart(state.at(asked.place))))


@command("accept-file")
async def accept_file(
    ctx: Context, file: Offered | None = None, directory: Path | None = None
) -> None:
    """Take a file that somebody offers, by default the first: to where downloads belong.

    With a DIRECTORY, of the backend's machine, it goes there. Nothing is ever overwritten.
    """
    asked = _the_offer(ctx, file)
    ctx.state.close_popup()
    where = str(absolute(directory)) if directory is not None else ""
    calls = ctx.at(asked.place).part(TransfersPart).calls
    await ctx.told(calls.accept(asked.record.id, where), _is_answered(ctx, asked))
    ctx.state.say(f"{name_of(asked.record)} comes; :transfers shows how far it is")


@command("refuse-file")
async def refuse_file(ctx: Context, file: Offered | None = None) -> None:
    """Refuse a file that somebody offers, by default the first; they are told."""
    asked = _the_offer(ctx, file)
    ctx.state.close_popup()
    calls = ctx.at(asked.place).part(TransfersPart).calls
    await ctx.told(calls.reject(asked.record.id), _is_answered(ctx, asked))
    ctx.state.say(f"{name_of(asked.record)} is refused")


def _is_answered(ctx: Context, asked: FileOffer) -> Callable[[], bool]:
    known = ctx.state.at(asked.place).of(Transfers)

    def is_answered() -> bool:
        transfer = known.get(asked.record.id)
        return transfer is None or not is_offer(transfer)

    return is_answered


def _the_offer(ctx: Context, file: str | None) -> FileOffer:
    """Return the offer that is meant: by its name or word, else the marked one, else the first.

    CommandError.
    """
    waiting = [each for account in accounts(ctx.state) for each in FileOffer.waiting(account)]
    if file is not None:
        found = [each for each in waiting if file in (each.word, each.name)]
        if not found:
            raise CommandError(f'nobody offers "{file}"; :requests lists what waits')
        return found[-1]
    pane = ctx.pane
    if isinstance(pane, TransfersPane) and pane.chosen is not None:
        key = pane.chosen.key
        waiting = [each for each in waiting if (each.place.account, each.record.id) == key]
        if not waiting:
            raise CommandError("this one waits for no answer of yours")
    if not waiting:
        raise CommandError("nobody offers you a file")
    return waiting[0]
