"""Finding messages by their words, and going to one."""

import asyncio
from dataclasses import replace

from backendd.api.records import Hit
from primitivus.client.search import Search
from primitivus.commands.arguments.people import PeerJid, ProfileName
from primitivus.commands.arguments.types import NOTHING, Count
from primitivus.commands.arguments.wanted import Words, read
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError, NothingFound
from primitivus.commands.messages.conversations import named
from primitivus.commands.messages.elsewhere import IN_ARCHIVES, look_in_posts
from primitivus.commands.panes.panes import again, show
from primitivus.commands.panes.panes import go_to as focus_on
from primitivus.model.accounts.account import Account
from primitivus.model.area import Area
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.search import Found, SearchPane
from primitivus.model.search.wanted import Narrowed, Wanted
from primitivus.sentences import tr


@command("search")
async def search(ctx: Context, words: Words = NOTHING) -> None:
    """Find messages by their words, in all conversations; Enter opens one, `back` returns.

    All words have to be there, as whole ones; "a phrase" in quotes, begin* with a star. Typing
    narrows the list.
    from:bob in:garden after:2026-01-31 before:yesterday on:today among them narrow the search
    itself: to what somebody wrote, or me; to a conversation; from a day on, to days before one, to
    one day. What is in quotes is looked for as it is written. Without words it shows again what
    was found last.

    What is stored here is looked through. Of what only the archive of a server has, `find` brings
    what it looks for in a conversation, and `date` a day. Posts of blogs have a search of their
    own, `blog-search`.
    """
    if not words:
        _show_found(ctx)
        return
    wanted = read(ctx.state, words)
    found, is_all = await _find_everywhere(ctx, wanted)
    if found:
        show(ctx, SearchPane(words, found, wanted, is_all=is_all))
    if found and wanted.is_narrowed:
        return
    if wanted.is_narrowed:
        raise NothingFound(
            tr(
                'no message of these contains "{words}"; {in_archives}',
                words=wanted.words,
                in_archives=IN_ARCHIVES,
            )
        )
    await look_in_posts(ctx, words, is_any=bool(found))


def _show_found(ctx: Context) -> None:
    """Show again what was found last; CommandError where nothing was searched for."""
    blank = SearchPane("", (), is_all=True)
    if (found := again(ctx, blank)) is blank:
        raise CommandError(tr("nothing was searched for yet: give words to find"))
    show(ctx, found)


@command("search-older", context="search")
async def search_older(ctx: Context) -> None:
    """Go on with a search, below what it has found."""
    pane = ctx.pane
    if isinstance(pane, SearchPane) and not pane.is_all:
        found, is_all = await _find_everywhere(ctx, pane.looked_for, before=pane.found[-1].hit.id)
        pane.add(found, is_all=is_all)
        ctx.state.changed(Area.VIEW)


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
        raise CommandError(tr("there is no such message, or no longer"))


async def _find_everywhere(
    ctx: Context, wanted: Wanted, *, before: int = 0
) -> tuple[list[Found], bool]:
    """Return what all accounts have, those stored last first, and whether there is no more."""
    accounts = [
        each
        for each in ctx.accounts
        if not each.known.is_locked and wanted.account in ("", each.known.profile.name)
    ]
    searches = [each.part(Search) for each in accounts]
    asked = [
        each.part(Search).find(wanted.words, _where(wanted, each.known), before=before)
        for each in accounts
    ]
    found = await asyncio.gather(*asked)
    hits = [
        (account.known, hit) for account, hits in zip(accounts, found, strict=True) for hit in hits
    ]
    most = max((each.most for each in searches), default=0)
    hits.sort(key=lambda each: each[1].id, reverse=True)
    told = [Found(account.place(hit.peer), hit, _who(ctx, account, hit)) for account, hit in hits]
    return told[:most], len(told) < most


def _where(wanted: Wanted, account: Account) -> Narrowed:
    """Return where is looked in an account: what one wrote oneself is by its address."""
    return replace(wanted.where, sender=account.profile.jid) if wanted.is_ours else wanted.where


def _who(ctx: Context, account: Account, hit: Hit) -> str:
    name = account.name(hit.peer)
    whose = ctx.state.accounts.told_apart(account)
    author = account.author(hit)
    who = (
        tr("{author} in {name}", author=author, name=name)
        if hit.kind == "room" and author != name
        else name
    )
    who = tr("me to {name}", name=name) if hit.direction == "out" else who
    return f"{whose}: {who}" if whose else who
