"""Finding words in one conversation: from one place to the next, and on in the server's archive."""

from primitivus.client.days import Days
from primitivus.client.search import Search
from primitivus.commands.arguments.types import ONCE, Count, Rest
from primitivus.commands.arguments.which_message import conversation
from primitivus.commands.asking.endable import endable, progress
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError, NothingFound
from primitivus.commands.finding.search import show_message
from primitivus.model.messages.window import Key, key_of
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.search.matches import Matches
from primitivus.model.wording.enumerating import joined
from primitivus.model.wording.times import came, day_of
from primitivus.sentences import tr

# So many pages of places are gathered to tell which one of all of them something is.
_PAGES = 25
# So often the archive answers until whoever looks for something is asked whether to go on.
_ANSWERS = 20
_AS_FAR = tr("what it has brought so far is here")
# A time before all messages.
_FIRST_US = 1


@command("find")
async def find(ctx: Context, words: Rest) -> None:
    """Find words in this conversation, and go to where they stand next above; see next-match.

    It looks as `search` does, from the selected message on, else from the lowest in view, but the
    last word may be the beginning of one: exam finds example as exam* does, "exam" in quotes
    doesn't. The words are marked in all messages until Esc. Behind the first message that is here
    the archive of the server is read back for them, which Esc ends as well; then it begins again
    from the other end.
    """
    await _begin(ctx, words, way=1)


@command("find-newer")
async def find_newer(ctx: Context, words: Rest) -> None:
    """Find words in this conversation as `find`, and go to where they stand next below.

    What goes on to the next match goes downwards then.
    """
    await _begin(ctx, words, way=-1)


@command("next-match")
async def next_match(ctx: Context, count: Count = ONCE) -> None:
    """Go on to the next message in which `find` has found its words: above, or below if it did."""
    await _step(ctx, count)


@command("previous-match")
async def previous_match(ctx: Context, count: Count = ONCE) -> None:
    """Go back to the message before in which `find` has found its words, against its direction."""
    await _step(ctx, -count)


async def _begin(ctx: Context, words: str, *, way: int) -> None:
    pane = conversation(ctx)
    matches, here = Matches(words, [], is_all=False, way=way), _here(pane, way)
    for _ in range(_PAGES):
        await _gather(ctx, pane, matches)
        if matches.is_all or (here is None and way > 0) or (here and matches.has_passed(here)):
            break
    pane.matches = matches
    if not matches.keys:
        key = ctx.key_for("next-match") if way > 0 else ctx.key_for("previous-match")
        asks = (
            tr("{key} reads the server's archive back for it", key=key)
            if key and _may_go_on(pane)
            else ""
        )
        raise NothingFound(joined(_nothing(matches), asks, tr(":search looks everywhere")))
    ctx.state.layout.trail.mark()
    async with matches.turn:
        beside = bool(pane.selected)
        await _go(ctx, pane, matches, matches.next_to(here, is_beside=beside))


def _nothing(matches: Matches) -> str:
    """Return that nothing was found, by what was looked for."""
    asked = matches.asked
    if asked.endswith("*") and not {*asked} & {*' "'}:
        return tr('no word here begins with "{beginning}"', beginning=asked.rstrip("*"))
    return tr('no message here contains "{query}"', query=asked)


def _here(pane: ConversationPane, way: int) -> Key | None:
    """Return where one stands: at the selected message, else at an end of what is in view.

    None: behind all there is.
    """
    if pane.selected_message is not None:
        return key_of(pane.selected_message)
    shown = [*pane.in_view()] if pane.viewport.position is not None else []
    return key_of(shown[0 if way > 0 else -1]) if shown else None


def _may_go_on(pane: ConversationPane) -> bool:
    """Return whether the server may have older messages than are here."""
    return pane.window.older != "end"


async def _gather_all(ctx: Context, pane: ConversationPane, matches: Matches) -> None:
    """Take in all the others, up to so many."""
    for _ in range(_PAGES):
        if not matches.is_all:
            await _gather(ctx, pane, matches)


async def _gather(ctx: Context, pane: ConversationPane, matches: Matches) -> bool:
    """Take in the next page of those that stand before all that are known; return if there are."""
    search = ctx.at(pane.place).part(Search)
    found = await search.find_in(pane.place.peer, matches.asked, before=matches.last_id)
    matches.add(found, is_all=len(found) < search.most)
    return bool(found)


async def _step(ctx: Context, by: int) -> None:
    pane = ctx.state.conversation
    matches = pane.matches if pane is not None else None
    if pane is None or matches is None:
        raise CommandError(tr("nothing was searched for here: :find WORDS does that"))
    if matches.is_read_back:
        raise CommandError(
            tr("the archive is being read back: {key} ends it", key=ctx.key_for("cancel"))
        )
    # A key that is pressed quickly would ask for the same ones again and again.
    async with matches.turn:
        to = matches.at + by * matches.way
        last = len(matches.keys) - 1
        if to > last and not matches.is_all:
            await _gather(ctx, pane, matches)
            last = len(matches.keys) - 1
        if 0 <= matches.at < last:
            to = min(to, last)
        if matches.at > 0:
            to = max(to, 0)
        await _go(ctx, pane, matches, to)


async def _go(ctx: Context, pane: ConversationPane, matches: Matches, to: int) -> None:
    """Go to one of them; from the ends of the conversation on to the other one, which is said."""
    said = await _bring(ctx, pane, matches, to)
    if not matches.keys:
        raise NothingFound(joined(_nothing(matches), said))
    if ctx.state.conversation is not pane:
        name = ctx.state.at(pane.place).name(pane.place.peer)
        ctx.state.say(
            tr('"{query}" is looked for no more in {name}', query=matches.query, name=name)
        )
        return
    is_behind, is_before = to >= len(matches.keys), to < 0
    if is_before:
        await _gather_all(ctx, pane, matches)
    matches.at = 0 if is_behind else len(matches.keys) - 1 if is_before else to
    await show_message(ctx, pane, matches.current)
    # Going to where one types, as without modes, has ended the search before.
    matches.is_shown = True
    if is_behind or is_before:
        told = joined(matches.from_newest() if is_behind else matches.from_oldest(), said)
    else:
        told = joined(str(matches), said or _what_goes_on(ctx, matches))
    ctx.state.hint(told, lambda: matches.is_shown and ctx.state.conversation is pane)


async def _bring(ctx: Context, pane: ConversationPane, matches: Matches, to: int) -> str:
    """Have so many of them be known, if there are; return why the archive brought none."""
    if to >= len(matches.keys) and not matches.is_all:
        await _gather(ctx, pane, matches)
    if to < len(matches.keys) or not matches.is_all or not _may_go_on(pane):
        return ""
    return await _read_back(ctx, pane, matches)


async def _read_back(ctx: Context, pane: ConversationPane, matches: Matches) -> str:
    """Have the archive brought here until it has the words; return why it is read no further."""
    days = ctx.at(pane.place).part(Days)
    stored = await days.look(pane.place.peer, _FIRST_US)
    if stored.older != "server":
        return _why_not(stored.older)
    search = _look_back(ctx, pane, matches, days)
    matches.is_read_back = True
    try:
        return await endable(ctx, tr("the search in the archive"), search, so=_AS_FAR)
    finally:
        matches.is_read_back = False


async def _look_back(ctx: Context, pane: ConversationPane, matches: Matches, days: Days) -> str:
    answers, older, back = 0, "", ""
    async for found in days.read_back(pane.place.peer, _FIRST_US):
        older, back = found.older, str(day_of(came(found.message))) if found.message else ""
        if answers and await _gather(ctx, pane, matches):
            return ""
        if answers == _ANSWERS:
            key = ctx.key_for("next-match" if matches.way > 0 else "previous-match")
            goes_on = tr("{key} goes on", key=key) if key else ""
            query = matches.query
            said = tr('"{query}" is not found back to {day}', query=query, day=back)
            raise NothingFound(joined(said, goes_on))
        if answers:
            progress(ctx, tr("the archive is read back, so far to {day}", day=back))
        answers += 1
    return _why_not(older)


def _why_not(older: str) -> str:
    return tr("the server can't be asked for older ones now") if older == "offline" else ""


def _what_goes_on(ctx: Context, matches: Matches) -> str:
    """Return at the first place of several which key goes to the next."""
    key = ctx.key_for("next-match")
    is_first = matches.at == 0 and len(matches.keys) > 1
    return tr("{key} goes on", key=key) if key and is_first else ""
