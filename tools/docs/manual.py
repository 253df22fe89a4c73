"""docs/primitivus.1: the manual page, with all commands from their registry."""

from collections.abc import Iterator
from pathlib import Path

from primitivus.commands.all import registry
from primitivus.commands.command import Command
from tools.docs.roff import escape


def page(_: Path) -> str:
    """Return the page, in the macros of man(7)."""
    head = (Path(__file__).parent / "manual.head.1").read_text(encoding="utf-8")
    return head + "\n".join([*_commands(), *_farewell()]) + "\n"


def _commands() -> Iterator[str]:
    yield ".SH COMMANDS"
    yield "Typed after a colon, or after a slash in the message input."
    commands = sorted(registry(), key=lambda each: (each.context != "global", each.context))
    context = "global"
    for command in commands:
        if command.context != context:
            context = command.context
            yield f".SS Only in: {escape(context)}"
        yield from _entry(command)


def _entry(command: Command) -> Iterator[str]:
    yield ".TP"
    yield f".B :{escape(command.usage)}"
    yield escape(command.summary)
    if command.details:
        yield escape(" ".join(command.details.split()))
    if command.aliases:
        yield "Also: " + escape(", ".join(f":{alias}" for alias in command.aliases)) + "."


def _farewell() -> Iterator[str]:
    yield ".SH SEE ALSO"
    yield ".BR backendd (1),"
    yield ".BR busctl (1)"
