"""The command that explains the others."""

from primitivus.commands.command import command
from primitivus.commands.help import Section, help_for_command, help_for_contexts
from primitivus.commands.session import Session
from primitivus.commands.types import CommandName
from primitivus.model.popup import Markup, Overlay


@command("help", aliases=("h",))
async def help_command(ctx: Session, name: CommandName | None = None) -> None:
    """Explain a command, or the keys and commands that work where you are."""
    bindings = ctx.screen.bindings()
    if name:
        sections = help_for_command(ctx.registry, name, bindings)
        title = f"Help: {name}"
    else:
        sections = help_for_contexts(
            ctx.registry, bindings, ctx.screen.tables(), *ctx.screen.contexts()
        )
        title = "Help: keys and commands that work here (:help COMMAND tells more)"
    ctx.state.open_popup(Overlay(title, tuple(_lines(sections))))


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
