"""Help as plain data: for one command, and for the place where the user is."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from backendd.api.values import Value
from primitivus.commands.command import Command
from primitivus.commands.registry import Registry
from primitivus.sentences import tr


class Bound(Protocol):
    """Keys and the command line they run (keymaps have them), in one table of a keymap."""

    @property
    def context(self) -> str: ...

    @property
    def keys(self) -> str: ...

    @property
    def line(self) -> str: ...


class Row(Value):
    """One line of help: the keys (or nothing), the command line, what it does."""

    keys: str
    line: str
    summary: str


class Section(Value):
    """Rows under a title, or text in paragraphs, or both."""

    title: str
    rows: tuple[Row, ...] = ()
    text: str = ""


def help_for_command(
    registry: Registry, name: str, bindings: Iterable[Bound]
) -> tuple[Section, ...]:
    """Return usage, help, other names and keys of a command; UnknownCommand if there is none."""
    command = registry.require(name)
    text = [command.summary]
    if command.details:
        text += ["", _paragraphs(command.details)]
    if command.aliases:
        text += ["", tr("Also: {aliases}", aliases=", ".join(command.aliases))]
    sections = [Section(f":{command.usage}", text="\n".join(text))]
    keys = tuple(
        Row(bound.keys, bound.line, table_title(bound.context))
        for bound in keys_of(command, bindings)
    )
    if keys:
        sections.append(Section(tr("Keys"), keys))
    return tuple(sections)


def _paragraphs(text: str) -> str:
    """Return a text with a line a paragraph: where rows end, the screen says."""
    return "\n\n".join(" ".join(each.split()) for each in text.split("\n\n"))


def help_for_contexts(
    registry: Registry,
    bindings: Iterable[Bound],
    tables: Sequence[str],
    *contexts: str,
    here: Sequence[Bound] | None = None,
) -> tuple[Section, ...]:
    """Return the keys of the keymap tables in force there, then the commands that can be typed.

    `here`: those of `bindings` that run something there, where that is known.
    """
    bound = tuple(bindings)
    sections = [
        Section(tr("Keys: {place}", place=table_title(table)), rows)
        for table in tables
        if (rows := tuple(_key_rows(registry, bound if here is None else here, table)))
    ]
    commands = tuple(
        Row(_first_keys(command, bound), f":{command.usage}", command.summary)
        for command in registry.available(*contexts)
    )
    return (*sections, Section(tr("Commands"), commands))


def keys_of(command: Command, bindings: Iterable[Bound]) -> tuple[Bound, ...]:
    """Return the bindings that run `command`."""
    return tuple(bound for bound in bindings if _name(bound.line) in command.names)


def table_title(table: str) -> str:
    """Return how a table of a keymap is called in help: `normal mode, messages`."""
    mode, _, focus = table.partition(".")
    titles = {
        "global": tr("everywhere"),
        "normal": tr("normal mode"),
        "line": tr("wherever text is typed"),
        "insert": tr("insert mode"),
        "command": tr("command line"),
        "history": tr("what was sent, while one looks for it"),
        "search": tr("what was found, typing"),
        "narrow": tr("lists, typing what is to be found in them"),
        "switcher": tr("switcher and help"),
        "blogs": tr("blogs of a service, besides those of the switcher"),
        "chooser": tr("files to choose from, besides those of the switcher"),
        "drafts": tr("posts that are being written, besides those of the switcher"),
        "followed": tr("blogs that are followed, besides those of the switcher"),
        "goto": tr("going to anything, besides those of the switcher"),
        "dialog": tr("dialogs"),
        "overlay": tr("texts to scroll"),
    }
    title = titles.get(mode, mode)
    return f"{title}, {focus}" if focus else title


def _key_rows(registry: Registry, bindings: Iterable[Bound], table: str) -> Iterator[Row]:
    for bound in bindings:
        command = registry.find(_name(bound.line))
        if bound.context == table and command is not None:
            yield Row(bound.keys, bound.line, command.summary)


def _first_keys(command: Command, bindings: Iterable[Bound]) -> str:
    return next((bound.keys for bound in keys_of(command, bindings)), "")


def _name(line: str) -> str:
    words = line.split(maxsplit=1)
    return words[0] if words else ""
