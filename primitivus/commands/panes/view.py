"""What lies over the panes, and the screen as a whole."""

import asyncio
from collections.abc import Sequence

from primitivus.client.account import AccountClient
from primitivus.client.comment_drafts import CommentDraftsPart
from primitivus.client.post_drafts import PostDraftsPart
from primitivus.commands.asking.forms import confirm
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.panes.panes import close_pane
from primitivus.model.accounts.account import Account
from primitivus.model.panes.settings import SettingsPane
from primitivus.model.popups.listing import Markup
from primitivus.model.popups.popup import Overlay
from primitivus.sentences import tr
from primitivus.themes.legend import legend


@command("popup")
async def popup(ctx: Context) -> None:
    """Hide the popup, or show it again."""
    view = ctx.state.view
    if view.popup is not None:
        ctx.state.show(is_popup_hidden=not view.is_popup_hidden)


@command("switch")
async def switch(ctx: Context) -> None:
    """Go to anything by some letters: people, rooms, blogs, views, commands, settings.

    A sign in front narrows it down: `>` commands, `#` rooms, `@` people, `,` settings. Nothing
    typed, it is what is unread, what speaks to you first, then what is most recent. Enter goes
    there, or runs the command; one that needs more comes into the command line.
    """
    from primitivus.commands.goals.sources import Goals  # with the first one
    from primitivus.model.popups.switcher import Switcher

    goals = Goals(ctx)
    goals()  # which commands there are is decided by where one is
    ctx.state.open_popup(Switcher(goals))


@command("signs", aliases=("legend",))
async def signs(ctx: Context) -> None:
    """Explain the signs beside messages, names and conversations."""
    lines: list[Markup] = []
    for place, meanings in legend(ctx.screen.symbols()):
        lines += [(), (("popup.title", place),)] if lines else [(("popup.title", place),)]
        lines += [(("popup.key", f" {sign:<3}"), ("popup", said)) for sign, said in meanings]
    ctx.state.open_popup(Overlay(tr("Signs"), tuple(lines)))


@command("redraw")
async def redraw(ctx: Context) -> None:
    """Draw the whole screen again."""
    ctx.screen.redraw()


@command("suspend")
async def suspend(ctx: Context) -> None:
    """Go to the background of the shell; fg comes back."""
    ctx.screen.suspend()


@command("quit", aliases=("q", "exit", "wq", "x"))
async def quit_program(ctx: Context) -> None:
    """Leave; the backend stays connected and keeps what you typed.

    With the keys of vi it closes this pane of two first; `quit-all` leaves at once.
    """
    if ctx.state.view.quits_panes and ctx.state.layout.is_split:
        await close_pane(ctx)
    else:
        await _leave(ctx)


@command("quit-all", aliases=("qa", "qall", "wqa", "xa"))
async def quit_all(ctx: Context) -> None:
    """Leave, also where quit would close a pane."""
    await _leave(ctx)


async def _leave(ctx: Context) -> None:
    """End the program, unless what would be lost then is rather kept."""
    of_each = await asyncio.gather(*(_untaken(ctx, each) for each in ctx.accounts))
    lost = [name for names in of_each for name in names]
    with_files = [name for each in ctx.accounts for name in _with_files(ctx, each)]
    corrected = [name for each in ctx.accounts for name in _corrected(ctx, each)]
    said = []
    if lost:
        whom = _listed(lost)
        said.append(
            tr("The backend doesn't keep what you typed to {whom}: it will be lost.", whom=whom)
            if ctx.state.is_attached
            else tr(
                "Without the backend nothing keeps what you typed to {whom}: it will be lost.",
                whom=whom,
            )
        )
    if with_files:
        said.append(
            tr(
                "What you typed to {listed} will have its files no more.",
                listed=_listed(with_files),
            )
        )
    if corrected:
        said.append(
            tr(
                "What you typed to change a message to {listed} will be lost.",
                listed=_listed(corrected),
            )
        )
    if unsaved := _unsaved(ctx):
        said.append(
            tr("What you changed in the settings isn't saved: {listed}.", listed=_listed(unsaved))
        )
    if said and not await confirm(ctx, tr("Leave anyway"), " ".join(said)):
        return
    ctx.screen.quit()


def _unsaved(ctx: Context) -> list[str]:
    """Return what was changed in the settings that show, and would be as before at the start."""
    pane = ctx.state.layout.main
    return pane.unsaved if isinstance(pane, SettingsPane) else []


def _listed(names: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(names))


async def _untaken(ctx: Context, account: AccountClient) -> list[str]:
    """Return the names of those for whom the backend doesn't have what was typed."""
    peers = [*await account.sending.untaken(), *await account.drafts.unsaved()]
    blog = [tr("a blog")] if account.part(PostDraftsPart).has_unsaved else []
    comments, is_withheld = account.part(CommentDraftsPart), account.known.is_withheld
    unsaid = [comments.known.of(each).about for each in await comments.unsaved()]
    posts = [
        tr("a post") if is_withheld else tr('the post "{title}"', title=each) for each in unsaid
    ]
    return [*(_name(ctx, account.known, each) for each in peers), *blog, *posts]


def _with_files(ctx: Context, account: AccountClient) -> list[str]:
    """Return the names of those for whom files are chosen, which no draft has."""
    chats = account.known.chats.values()
    return [_name(ctx, account.known, each.peer) for each in chats if each.purpose.files]


def _corrected(ctx: Context, account: AccountClient) -> list[str]:
    """Return the names of those to whom a message is being changed, which is no draft."""
    chats = account.known.chats.values()
    return [_name(ctx, account.known, each.peer) for each in chats if each.correction.strip()]


def _name(ctx: Context, account: Account, peer: str) -> str:
    profile = ctx.state.accounts.told_apart(account)
    if account.is_withheld:
        return tr("somebody of {profile}", profile=profile) if profile else tr("somebody")
    who = account.name(peer)
    return tr("{who} of {profile}", who=who, profile=profile) if profile else who
