"""docs/backendd.1: the manual page, with all commands from the parser of the command line."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from backendd.cli.arguments import build_parser
from tools.docs.roff import escape

_HEAD, _TAIL = "backendd.head.1", "backendd.tail.1"


def page(_: Path) -> str:
    """Return the page, in the macros of man(7)."""
    parser = build_parser()
    head, tail = ((Path(__file__).parent / name).read_text("utf-8") for name in (_HEAD, _TAIL))
    lines = [".SH OPTIONS", *_options(parser), ".SH COMMANDS", *_commands(parser)]
    return head + "\n".join(lines) + "\n" + tail


def _commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    for below in _below(parser):
        if not list(_below(below)):
            yield ".SS " + _usage(below)
            yield escape(below.description or "")
            if below.epilog:
                yield escape(below.epilog)
            yield from _options(below)
        yield from _commands(below)


def _below(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to ask
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            yield from action.choices.values()


def _usage(parser: argparse.ArgumentParser) -> str:
    words = [each.metavar for each in _own(parser) if not each.option_strings]
    has_options = any(each.option_strings for each in _own(parser))
    said = [parser.prog, *map(str, words), *(["[OPTION ...]"] if has_options else [])]
    return escape(" ".join(said))


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in _own(parser):
        said = ", ".join(action.option_strings) or str(action.metavar)
        if action.option_strings and action.nargs != 0:
            said += f" {action.metavar or action.dest.upper()}"
        if action.help:
            yield ".TP"
            yield f".B {escape(said)}"
            yield escape(f"{action.help[0].upper()}{action.help[1:]}.")


def _own(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Return what a command takes, but for the help that all have."""
    for action in parser._actions:  # noqa: SLF001
        is_command = isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
        if not is_command and action.dest != "help":
            yield action
