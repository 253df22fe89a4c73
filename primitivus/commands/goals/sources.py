"""All there is to go to: the goals of all sources."""

from collections.abc import Sequence

from primitivus.commands.context import Context
from primitivus.commands.goals import blogs, commands, people, rooms, settings
from primitivus.commands.goals.source import Source
from primitivus.model.area import Area
from primitivus.model.switching import Goal

_NAMING = (Area.PROFILE, Area.CONVERSATIONS, Area.ROSTER, Area.ROOMS)

SOURCES: tuple[Source, ...] = (
    Source(people.conversations, _NAMING),
    Source(people.contacts, (Area.PROFILE, Area.CONVERSATIONS, Area.ROSTER)),
    Source(rooms.bookmarked, _NAMING),
    Source(blogs.followed, (*_NAMING, Area.BLOGS)),
    Source(commands.views),
    Source(commands.commands),
    Source(settings.settings),
)
"""What adds goals; of those that fit alike the ones of an earlier source come first."""


class Goals:
    """The goals as they are now; those of a source are made anew only where it may be otherwise."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._counts: list[tuple[int, ...]] = []
        self._made: list[list[Goal]] = [[] for _ in SOURCES]
        self._all: Sequence[Goal] = ()

    def __call__(self) -> Sequence[Goal]:
        changes = self._ctx.state.changes
        counts = [changes.count(*each.areas) for each in SOURCES]
        if counts == self._counts:
            return self._all
        before = self._counts or [(-1,) for _ in SOURCES]
        for place, (source, was, now) in enumerate(zip(SOURCES, before, counts, strict=True)):
            if was != now:
                self._made[place] = list(source.goals(self._ctx))
        self._counts = counts
        self._all = [goal for made in self._made for goal in made]
        return self._all
