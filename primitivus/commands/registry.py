"""All commands by name: finding, parsing and running them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType

from primitivus.commands.command import Command
from primitivus.commands.context import Context


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command with its arguments, ready to run; arguments left out are not in `arguments`."""

    command: Command
    arguments: Mapping[str, object] = field(default_factory=dict)

    def with_count(self, count: int | None) -> "Invocation":
        """Return it with a count typed before the key, where the command takes one and has none."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Text:
    """What was typed is no command but text to send."""

    body: str


class Registry:
    """The commands there are. Names and aliases are unique."""

    def __init__(self, commands: Iterable[Command]) -> None:
        raise NotImplementedError

    @classmethod
    def of(cls, modules: Iterable[ModuleType]) -> "Registry":
        """Return the registry of all commands defined in `modules`."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[Command]:
        """Yield each command once, by name."""
        raise NotImplementedError

    def find(self, name: str) -> Command | None:
        """Return the command called `name`, or having it as an alias."""
        raise NotImplementedError

    def available(self, *contexts: str) -> tuple[Command, ...]:
        """Return the commands of `contexts` and the global ones, by name."""
        raise NotImplementedError

    def parse(self, line: str, *contexts: str) -> Invocation:
        """Return what `line` says, with or without `:` or `/` in front.

        Commands of other contexts than these and "global" are refused; with no contexts given, none.
        Raises CommandError.
        """
        raise NotImplementedError

    def parse_input(self, line: str, *contexts: str) -> Invocation | Text:
        """Return what a line of the message input says.

        `/name ...` is a command, `//...` is text beginning with one slash, all else is text. A
        word after `/` that is no command raises CommandError: it is never sent as text unasked.
        """
        raise NotImplementedError


async def run(invocation: Invocation, ctx: Context) -> None:
    """Run a command; CommandError and BackendError are for the caller to show."""
    await invocation.command.function(ctx, **invocation.arguments)
