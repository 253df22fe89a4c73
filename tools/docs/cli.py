"""docs/cli.md: all commands of the command line, from how they are declared."""

from collections.abc import Iterator
from pathlib import Path

from backendd.api.errors import ERRORS
from jp import groups
from jp.command import Command
from jp.failures import CODES, FAILED, MEANINGS
from jp.options import COMMON, SHORT

_HEAD = "cli.head.md"


def page(_: Path) -> str:
    """Return the page."""
    head = (Path(__file__).parent / _HEAD).read_text(encoding="utf-8")
    parts = [head, *_exit_codes(), *_common()]
    for name in groups.GROUPS:
        parts += _group(name)
    return "\n".join(parts) + "\n"


def _exit_codes() -> Iterator[str]:
    yield from ("## Exit codes", "", "What goes wrong is told in a sentence on standard error.", "")
    yield from ("| code | meaning | errors of the backend |", "|---|---|---|")
    for code, meaning in MEANINGS.items():
        errors = sorted(each for each in ERRORS if CODES.get(each, FAILED) == code)
        yield f"| {code} | {meaning} | {' '.join(f'`{each}`' for each in errors)} |"
    yield ""


def _common() -> Iterator[str]:
    short = {name: letter for letter, name in SHORT.items()}
    yield from ("## Options of all commands", "", "| option | meaning |", "|---|---|")
    for name, (_, metavar, meaning) in COMMON.items():
        said = f"{name} {metavar}".rstrip()
        both = f"`{short[name]}`, `{said}`" if name in short else f"`{said}`"
        yield f"| {both} | {meaning} |"
    yield ""


def _group(name: str) -> Iterator[str]:
    module = groups.group(name)
    yield f"## {name}"
    if not groups.is_command(module):
        yield from ("", (module.__doc__ or "").partition("\n")[0])
    for each in groups.names(module):
        yield from _command(groups.find(name, each))
    yield ""


def _command(command: Command) -> Iterator[str]:
    yield from ("", f"### `jp {command.usage}`", "", command.summary)
    if command.details:
        yield from ("", command.details)
    meanings = [(f"`{each.word}`", command.meaning(each)) for each in command.arguments]
    meanings += [(f"`{name}`", command.meaning(each)) for name, each in command.options.items()]
    if meanings:
        yield ""
        yield from (f"- {name}: {meaning}" for name, meaning in meanings)
    if command.examples:
        yield from ("", "```sh", *command.examples, "```")
