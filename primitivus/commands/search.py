"""Finding messages by their words, going to one, and back."""

from collections.abc import Sequence

from backendd.api.records import Hit
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.conversations import named
from primitivus.commands.errors import CommandError, NoConversation
from primitivus.commands.types import ONCE, Count, PeerJid, ProfileName, Rest
from primitivus.commands.words import quote
from primitivus.model.jumps import Matches
from primitivus.model.listing import Entry, Listing, Markup, Part
from primitivus.model.place import Place
from primitivus.model.times import moment


@command("search")
async def search(ctx: Context, words: Rest) -> None:
    """Find messages by their words, in all conversations; Enter goes to one, `back` returns.

    All words have to be there; "a phrase" in quotes, begin* with a star. Typing narrows the list.
    """
    await _list(ctx, words, await ctx.search.find(words))


@command("search-older")
async def search_older(ctx: Context, below: Count, words: Rest) -> None:
    """Go on with a search, below the message with this id."""
    await _list(ctx, words, await ctx.search.find(words, before=below))


@command("find")
async def find(ctx: Context, words: Rest) -> None:
    """Find words in this conversation, and go to where they stand last; see next-match."""
    chat = ctx.state.chat
    if chat is None:
        raise NoConversation
    found = await ctx.search.find(words, peer=chat.peer)
    if not found:
        raise CommandError(f"nothing here has {words} in it; :search looks everywhere")
    ids, is_all = [hit.id for hit in found], len(found) < ctx.search.most
    ctx.state.jumps.matches = Matches(words, ctx.state.view.place, ids, is_all)
    ctx.state.jumps.leave(ctx.state.view.place, chat.position)
    await _show_match(ctx)


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
    if ctx.state.chat is not None:
        ctx.state.jumps.leave(ctx.state.view.place, ctx.state.chat.position)
    await _go(ctx, named(ctx, peer, profile), message)


@command("back")
async def back(ctx: Context) -> None:
    """Go back to where one was before `find`, or before going to what was found."""
    spot = ctx.state.jumps.back()
    if spot is None:
        raise CommandError("this is where you began")
    place = spot.place
    ctx.open(place)
    ctx.state.close_popup()
    ctx.state.show(pane="input", selected_message=0)
    if spot.position is None:
        await ctx.pages.newest(place.peer)
    else:
        await ctx.pages.around(place.peer, spot.position.anchor)
        ctx.state.at(place).chat_with(place.peer).position = spot.position


async def _step(ctx: Context, by: int) -> None:
    matches = ctx.state.jumps.matches
    if matches is None or matches.place != ctx.state.view.place:
        raise CommandError("nothing was searched for here: / does it")
    # A key that is pressed quickly would ask for the same ones again and again.
    async with matches.turn:
        if matches.at + by >= len(matches.ids) and not matches.is_all:
            older = await ctx.search.find(
                matches.query, peer=matches.place.peer, before=matches.ids[-1]
            )
            matches.ids += [hit.id for hit in older]
            matches.is_all = len(older) < ctx.search.most
        if not matches.step(by):
            where = "before" if by > 0 else "after"
            raise CommandError(f"{matches.query} stands nowhere {where} this")
        await _show_match(ctx)


async def _show_match(ctx: Context) -> None:
    matches = ctx.state.jumps.matches
    assert matches is not None
    await _go(ctx, matches.place, matches.current)
    ctx.state.say(str(matches))


async def _go(ctx: Context, place: Place, message_id: int) -> None:
    """Show a message among those around it."""
    if ctx.state.view.place != place:
        ctx.open(place)
    ctx.state.close_popup()
    ctx.state.show(pane="messages", mode="normal", selected_message=message_id)
    if not await ctx.pages.around(place.peer, message_id):
        ctx.state.show(pane="input", selected_message=0)
        raise CommandError("this message is no longer there")


async def _list(ctx: Context, words: str, found: Sequence[Hit]) -> None:
    if not found:
        raise CommandError(f"no message has {words} in it")
    name = quote(ctx.state.account.profile.name)
    entries = [Entry(_line(ctx, hit), f"go-to {quote(hit.peer)} {hit.id} {name}") for hit in found]
    if len(found) >= ctx.search.most:
        more = ((("hint", "older ones"),), f"search-older {found[-1].id} {words}")
        entries.append(Entry(*more))
    part = Part("The newest first; Enter goes there", tuple(entries))
    ctx.state.open_popup(Listing(f"Search: {words}", (part,), "type to narrow down"))


def _line(ctx: Context, hit: Hit) -> Markup:
    who = "me" if hit.direction == "out" else ctx.state.account.name(hit.peer)
    place = f" to {ctx.state.account.name(hit.peer)}" if hit.direction == "out" else ""
    head = ("popup.key", f"{moment(hit.time)}  {who}{place}  ")
    parts, end = [head], 0
    for start, length in hit.ranges:
        parts.append(("popup", hit.snippet[end:start]))
        parts.append(("popup.title", hit.snippet[start : start + length]))
        end = start + length
    parts.append(("popup", hit.snippet[end:]))
    return tuple(part for part in parts if part[1])
