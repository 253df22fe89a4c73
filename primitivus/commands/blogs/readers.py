"""Answering who wants to read a blog whose readers are let in one by one."""

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated

from primitivus.client.reader_requests import ReaderRequestsPart
from primitivus.commands.arguments.people import accounts, everywhere, of_one
from primitivus.commands.arguments.types import Kind
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.model.accounts.account import Account
from primitivus.model.questions.reader_requests import ReaderQuestion, ReaderRequests, popup
from primitivus.sentences import tr


def _complete_reader(asked: Asked) -> Iterable[Candidate]:
    wanted = asked.word.casefold()
    found = everywhere(asked.known.state, _readers)
    return [each for each in found if each.text.casefold().startswith(wanted)]


def _readers(account: Account) -> Iterator[Candidate]:
    for each in ReaderQuestion.waiting(account):
        yield Candidate(each.record.jid, tr('asks to read "{blog}"', blog=each.blog))


# Who asks to read.
Reader = Annotated[str, Kind("reader", complete=_complete_reader, has_blanks=True)]


@command("reader")
async def reader(ctx: Context, who: Reader | None = None) -> None:
    """Show who asks to read a blog of yours, by default the first, and what can be answered."""
    asked, state = _the_request(ctx, who), ctx.state
    state.open_popup(popup(asked, state.accounts.told_apart(state.at(asked.place))))


@command("accept-reader")
async def accept_reader(ctx: Context, who: Reader | None = None) -> None:
    """Let somebody read a blog that is for those whom you let in, by default the first who asks."""
    asked = _the_request(ctx, who)
    ctx.state.close_popup()
    calls = ctx.at(asked.place).part(ReaderRequestsPart).calls
    await ctx.told(calls.accept_reader(asked.record.id), _is_answered(ctx, asked))
    ctx.state.say(
        tr('{name} may read "{blog}" from now on', name=asked.name, blog=asked.blog),
        account=ctx.state.at(asked.place),
    )


@command("deny-reader")
async def deny_reader(ctx: Context, who: Reader | None = None) -> None:
    """Don't let somebody read a blog of yours, by default the first who asks; they are told."""
    asked = _the_request(ctx, who)
    ctx.state.close_popup()
    calls = ctx.at(asked.place).part(ReaderRequestsPart).calls
    await ctx.told(calls.deny_reader(asked.record.id), _is_answered(ctx, asked))
    ctx.state.say(
        tr('{name} does not get to read "{blog}"', name=asked.name, blog=asked.blog),
        account=ctx.state.at(asked.place),
    )


def _is_answered(ctx: Context, asked: ReaderQuestion) -> Callable[[], bool]:
    known = ctx.state.at(asked.place).of(ReaderRequests)
    return lambda: asked.record.id not in known


def _the_request(ctx: Context, who: str | None) -> ReaderQuestion:
    """Return what is meant: of this address or name, of several the first; CommandError.

    One is named by its own word as well, as by its popup.
    """
    waiting = [each for account in accounts(ctx.state) for each in ReaderQuestion.waiting(account)]
    if not waiting:
        raise CommandError(tr("nobody asks to read a blog of yours"))
    if who is None:
        return waiting[0]
    if (exact := next((each for each in waiting if each.word == who), None)) is not None:
        return exact
    found = [each for each in waiting if who == each.record.jid]
    found = found or [each for each in waiting if who in _names(ctx, each)]
    if not found:
        raise CommandError(tr('nobody called "{who}" asks to read a blog of yours', who=who))
    of_one(ctx.state, [each.place for each in found], who)
    return found[0]


def _names(ctx: Context, asked: ReaderQuestion) -> tuple[str, str]:
    address = asked.record.jid
    return ctx.state.at(asked.place).name(address), address.partition("@")[0]
