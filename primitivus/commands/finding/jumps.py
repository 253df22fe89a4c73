"""Going to places in a conversation: what is new, who speaks to the user, a day."""

from typing import Literal

from backendd.api.records import Message
from primitivus.client.days import Days, Found
from primitivus.commands.arguments.days import Day, begins_us
from primitivus.commands.arguments.types import ONCE, Count
from primitivus.commands.arguments.which_message import conversation
from primitivus.commands.asking.endable import endable, progress
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError, NothingFound
from primitivus.commands.finding.search import show_message
from primitivus.model.area import Area
from primitivus.model.messages.mentions import speaks_to_us
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.post import PostPane
from primitivus.model.wording.enumerating import joined
from primitivus.model.wording.times import came, day_of
from primitivus.sentences import tr

_AS_FAR = tr("what it has brought so far is here")


@command("unread")
async def unread(ctx: Context, where: Literal["", "above", "below"] = "") -> None:
    """Go to where reading had stopped in this conversation, at the "new" line; `back` returns.

    Where you have left out something that is new above what shows, it is the first of that; `below`
    goes to the newest message. In a post it is the first unread comment above what shows, else the
    first below, or the one where you say.
    """
    if isinstance(ctx.state.layout.main, PostPane):
        _to_unread_comment(ctx, ctx.state.layout.main, where)
        return
    pane = conversation(ctx)
    if where == "below":
        pane.leave()
        await ctx.at(pane.place).pages.newest(pane)
        return
    record = ctx.state.at(pane.place).conversation(pane.place.peer)
    skipped = pane.unread.unseen(pane.window, record) if pane.viewport.skipped is not None else 0
    line = skipped or pane.new_line or (record.first_unread if record.unread else 0)
    if not line:
        raise NothingFound(tr("nothing is new here"))
    ctx.state.layout.trail.mark()
    pane.leave()
    pane.unread.seek(line)
    ctx.state.changed(Area.MESSAGES)


def _to_unread_comment(ctx: Context, pane: PostPane, where: str) -> None:
    ways = [way for way in ("above", "below") if where in ("", way)]
    if not any(pane.talk.to_unread(is_below=way == "below") for way in ways):
        raise NothingFound(tr("nothing is new here"))
    ctx.state.changed(Area.VIEW)


@command("next-mention")
async def next_mention(ctx: Context, count: Count = ONCE) -> None:
    """Go to the next message of this conversation that speaks to you; `back` returns."""
    await _to_mention(ctx, 1, count)


@command("previous-mention")
async def previous_mention(ctx: Context, count: Count = ONCE) -> None:
    """Go to the last message before that speaks to you; `back` returns."""
    await _to_mention(ctx, -1, count)


@command("date")
async def date(ctx: Context, day: Day) -> None:
    """Go to the first message of a day in this conversation, as in `:date 2026-01-31`.

    `today` and `yesterday` are days too; where nothing came on that day, it is the next message
    after it. Of what is older than all that is here the server is asked, which Esc ends; `back`
    returns.
    """
    pane = conversation(ctx)
    days, peer = ctx.at(pane.place).part(Days), pane.place.peer
    try:
        begins = begins_us(day)
    except ValueError as error:
        raise CommandError(str(error)) from None
    found, older = await days.look(peer, begins)
    if older == "server":
        search = _look_back(ctx, days, peer, begins)
        found, older = await endable(ctx, tr("the search in the archive"), search, so=_AS_FAR)
        if ctx.state.conversation is not pane:
            ctx.state.say(
                tr(
                    "{day} is found now in {name}",
                    day=day,
                    name=ctx.state.at(pane.place).name(peer),
                )
            )
            return
    if found is None:
        raise NothingFound(tr("nothing was said here yet"))
    ctx.state.layout.trail.mark()
    await show_message(ctx, pane, found.id)
    came_on = day_of(came(found))
    if came_on != day:
        why = tr("the server can't be asked for older ones now") if older else ""
        said = (
            tr(
                "nothing here is from {day}: this is the next after it, from {came_on}",
                day=day,
                came_on=came_on,
            )
            if came_on > day
            else tr(
                "nothing here is from {day}: this is the last before it, from {came_on}",
                day=day,
                came_on=came_on,
            )
        )
        ctx.state.say(joined(said, why))


async def _look_back(ctx: Context, days: Days, peer: str, time_us: int) -> Found:
    """Return what came at a time once the archive was read back so far, which is told meanwhile."""
    found, answers = Found(None), 0
    async for found in days.read_back(peer, time_us):
        if found.message is not None and answers:
            far = day_of(came(found.message))
            progress(ctx, tr("the archive is read back, so far to {day}", day=far))
        answers += 1
    return found


async def _to_mention(ctx: Context, by: int, count: int) -> None:
    pane = conversation(ctx)
    at = pane.window.index(pane.selected) if pane.selected else _edge(pane, by)
    pages, found = ctx.at(pane.place).pages, 0
    for _ in range(count):
        found = await pages.find(pane, at, by, _is_mention)
        if not found:
            nothing = (
                tr("nothing below this speaks to you")
                if by > 0
                else tr("nothing above this speaks to you")
            )
            is_room = ctx.state.at(pane.place).conversation(pane.place.peer).kind == "room"
            why = "" if is_room else tr("outside of rooms only words of :set highlight do")
            raise NothingFound(joined(nothing, why))
        at = pane.window.index(found)
        if at < 0:
            break
    ctx.state.layout.trail.mark()
    await show_message(ctx, pane, found)


def _edge(pane: ConversationPane, by: int) -> int:
    """Return the index just outside of what is in view, where one begins to look."""
    shown = list(pane.viewport.in_view())
    if not shown:
        return -1 if by > 0 else len(pane.window)
    return shown[-1] - 1 if by > 0 else shown[0] + 1


def _is_mention(message: Message) -> bool:
    return message.direction == "in" and speaks_to_us(message.more)
