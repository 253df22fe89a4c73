"""What can be typed where one is: the views, and all other commands."""

from collections.abc import Iterable, Iterator, Mapping

from primitivus.commands.command import Command
from primitivus.commands.context import Context
from primitivus.model.popups.switching import Goal
from primitivus.sentences import tr

VIEWS: Mapping[str, str] = {
    "home": tr("what waits"),
    "conversations": tr("chats"),
    "contacts": tr("roster people"),
    "rooms": tr("bookmarks invitations groups channels"),
    "search": tr("find messages"),
    "transfers": tr("files downloads uploads"),
    "blog": tr("timeline posts feed"),
    "followed": tr("blogs subscriptions"),
    "unpublished": tr("posts outbox"),
    "drafts": tr("posts"),
    "services": tr("server disco"),
    "settings": tr("options configuration"),
    "messages": tr("notices log errors"),
    "warnings": tr("problems"),
    "blocked": tr("people"),
    "ignored": tr("people"),
    "clients": tr("devices sessions"),
    "signs": tr("symbols"),
    "help": tr("keys"),
}
"""The commands that show something, and what else these are called by who looks for them."""

# Words that show what they name, where without them it may be hidden.
_SHOWN = {
    "conversations": "conversations on",
    "contacts": "contacts on",
    "search": tr("prompt search"),
}
# What keys do, and nobody goes to.
_OF_KEYS = frozenset(
    {"cancel", "enter", "line-down", "line-up", "point", "submit", "switch", "wheel"}
)


def views(ctx: Context) -> Iterator[Goal]:
    """Yield what shows something, what is needed most first."""
    keys, available = _keys(ctx), {each.name: each for each in _available(ctx)}
    for name, besides in VIEWS.items():
        if name in available:
            yield _goal(available[name], "view", keys, besides)


def commands(ctx: Context) -> Iterator[Goal]:
    """Yield the others."""
    keys = _keys(ctx)
    for each in _available(ctx):
        if each.name not in VIEWS and each.name not in _OF_KEYS:
            yield _goal(each, "command", keys)


def _available(ctx: Context) -> Iterable[Command]:
    return ctx.registry.available(*ctx.screen.contexts())


def _goal(command: Command, kind: str, keys: Mapping[str, str], besides: str = "") -> Goal:
    """Return one that runs a command, or begins it where it needs something behind it."""
    needs_more = any(each.is_required for each in command.parameters)
    line = f"prompt {command.name}" if needs_more else _SHOWN.get(command.name, command.name)
    bound = (keys.get(each, "") for each in (line, f"prompt {command.name}", command.name))
    return Goal(
        kind,
        command.name,
        line,
        also=" ".join(filter(None, (*command.aliases, besides))),
        about=command.summary,
        keys=next(filter(None, bound), ""),
    )


def _keys(ctx: Context) -> dict[str, str]:
    """Return by which keys lines are run: those that do so here, else where they do."""
    here = ctx.screen.tables()
    bindings = sorted(ctx.screen.bindings(), key=lambda each: each.context not in here)
    return {each.line: each.keys for each in reversed(bindings)}
