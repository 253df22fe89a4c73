"""Which blogs there are at a service."""

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from primitivus.client.blogs import BlogsPart
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.services import ServiceJid
from primitivus.model.area import Area
from primitivus.model.blog_list import BlogsPopup

PAGE, MOST = 50, 1000


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
        raise CommandError("your server has no blogs of groups; :blogs ADDRESS looks at another")
    popup = BlogsPopup(f"Blogs at {at}", (), _hint(ctx), account=account.known, service=at)
    ctx.state.open_popup(popup)
    after, is_first = "", True
    try:
        while (after or is_first) and len(popup) < MOST and ctx.state.view.popup is popup:
            page, more = await calls.nodes(at, limit=PAGE, after=after)
            popup.add(page)
            after, is_first = str(more["next"]), False
            ctx.state.changed(Area.VIEW)
    except (BackendError, LinkError) as error:
        popup.end(str(error))
    else:
        popup.end("" if not after else f"the first {len(popup)} blogs; there are more")
    ctx.state.changed(Area.VIEW)


def _hint(ctx: Context) -> str:
    bound = [each for each in ctx.screen.bindings() if each.context == BlogsPopup.context]
    keys = [f"{each.keys} follows it" for each in bound if each.line == "follow"]
    return "; ".join(("type to search", "Enter shows it", *keys))
