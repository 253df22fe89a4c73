"""What adds goals to the switcher: each feature's own, in its module."""

from collections.abc import Callable, Hashable, Iterable

from backendd.api.tuples import NamedTuple
from primitivus.commands.context import Context
from primitivus.model.area import Area
from primitivus.model.popups.switching import Goal


def _never(_: Context) -> Hashable:
    return None


class Source(NamedTuple):
    """Returns goals, of all accounts that may be shown; anew where `version` is another one."""

    goals: Callable[[Context], Iterable[Goal]]
    version: Callable[[Context], Hashable] = _never


def changes(*areas: Area) -> Callable[[Context], Hashable]:
    """Return what is another with each change of one of the areas."""
    return lambda ctx: ctx.state.changes.count(*areas)


def naming(ctx: Context) -> Hashable:
    """Return what is another where somebody is called otherwise, came or went: not who is there."""
    accounts = ctx.state.accounts
    return len(accounts), tuple(
        (each.profile.name, each.roster.naming, each.conversations.naming)
        for each in accounts.opened()
    )
