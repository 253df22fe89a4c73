"""Which blogs there are at a service."""

from collections.abc import Awaitable, Mapping, Sequence
from functools import partial
from typing import Protocol

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.records import BlogNode
from backendd.api.signature import Plain
from primitivus.client.blogs import BlogsPart
from primitivus.commands.arguments.people import PeerJid, find_here
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.services.services import ServiceJid
from primitivus.model.area import Area
from primitivus.model.popups.blog_list import BlogsPopup
from primitivus.sentences import ntr, tr

PAGE, MOST = 50, 1000

_Page = tuple[Sequence[BlogNode], Mapping[str, Plain]]


class _Ask(Protocol):
    """Returns a page of blogs."""

    def __call__(self, *, limit: int, after: str) -> Awaitable[_Page]: ...


@command("blogs")
async def blogs(ctx: Context, service: ServiceJid | None = None) -> None:
    """Look around at the blogs of a service, by default that for groups at your server.

    They come with what they are called and are about; Enter shows the chosen one, and a key
    follows it. Of somebody's account it is what they let you see.
    """
    account = ctx.account
    calls = account.part(BlogsPart).calls
    at = service or await calls.group_service()
    if not at:
        raise CommandError(
            tr("your server has no blogs of groups; :blogs ADDRESS looks at another")
        )
    popup = BlogsPopup(
        tr("Blogs at {at}", at=at), (), _hint(ctx), account=account.known, service=at
    )
    await _fill(ctx, popup, partial(calls.nodes, at))


@command("followed-by")
async def followed_by(ctx: Context, who: PeerJid) -> None:
    """Look around at the blogs that somebody follows, as far as they let others see that.

    Enter shows the chosen one, and a key follows it.
    """
    place = find_here(ctx.state, who, is_listed=True)
    account, at = ctx.at(place), place.peer
    calls = account.part(BlogsPart).calls
    title = tr("Followed by {name}", name=account.known.name(at))
    popup = BlogsPopup(title, (), _hint(ctx), account=account.known, service=at)
    await _fill(ctx, popup, partial(calls.followed_by, at))


async def _fill(ctx: Context, popup: BlogsPopup, ask: _Ask) -> None:
    """Show blogs page by page, as long as somebody looks."""
    ctx.state.open_popup(popup)
    after, is_first = "", True
    try:
        while (after or is_first) and len(popup) < MOST and ctx.state.view.popup is popup:
            page, more = await ask(limit=PAGE, after=after)
            popup.add(page)
            after, is_first = str(more["next"]), False
            ctx.state.changed(Area.VIEW)
    except (BackendError, LinkError) as error:
        popup.end(str(error))
    else:
        some = ntr(
            "the first {n} blogs; there are more",
            "the first {n} blogs; there are more",
            len(popup),
        )
        popup.end(some if after else "")
    ctx.state.changed(Area.VIEW)


def _hint(ctx: Context) -> str:
    bound = [each for each in ctx.screen.bindings() if each.context == BlogsPopup.context]
    keys = [tr("{keys} follows it", keys=each.keys) for each in bound if each.line == "follow"]
    return "; ".join((tr("type to search"), tr("Enter shows it"), *keys))
