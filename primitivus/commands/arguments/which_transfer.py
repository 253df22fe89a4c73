"""Which file a command is about: named, marked in the list, or the only one it can be about."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Annotated

from backendd.api.records import Transfer
from backendd.api.tuples import NamedTuple
from primitivus.commands.arguments.types import Kind
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.model.accounts.account import Account
from primitivus.model.editing.line import clean
from primitivus.model.files.transfers import (
    GOING,
    OVER,
    Transfers,
    has_lost_its_file,
    is_offer,
    order,
)
from primitivus.model.panes.transfers import Listed, TransfersPane
from primitivus.model.place import Place
from primitivus.model.state import State
from primitivus.sentences import tr


class Sort(NamedTuple):
    """The files that a command can be about, and what is said where there are none, or several.

    Where one of several is `rather` meant it is that one.
    """

    fits: Callable[[Transfer], bool]
    none: str
    several: str
    rather: Callable[[Transfer], bool] = lambda _: False


def _is_pausable(transfer: Transfer) -> bool:
    return transfer.state in (*GOING, "paused")


def _is_resumable(transfer: Transfer) -> bool:
    is_held = transfer.state in ("paused", "failed", "cancelled")
    return is_offer(transfer) or (is_held and not has_lost_its_file(transfer))


UNFINISHED = Sort(
    lambda transfer: transfer.state not in OVER,
    tr("no file is on its way"),
    tr("several files are on their way"),
)
PAUSABLE = Sort(_is_pausable, tr("no file goes on, or is paused"), tr("several files go on"))
RESUMABLE = Sort(
    _is_resumable,
    tr("there is no file to go on with"),
    tr("there are several files to go on with"),
    rather=lambda transfer: transfer.state == "paused",
)
OVER_ONES = Sort(
    lambda transfer: transfer.state in OVER, tr("no file is over yet"), tr("several files are over")
)


def listed(state: State) -> list[Listed]:
    """Return the transfers of all accounts that are open, in their order."""
    found = (each for account in state.accounts.opened() for each in _of(account))
    return sorted(found, key=lambda each: order(each.transfer))


def _of(account: Account) -> Sequence[Listed]:
    known = account.of(Transfers).listed()
    return [Listed(account.place(each.peer), each) for each in known]


def meant(ctx: Context, word: str | None, sort: Sort) -> tuple[Place, Transfer]:
    """Return the transfer of this name or number, else the marked one, else the only one.

    CommandError where there is none, or the list has to say which.
    """
    if word is not None:
        return _called(ctx, word, sort)
    if isinstance(ctx.pane, TransfersPane):
        return marked(ctx)
    found = [each for each in listed(ctx.state) if sort.fits(each.transfer)]
    if len(rather := [each for each in found if sort.rather(each.transfer)]) == 1:
        found = rather
    if len(found) != 1:
        raise CommandError(
            tr("{several}: :transfers lists them", several=sort.several if found else sort.none)
        )
    return found[0].place, found[0].transfer


def marked(ctx: Context) -> tuple[Place, Transfer]:
    """Return the marked one of the list that is shown; CommandError."""
    chosen = ctx.pane.chosen if isinstance(ctx.pane, TransfersPane) else None
    if chosen is None:
        raise CommandError(tr("there are no files here yet"))
    return chosen.place, chosen.transfer


def _called(ctx: Context, word: str, sort: Sort) -> tuple[Place, Transfer]:
    """Return the newest of the account of this name, one that fits rather than others."""
    here = _of(ctx.state.account)
    found = [each for each in here if str(each.transfer.id) == word]
    found += [each for each in here if each.transfer.name == word and sort.fits(each.transfer)]
    found += [each for each in here if each.transfer.name == word]
    if not found:
        raise CommandError(tr('there is no file "{word}": :transfers lists them', word=word))
    return found[0].place, found[0].transfer


def _complete(sort: Sort, asked: Asked) -> Iterable[Candidate]:
    account = asked.known.state.account
    here = [each for each in account.of(Transfers).listed() if sort.fits(each)]
    many = Counter(each.name for each in here)
    for each in here:
        if each.name.startswith(asked.word) or str(each.id).startswith(asked.word):
            way = "to" if each.direction == "out" else "from"
            about = f"{way} {account.name(each.peer)}, {each.state}"
            if many[each.name] == 1 and _is_typed(each.name):
                yield Candidate(each.name, about)
            else:
                yield Candidate(str(each.id), f"{each.name}, {about}")


def _is_typed(name: str) -> bool:
    """Return whether a name tells a file on a command line."""
    return bool(name) and not name.isdecimal() and clean(name) == name and "\n" not in name


def _kind(sort: Sort) -> Kind:
    return Kind("transfer", complete=partial(_complete, sort), has_blanks=True, may_end=True)


# Files of the account where one is, by name or by the number of their transfer.
UnfinishedFile = Annotated[str, _kind(UNFINISHED)]
PausableFile = Annotated[str, _kind(PAUSABLE)]
ResumableFile = Annotated[str, _kind(RESUMABLE)]
OverFile = Annotated[str, _kind(OVER_ONES)]
