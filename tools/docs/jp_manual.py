"""docs/jp.1: the manual page, with all commands from how they are declared."""

from collections.abc import Iterator
from pathlib import Path

from jp import groups
from jp.command import Command
from jp.failures import MEANINGS
from jp.options import COMMON, SHORT
from tools.docs.roff import escape

_HEAD, _TAIL = "jp.head.1", "jp.tail.1"


def page(_: Path) -> str:
    """Return the page, in the macros of man(7)."""
    head, tail = ((Path(__file__).parent / name).read_text("utf-8") for name in (_HEAD, _TAIL))
    lines = [*_options(), ".SH COMMANDS", *_commands(), *_exit_status()]
    return head + "\n".join(lines) + "\n" + tail


def _options() -> Iterator[str]:
    short = {name: f"{letter}, " for letter, name in SHORT.items()}
    yield ".SH OPTIONS"
    for name, (_, metavar, meaning) in COMMON.items():
        said = f"{short.get(name, '')}{name} {metavar}".rstrip()
        yield from _meaning(said, meaning)


def _commands() -> Iterator[str]:
    for command in groups.every():
        yield from _command(command)


def _command(command: Command) -> Iterator[str]:
    yield f".SS {escape(command.usage)}"
    yield escape(command.summary)
    if command.details:
        yield escape(" ".join(command.details.split()))
    for argument in command.arguments:
        yield from _meaning(argument.word, command.meaning(argument))
    for name, option in command.options.items():
        yield from _meaning(name, command.meaning(option))
    if command.examples:
        yield from (".PP", "For example:", ".PP", ".nf", ".RS")
        yield from map(escape, command.examples)
        yield from (".RE", ".fi")


def _meaning(word: str, meaning: str) -> Iterator[str]:
    yield ".TP"
    yield f".B {escape(word)}"
    yield escape(f"{meaning[:1].upper()}{meaning[1:]}.")


def _exit_status() -> Iterator[str]:
    yield ".SH EXIT STATUS"
    yield ".nf"
    yield from (f"{code:<4}{meaning}" for code, meaning in MEANINGS.items())
    yield ".fi"
