"""Answering what has to be answered before something gets through: captchas."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Annotated

from backendd.api.errors import BackendError
from backendd.api.records import Challenge, Form
from primitivus.client.challenges import ChallengesPart
from primitivus.commands.arguments.people import accounts, everywhere, of_one
from primitivus.commands.arguments.types import Kind
from primitivus.commands.asking.forms import fill_in_form
from primitivus.commands.asking.media import Asker
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.model.accounts.account import Account
from primitivus.model.popups.forms import SEND, Answers, Button
from primitivus.model.questions.challenges import ChallengeQuestion, Challenges
from primitivus.sentences import tr

DECLINE = Button("decline", tr("Don't answer"), is_filled=False)


def _complete_challenge(asked: Asked) -> Iterable[Candidate]:
    wanted = asked.word.casefold()
    found = everywhere(asked.known.state, _asked)
    return [each for each in found if each.text.casefold().startswith(wanted)]


def _asked(account: Account) -> Iterator[Candidate]:
    for each in account.of(Challenges).listed():
        yield Candidate(each.about, tr("asks something"))


# To whom that was sent what waits for an answer.
AskedAbout = Annotated[str, Kind("challenge", complete=_complete_challenge)]


@command("challenge")
async def challenge(ctx: Context, about: AskedAbout | None = None) -> None:
    """Answer a captcha: what a room, or somebody's server, asks before yours gets through.

    By default the first that waits. A picture to look at is a link; some can be answered on the web
    as well.
    """
    asked = _the_challenge(ctx, about)
    account, record = ctx.at(asked.place), asked.record
    part, problems = account.part(ChallengesPart), list[BackendError]()
    told = ""

    async def use(answers: Answers, button: Button) -> None:
        nonlocal told
        told = tr("gets no answer from you") if button is DECLINE else tr("has your answer")
        try:
            if button is DECLINE:
                await part.calls.decline_challenge(record.id)
            else:
                await part.calls.answer_challenge(record.id, answers)
        except BackendError as error:
            if record.id in part.known:
                raise
            problems.append(error)  # it is over, and nothing can be filled in again

    part.known.opened = record.id
    try:
        is_done = await fill_in_form(
            ctx, account.known, _form(record), use,
            purpose=asked.about, title=asked.name, buttons=(SEND, DECLINE),
            asker=Asker(partial(part.calls.media, record.jid)),
        )  # fmt: skip
    finally:
        part.known.opened = ""
    if problems:
        raise CommandError(str(problems[0]))
    if is_done:
        ctx.state.say(f"{asked.name} {told}", account=account.known)


def _form(record: Challenge) -> Form:
    """Return what is to be filled in, with what is said about it."""
    form = record.form or Form()
    said = [record.text] if record.text else []
    said += (
        [tr("on the web: {url}", url=record.url)]
        if record.url and record.url not in record.text
        else []
    )
    return replace(form, instructions=[*said, *form.instructions])


def _the_challenge(ctx: Context, about: str | None) -> ChallengeQuestion:
    """Return what is meant: what is asked about this address, or the first; CommandError."""
    waiting = [
        each for account in accounts(ctx.state) for each in ChallengeQuestion.waiting(account)
    ]
    if not waiting:
        raise CommandError(tr("nothing waits for your answer"))
    if about is None:
        return waiting[0]
    if (exact := next((each for each in waiting if each.word == about), None)) is not None:
        return exact
    found = [each for each in waiting if each.place.peer == about]
    found = found or [each for each in waiting if about in _names(ctx, each)]
    if not found:
        raise CommandError(tr('nobody asks anything about "{about}"', about=about))
    of_one(ctx.state, [each.place for each in found], about)
    return found[0]


def _names(ctx: Context, asked: ChallengeQuestion) -> tuple[str, str]:
    address = asked.place.peer
    return ctx.state.at(asked.place).name(address), address.partition("@")[0]
