"""What adds goals to the switcher: each feature's own, in its module."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from primitivus.commands.context import Context
from primitivus.model.area import Area
from primitivus.model.switching import Goal


class Source(NamedTuple):
    """Returns goals, of all accounts that may be shown; anew where one of the areas changed."""

    goals: Callable[[Context], Iterable[Goal]]
    areas: tuple[Area, ...] = ()
