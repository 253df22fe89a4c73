"""What waits for an answer of the user: listed, and gone to one after the other."""

from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.model.accounts.acting import acting_as
from primitivus.model.popups.listing import Entry, Listing, Part
from primitivus.model.questions.question import Question
from primitivus.model.questions.questions import waiting
from primitivus.model.state import State
from primitivus.sentences import tr


@command("requests")
async def requests(ctx: Context) -> None:
    """Show what waits for your answer, and how to give it; of several, Enter opens one."""
    asked = list(waiting(ctx.state))
    if not asked:
        ctx.state.hint(tr("nothing waits for your answer"), lambda: not list(waiting(ctx.state)))
    elif len(asked) == 1:
        ctx.state.say(f"{asked[0].told}: {asked[0].how}", account=ctx.state.at(asked[0].place))
    else:
        entries = tuple(_entry(ctx.state, each) for each in asked)
        part = Part(tr("Waiting for your answer"), entries)
        ctx.state.open_popup(Listing(tr("Requests"), (part,), tr("type to search")))


@command("next-notification")
async def next_notification(ctx: Context) -> None:
    """Go to what waits for you: one request after the other, then unread messages."""
    asked = list(waiting(ctx.state))
    here = [number for number, each in enumerate(asked) if each.is_at(ctx.state)]
    left = asked[here[-1] + 1 :] if here else asked
    ctx.state.close_popup()
    if not left:
        await ctx.screen.run_line("next-unread")
        return
    with acting_as(left[0].place.account):
        await ctx.screen.run_line(left[0].line)


def _entry(state: State, question: Question) -> Entry:
    whose = state.accounts.told_apart(state.at(question.place))
    told = f"{whose}: {question.told}" if whose else question.told
    line = ("popup", told), ("hint", f"  {question.how}")
    return Entry(line, question.line, whose=question.place.account)
