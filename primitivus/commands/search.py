"""Finding messages by their words, and going to one."""

from collections.abc import Sequence

from backendd.api.records import Hit
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.conversations import named
from primitivus.commands.errors import CommandError, NoConversation
from primitivus.commands.panes import go_to as focus_on
from primitivus.commands.people import PeerJid, ProfileName
from primitivus.commands.types import ONCE, Count, Rest
from primitivus.model.area import Area
from primitivus.model.matches import Matches
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.search import Found, SearchPane


@command("search")
async def search(ctx: Context, words: Rest) -> None:
    """Find messages by their words, in all conversations; Enter goes to one, `back` returns.

    All words have to be there; "a phrase" in quotes, begin* with a star. Typing narrows the list.
    """
    found = await ctx.search.find(words)
    if not found:
        raise CommandError(f"no message has {words} in it")
    account, before = ctx.state.account, ctx.state.conversation
    pane = SearchPane(account.place(""), words, _told(ctx, found), is_all=_is_all(ctx, found))
    ctx.state.close_popup()
    ctx.state.layout.trail.go(pane)
    focus_on(ctx, "messages")
    ctx.state.show(mode="insert")
    ctx.moved(before)


@command("search-older", context="search")
async def search_older(ctx: Context) -> None:
    """Go on with a search, below what it has found."""
    pane = ctx.pane
    if isinstance(pane, SearchPane) and not pane.is_all:
        found = await ctx.search.find(pane.query, before=pane.found[-1].hit.id)
        pane.add(_told(ctx, found), is_all=_is_all(ctx, found))
        ctx.state.changed(Area.VIEW)


@command("find")
async def find(ctx: Context, words: Rest) -> None:
    """Find words in this conversation, and go to where they stand last; see next-match."""
    pane = ctx.state.conversation
    if pane is None:
        raise NoConversation
    found = await ctx.search.find(words, peer=pane.place.peer)
    if not found:
        raise CommandError(f"nothing here has {words} in it; :search looks everywhere")
    pane.matches = Matches(words, [hit.id for hit in found], _is_all(ctx, found))
    ctx.state.layout.trail.mark()
    await _show_match(ctx, pane, pane.matches)


@command("next-match")
async def next_match(ctx: Context, count: Count = ONCE) -> None:
    """Go on to the message before in which `find` has found its words."""
    await _step(ctx, count)


@command("previous-match")
async def previous_match(ctx: Context, count: Count = ONCE) -> None:
    """Go back to the message after in which `find` has found its words."""
    await _step(ctx, -count)


@command("go-to")
async def go_to(
    ctx: Context, peer: PeerJid, message: Count, profile: ProfileName | None = None
) -> None:
    """Go to a message of a conversation, by its id; `back` returns."""
    place = named(ctx, peer, profile)
    pane = ctx.state.conversation
    if pane is not None and pane.place == place:
        ctx.state.layout.trail.mark()
    else:
        pane = ctx.open(place)
    await _go(ctx, pane, message)


async def _step(ctx: Context, by: int) -> None:
    pane = ctx.state.conversation
    matches = pane.matches if pane is not None else None
    if pane is None or matches is None:
        raise CommandError("nothing was searched for here: / does it")
    # A key that is pressed quickly would ask for the same ones again and again.
    async with matches.turn:
        if matches.at + by >= len(matches.ids) and not matches.is_all:
            older = await ctx.search.find(
                matches.query, peer=pane.place.peer, before=matches.ids[-1]
            )
            matches.ids += [hit.id for hit in older]
            matches.is_all = _is_all(ctx, older)
        if not matches.step(by):
            where = "before" if by > 0 else "after"
            raise CommandError(f"{matches.query} stands nowhere {where} this")
        await _show_match(ctx, pane, matches)


async def _show_match(ctx: Context, pane: ConversationPane, matches: Matches) -> None:
    await _go(ctx, pane, matches.current)
    ctx.state.say(str(matches))


async def _go(ctx: Context, pane: ConversationPane, message_id: int) -> None:
    """Show a message among those around it."""
    ctx.state.close_popup()
    focus_on(ctx, "messages")
    ctx.state.show(mode="normal")
    pane.selected = message_id
    if not await ctx.pages.around(pane, message_id):
        pane.selected = 0
        focus_on(ctx, "input")
        raise CommandError("this message is no longer there")


def _is_all(ctx: Context, found: Sequence[Hit]) -> bool:
    return len(found) < ctx.search.most


def _told(ctx: Context, hits: Sequence[Hit]) -> list[Found]:
    account = ctx.state.account
    return [Found(account.place(hit.peer), hit, _who(ctx, hit)) for hit in hits]


def _who(ctx: Context, hit: Hit) -> str:
    name = ctx.state.account.name(hit.peer)
    return f"me to {name}" if hit.direction == "out" else name
