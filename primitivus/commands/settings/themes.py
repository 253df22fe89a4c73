"""Themes: choosing one while looking at it, and how well one can be read."""

from collections.abc import Iterator
from functools import partial
from typing import Annotated

from primitivus.client.apart import apart
from primitivus.commands.arguments.names import complete_theme
from primitivus.commands.arguments.types import Kind
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.settings.setting import confirm, require_known, show, take
from primitivus.model.popups.listing import Entry, Listing, Markup, Part
from primitivus.model.popups.popup import Overlay
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr
from primitivus.themes.background import AUTO
from primitivus.themes.load import load_theme, told_of

ThemeName = Annotated[str, Kind("theme", complete=complete_theme, has_blanks=True, may_end=True)]

_NAME_COLUMNS = 16


@command("theme")
async def theme(ctx: Context, name: ThemeName | None = None) -> None:
    """Draw with another theme until you quit; :save keeps it. Alone, choose one from a list.

    It is drawn with while it is marked in the list or its name stands in the command line; Esc
    has the one before back.
    """
    if name is None:
        await _choose(ctx)
        return
    _require(ctx, name)
    take(ctx, "theme", name)
    confirm(ctx, "theme")
    show(ctx, "theme")


@command("theme-check")
async def theme_check(ctx: Context, name: ThemeName | None = None) -> None:
    """Tell which styles of a theme are hard to read, on which terminals; alone, of this one.

    Texts need a contrast of 4.5 to 1 with what is behind them, or what the theme itself asks for,
    and lines one of 3 (WCAG 2.1).
    """
    chosen = name or ctx.screen.theme()
    if name is not None:
        _require(ctx, name)
    lines = await apart(partial(_measured, chosen))
    if lines:
        ctx.state.open_popup(Overlay(tr("Hard to read in {chosen}", chosen=chosen), lines))
    else:
        ctx.state.say(
            tr("all that {chosen} draws can be read, on all kinds of terminals", chosen=chosen)
        )


def _require(ctx: Context, name: str) -> None:
    try:
        require_known(ctx, "theme", name)
    except ValueError as error:
        raise CommandError(str(error)) from None


async def _choose(ctx: Context) -> None:
    """Show all themes, the one that is drawn with marked first."""
    told = await apart(told_of)
    told = {AUTO: tr("light or dark, as the background of the terminal is"), **told}
    now = ctx.settings.theme
    entries = tuple(_entries(told, now, ctx.screen.symbols().bullet))
    names = [*told]
    hint = tr("the marked one shows; Enter keeps it, Esc leaves")
    ctx.state.open_popup(
        Listing(
            tr("Themes"),
            (Part(tr("All themes"), entries),),
            hint,
            selected=names.index(now) if now in names else 0,
        )
    )


def _entries(told: dict[str, str], now: str, sign: str) -> Iterator[Entry]:
    for name, description in told.items():
        mark = sign if name == now else " "
        line = (
            ("popup.key", f"{mark} {name:<{_NAME_COLUMNS}}"),
            ("hint", f"  {description}"),
        )
        yield Entry(line, f"theme {quote(name)}")


def _measured(name: str) -> tuple[Markup, ...]:
    """Return the weak styles of a theme as lines: each with its terminals, the weakest first."""
    from primitivus.themes.contrast import weak  # late: few ask

    found = sorted(weak(load_theme(name)[0]), key=lambda each: each.contrast)
    return tuple(
        (
            ("popup.key", f"{each.style:<32}"),
            (
                "popup",
                "  "
                + tr(
                    "{contrast:.1f} of {least:g} on {terminal}",
                    contrast=each.contrast,
                    least=each.least,
                    terminal=each.terminal,
                ),
            ),
        )
        for each in found
    )
