"""The reference of all commands, as Markdown."""

from collections.abc import Iterator

from primitivus.commands.all import registry as all_commands
from primitivus.commands.command import Command
from primitivus.commands.registry import Registry

_INTRODUCTION = """\
# Commands

Each is typed after `:` or `/`, also in the message input, or bound to a key (see keys.md).
Arguments in brackets may be left out. Words with blanks go in quotes; a backslash takes a blank or
a quote as it is, and is a character of an address everywhere else. An argument with dots takes the
rest of the line as it is. A message that looks like a command is sent with its sign twice:
`//like this`, `::like this`; faces such as `:D` are no commands. `Tab` completes commands, their
arguments, and emojis in a message by some letters of their name: `:thumb`.

This file is generated from the commands themselves (`make docs`)."""


def commands_markdown(registry: Registry | None = None) -> str:
    """Return docs/commands.md."""
    commands = tuple(all_commands() if registry is None else registry)
    lines = [_INTRODUCTION]
    for context in sorted({command.context for command in commands}, key=_order):
        lines += ["", f"## {_title(context)}"]
        for command in commands:
            if command.context == context:
                lines += _entry(command)
    return "\n".join(lines) + "\n"


def _order(context: str) -> tuple[bool, str]:
    return (context != "global", context)


def _title(context: str) -> str:
    return "Everywhere" if context == "global" else f"Only in: {context}"


def _entry(command: Command) -> Iterator[str]:
    yield from ("", f"### `:{command.usage}`", "", command.summary)
    if command.details:
        yield from ("", command.details)
    if command.aliases:
        yield from ("", "Also: " + ", ".join(f"`:{alias}`" for alias in command.aliases))
