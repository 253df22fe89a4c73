"""Finding messages by their words, and going to one."""

import asyncio

from backendd.api.records import Hit
from primitivus.client.search import Search
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.conversations import named
from primitivus.commands.elsewhere import look_in_posts
from primitivus.commands.errors import CommandError
from primitivus.commands.panes import again, show
from primitivus.commands.panes import go_to as focus_on
from primitivus.commands.people import PeerJid, ProfileName
from primitivus.commands.types import NOTHING, ONCE, Count, Rest
from primitivus.model.account import Account
from primitivus.model.area import Area
from primitivus.model.matches import Matches
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.search import Found, SearchPane


@command("search")
async def search(ctx: Context, words: Rest = NOTHING) -> None:
    """Find messages by their words, in all conversations; Enter opens one, `back` returns.

    All words have to be there; "a phrase" in quotes, begin* with a star. Typing narrows the list.
    Without words it shows again what was found last. Posts of blogs have a search of their own,
    `blog-search`.
    """
    if not words:
        _show_found(ctx)
        return
    found, is_all = await _find_everywhere(ctx, words)
    if found:
        show(ctx, SearchPane(ctx.state.account.place(""), words, found, is_all=is_all))
    await look_in_posts(ctx, words, is_any=bool(found))


def _show_found(ctx: Context) -> None:
    """Show again what was found last; CommandError where nothing was searched for."""
    blank = SearchPane(ctx.state.account.place(""), "", (), is_all=True)
    if (found := again(ctx, blank)) is blank:
        raise CommandError("nothing was searched for yet: give words to find")
    show(ctx, found)


@command("search-older", context="search")
async def search_older(ctx: Context) -> None:
    """Go on with a search, below what it has found."""
    pane = ctx.pane
    if isinstance(pane, SearchPane) and not pane.is_all:
        found, is_all = await _find_everywhere(ctx, pane.query, before=pane.found[-1].hit.id)
        pane.add(found, is_all=is_all)
        ctx.state.changed(Area.VIEW)


@command("find")
async def find(ctx: Context, words: Rest) -> None:
    """Find words in this conversation, and go to where they stand last; see next-match."""
    pane = ctx.state.conversation
    if pane is None:
        raise ctx.no_conversation()
    search = ctx.at(pane.place).part(Search)
    found = await search.find(words, peer=pane.place.peer)
    if not found:
        raise CommandError(f'no message here contains "{words}"; :search looks everywhere')
    pane.matches = Matches(words, [hit.id for hit in found], len(found) < search.most)
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
    await show_message(ctx, pane, message)


async def _step(ctx: Context, by: int) -> None:
    pane = ctx.state.conversation
    matches = pane.matches if pane is not None else None
    if pane is None or matches is None:
        raise CommandError("nothing was searched for here: :find WORDS does that")
    # A key that is pressed quickly would ask for the same ones again and again.
    async with matches.turn:
        if matches.at + by >= len(matches.ids) and not matches.is_all:
            search = ctx.at(pane.place).part(Search)
            older = await search.find(matches.query, peer=pane.place.peer, before=matches.ids[-1])
            matches.ids += [hit.id for hit in older]
            matches.is_all = len(older) < search.most
        if not matches.step(by):
            where = "before" if by > 0 else "after"
            raise CommandError(f'"{matches.query}" is not found {where} this')
        await _show_match(ctx, pane, matches)


async def _show_match(ctx: Context, pane: ConversationPane, matches: Matches) -> None:
    await show_message(ctx, pane, matches.current)
    ctx.state.say(f"{matches}{_what_goes_on(ctx, matches)}")


def _what_goes_on(ctx: Context, matches: Matches) -> str:
    """Return at the first place of several which key goes to the next."""
    key = ctx.key_for("next-match")
    is_first = matches.at == 0 and len(matches.ids) > 1
    return f"; {key} goes on" if key and is_first else ""


async def show_message(ctx: Context, pane: ConversationPane, message_id: int) -> None:
    """Show a message among those around it."""
    ctx.state.close_popup()
    # Without modes what is typed is written, as behind a search in emacs.
    focus_on(ctx, "messages" if ctx.state.view.is_modal else "input")
    ctx.state.show(mode="normal")
    pane.selected = message_id
    if not await ctx.at(pane.place).pages.around(pane, message_id):
        pane.selected = 0
        focus_on(ctx, "input")
        raise CommandError("there is no such message, or no longer")


async def _find_everywhere(
    ctx: Context, words: str, *, before: int = 0
) -> tuple[list[Found], bool]:
    """Return what all accounts have, those stored last first, and whether there is no more."""
    accounts = [each for each in ctx.accounts if not each.known.is_locked]
    searches = [each.part(Search) for each in accounts]
    found = await asyncio.gather(*(each.find(words, before=before) for each in searches))
    hits = [
        (account.known, hit) for account, hits in zip(accounts, found, strict=True) for hit in hits
    ]
    most = max((each.most for each in searches), default=0)
    hits.sort(key=lambda each: each[1].id, reverse=True)
    told = [Found(account.place(hit.peer), hit, _who(ctx, account, hit)) for account, hit in hits]
    return told[:most], len(told) < most


def _who(ctx: Context, account: Account, hit: Hit) -> str:
    name = account.name(hit.peer)
    whose = ctx.state.accounts.told_apart(account)
    author = account.author(hit)
    who = f"{author} in {name}" if hit.kind == "room" and author != name else name
    who = f"me to {name}" if hit.direction == "out" else who
    return f"{whose}: {who}" if whose else who
