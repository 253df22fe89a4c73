"""The command that explains the others."""

from primitivus.commands.arguments.names import CommandName
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.help.applying import is_of_use
from primitivus.commands.help.help import Section, help_for_command, help_for_contexts
from primitivus.commands.help.needed import most_needed
from primitivus.model.popups.listing import Entry, Listing, Markup, Part
from primitivus.model.popups.popup import Overlay
from primitivus.sentences import tr
from primitivus.themes.legend import legend


@command("help", aliases=("h",))
async def help_command(ctx: Context, name: CommandName | None = None, second: str = "") -> None:
    """Explain a command, or the keys and commands that work where you are.

    A name may be of two words. Alone, it begins with what is needed most there, and what is typed
    then narrows it down.
    """
    bindings = ctx.screen.bindings()
    if name:
        name = f"{name} {second}".rstrip()
        sections = help_for_command(ctx.registry, name, bindings)
        ctx.state.open_popup(Overlay(tr("Help: {name}", name=name), tuple(_lines(sections))))
        return
    tables = ctx.screen.tables()
    here = ctx.screen.in_force()
    everything = help_for_contexts(
        ctx.registry, bindings, tables, *ctx.screen.contexts(), here=here
    )
    parts = [
        _part(most_needed(here, tables, is_of_use(ctx)), is_short_cut=True),
        *(_part(section) for section in everything),
        *(_signs(place, meanings) for place, meanings in legend(ctx.screen.symbols())),
    ]
    hint = tr("type to search; Enter explains a command, Esc leaves")
    ctx.state.open_popup(Listing(tr("Help"), tuple(parts), hint))


def _part(section: Section, *, is_short_cut: bool = False) -> Part:
    keys = max((len(row.keys) for row in section.rows), default=0)
    width = min(30, max((len(row.line) for row in section.rows), default=0))
    entries = [Entry((("popup", text),)) for text in section.text.splitlines()]
    for row in section.rows:
        what = f"{row.line:<{width}}  {row.summary}"
        line = (("popup.key", f"{row.keys:<{keys}}  "), ("popup", what))
        name = row.line.lstrip(":").split()[0]
        entries.append(Entry(line, f"help {name}", name=name))
    return Part(section.title, tuple(entries), is_short_cut)


def _signs(place: str, meanings: list[tuple[str, str]]) -> Part:
    entries = (
        Entry((("popup.key", f"{sign:<3} "), ("popup", said)), "signs") for sign, said in meanings
    )
    return Part(
        tr("Signs: {where}", where=f"{place[:1].lower()}{place[1:]}"),
        tuple(entries),
    )


def _lines(sections: tuple[Section, ...]) -> list[Markup]:
    lines: list[Markup] = []
    for section in sections:
        if lines:
            lines.append(())
        if section.title:
            lines.append((("popup.title", section.title),))
        lines += [(("popup", text),) for text in section.text.splitlines()]
        keys = max((len(row.keys) for row in section.rows), default=0)
        width = max((len(row.line) for row in section.rows), default=0)
        for row in section.rows:
            head = f"{row.keys:<{keys}}  " if keys else ""
            lines.append(
                (("popup.key", head), ("popup", f"{row.line:<{min(width, 30)}}  {row.summary}"))
            )
    return lines
