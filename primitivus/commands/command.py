"""A command: an async function whose name, context, types and docstring are its documentation."""

import inspect
import typing
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from backendd.api.values import Value
from primitivus.commands.arguments.types import Kind, kind_of
from primitivus.sentences import translated

Function = Callable[..., Awaitable[None]]
REQUIRED: Any = inspect.Parameter.empty


class Parameter(Value):
    """One argument of a command."""

    name: str
    kind: Kind
    default: object = REQUIRED

    @property
    def is_required(self) -> bool:
        return self.default is REQUIRED

    @property
    def usage(self) -> str:
        """Return how the usage line shows it: `PEER`, `[TEXT...]`, `on|off`."""
        word = "|".join(self.kind.choices()) or self.name.upper().replace("_", "-")
        word += "..." if self.kind.takes_rest else ""
        return word if self.is_required else f"[{word}]"


class Command(Value):
    """What a user can do, by typing its name or pressing a key bound to it."""

    name: str
    context: str
    aliases: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    doc: str
    function: Function

    @property
    def summary(self) -> str:
        """Return the first line of the docstring."""
        return self.doc.partition("\n")[0]

    @property
    def details(self) -> str:
        """Return the docstring after its first line; may be empty."""
        return self.doc.partition("\n")[2].strip()

    @property
    def usage(self) -> str:
        """Return the command with its arguments, as it is typed after a colon."""
        return " ".join([self.name, *(parameter.usage for parameter in self.parameters)])

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    async def __call__(self, *args: object, **kwargs: object) -> None:
        await self.function(*args, **kwargs)


def command(
    name: str, *, context: str = "global", aliases: tuple[str, ...] = ()
) -> Callable[[Function], Command]:
    """Make an async function `(ctx, ...)` the command `name`.

    Its parameters after the context are its arguments, in order, typed as
    commands/arguments/types.py lists; one with a default may be left out. The
    docstring is its help. An alias may be of two words, of which the first is a command as well.
    """

    def make(function: Function) -> Command:
        doc = inspect.getdoc(function)
        if not doc:
            raise TypeError(f"the command {name} has no docstring")
        parameters = tuple(_parameters(function))
        _require_order(name, parameters)
        return Command(name, context, aliases, parameters, translated(doc), function)

    return make


def _parameters(function: Function) -> Iterator[Parameter]:
    hints = typing.get_type_hints(function, include_extras=True)
    _ctx, *others = inspect.signature(function).parameters.values()
    for parameter in others:
        if parameter.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD:
            raise TypeError(f"{function.__name__}: {parameter.name} is no plain parameter")
        yield Parameter(parameter.name, kind_of(hints[parameter.name]), parameter.default)


def _require_order(name: str, parameters: tuple[Parameter, ...]) -> None:
    for parameter in parameters[:-1]:
        if parameter.kind.takes_rest:
            raise TypeError(f"{name}: nothing can follow {parameter.name}, it takes the whole line")
