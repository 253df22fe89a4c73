"""The groups of commands, each a module of `jp.commands`, or a package of modules.

Only the module of the command that is called is loaded. Of a package that is one with the name of
the command; its `COMMANDS` says what is there, and as a dict in which module each is. A group that
is a command itself, such as `watch`, has one of its own name and nothing else.
"""

from types import ModuleType

from jp.command import Command
from jp.failures import UsageError

GROUPS = (
    "profile",
    "account",
    "file",
    "message",
    "blog",
    "presence",
    "room",
    "roster",
    "service",
    "backend",
    "watch",
    "call",
)


def group(name: str) -> ModuleType:
    """Return the module of a group; UsageError if there is none."""
    if name not in GROUPS:
        raise UsageError(f"there is no command {name!r}{_nearest(name, GROUPS)}")
    return _module(f"jp.commands.{name}")


def names(module: ModuleType) -> list[str]:
    """Return what the commands of a group are called."""
    listed = getattr(module, "COMMANDS", None)
    return list(_own(module)) if listed is None else list(listed)


def find(name: str, below: str) -> Command:
    """Return the command of a group that is called so; UsageError."""
    module = group(name)
    if below not in names(module):
        others = names(module)
        said = f"{name} is a group of commands"
        if below:
            said = f"there is no command {below!r} in {name}"
        raise UsageError(f"{said}{_nearest(below, others)}", name)
    listed = getattr(module, "COMMANDS", None)
    if listed is not None:
        where = listed[below] if isinstance(listed, dict) else below.replace("-", "_")
        module = _module(f"{module.__name__}.{where}")
    return _own(module)[below]


def is_command(module: ModuleType) -> bool:
    """Return whether a group is a command itself."""
    return names(module) == [module.__name__.rpartition(".")[2]]


def every() -> list[Command]:
    """Return all commands, group by group."""
    return [find(each, name) for each in GROUPS for name in names(group(each))]


def _own(module: ModuleType) -> dict[str, Command]:
    found = [each for each in vars(module).values() if isinstance(each, Command)]
    return {each.name: each for each in found if each.function.__module__ == module.__name__}


def _module(name: str) -> ModuleType:
    return __import__(name, fromlist=["_"])


def _nearest(name: str, others: tuple[str, ...] | list[str]) -> str:
    """Return a hint at what may have been meant."""
    if not name:
        return f"; there are {', '.join(others)}"
    from difflib import get_close_matches

    near = get_close_matches(name, others, 1)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(others)}"
