"""What doesn't work as it should: the connection, the profile, the backend as a whole."""

from collections.abc import Iterable, Iterator

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.names import PROFILE
from backendd.api.records import Warning
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.model.banner import banner
from primitivus.model.listing import Markup
from primitivus.model.popup import Overlay
from primitivus.model.times import moment


@command("warnings")
async def warnings(ctx: Context) -> None:
    """Show what doesn't work as it should, and what was lost; :dismiss forgets it."""
    lines = (
        *_of_connection(ctx),
        *_told(await _of_backend(ctx)),
        *_told(ctx.state.account.profile.warnings),
    )
    empty = ((("popup", "all is well"),),)
    ctx.state.open_popup(Overlay("Warnings (:dismiss forgets them)", lines or empty))


@command("dismiss")
async def dismiss(ctx: Context) -> None:
    """Forget all warnings; what still holds comes again."""
    count = len(ctx.state.account.profile.warnings)
    await ctx.call(PROFILE, "DismissWarnings", "", "", {})
    ctx.state.say(f"warnings dismissed: {count}" if count else "there are no warnings")


def _of_connection(ctx: Context) -> Iterator[Markup]:
    said = banner(ctx.state.backend, ctx.state.account.profile)
    if said is not None:
        style = "popup" if said.quiet else "message.error"
        yield (("popup.key", "now  "), (style, said.text))


async def _of_backend(ctx: Context) -> Iterable[Warning]:
    try:
        return await ctx.client.warnings()
    except (BackendError, LinkError):
        return ()  # that it is gone is told already


def _told(records: Iterable[Warning]) -> Iterator[Markup]:
    for each in records:
        yield (("popup.key", f"{moment(each.time)}  "), ("message.error", each.text))
