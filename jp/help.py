"""What `--help` and `--version` print."""

import textwrap
from collections.abc import Iterator

from jp import groups
from jp.arguments import Line
from jp.command import Command
from jp.failures import DONE, MEANINGS
from jp.options import COMMON, SHORT
from jp.output.widths import columns
from jp.output.words import shown

_INDENT = 4
_WIDEST = 80


def tell(line: Line) -> int:
    """Print what was asked for."""
    for each in _said(line):
        print(each)
    return DONE


def of_command(command: Command) -> Iterator[str]:
    """Yield what a command does and takes, as lines."""
    yield from _paragraph(f"usage: jp {command.usage}", hanging="       ")
    yield ""
    yield from _paragraph(command.summary)
    if command.details:
        yield ""
        for each in command.details.split("\n\n"):
            yield from _paragraph(each)
    if command.arguments:
        yield ""
        for argument in command.arguments:
            yield from _meaning(argument.word, command.meaning(argument))
    if command.options:
        yield from ("", "Options:")
        yield from _options(command)
    if command.examples:
        yield from ("", "Examples:")
        for example in command.examples:
            yield from _paragraph(example, first="  ", hanging="      ")
    yield ""
    yield from _paragraph("`jp --help` lists the options that all commands have.")


def _options(command: Command) -> Iterator[str]:
    for option in command.options.values():
        usage = option.usage.removeprefix("[").removesuffix("]")
        said = command.meaning(option)
        if not (option.is_required or option.is_flag or option.default in (None, "", ())):
            said += f" (default: {shown('', option.default)})"
        yield from _meaning(usage, said)


def _said(line: Line) -> Iterator[str]:
    if line.options.version:
        from backendd.api.version import __version__

        yield f"jp {__version__}"
    elif line.command is not None:
        yield from of_command(line.command)
    elif line.group:
        yield from _of_group(line.group)
    else:
        yield from _of_all()


def _of_group(name: str) -> Iterator[str]:
    module = groups.group(name)
    yield f"usage: jp {name} COMMAND [ARGUMENT ...]"
    yield ""
    yield from _paragraph((module.__doc__ or "").partition("\n")[0])
    yield ""
    for each in groups.names(module):
        yield from _meaning(each, groups.find(name, each).summary)
    yield from ("", f"`jp {name} COMMAND --help` explains one.")


def _of_all() -> Iterator[str]:
    yield from ("usage: jp [OPTION ...] GROUP COMMAND [ARGUMENT ...]", "")
    yield from ("The command line of Primitivus.", "")
    for each in groups.GROUPS:
        module = groups.group(each)
        single = groups.is_command(module)
        yield from _meaning(each, groups.find(each, each).summary if single else _summary(module))
    yield from ("", "Options of all commands:")
    short = {name: letter for letter, name in SHORT.items()}
    for name, (_, metavar, meaning) in COMMON.items():
        said = f"{short[name]}, {name}" if name in short else name
        yield from _meaning(f"{said} {metavar}".rstrip(), meaning)
    yield from ("", "Exit codes:")
    for code, meaning in MEANINGS.items():
        yield f"  {code:<4}{meaning}"


def _summary(module: object) -> str:
    return (getattr(module, "__doc__", "") or "").partition("\n")[0]


def _meaning(word: str, text: str) -> Iterator[str]:
    yield from _paragraph(word, first="  ", hanging="    ")
    yield from _paragraph(text, first=" " * 6, hanging=" " * 6)


def _paragraph(text: str, *, first: str = "", hanging: str = "") -> Iterator[str]:
    width = min(_WIDEST, columns())
    yield from textwrap.wrap(
        " ".join(text.split()),
        width,
        initial_indent=first,
        subsequent_indent=hanging,
        break_long_words=width < _WIDEST,
        break_on_hyphens=False,
    )
