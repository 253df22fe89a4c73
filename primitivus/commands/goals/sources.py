"""All there is to go to: the goals of all sources."""

from collections.abc import Hashable, Sequence

from primitivus.commands.context import Context
from primitivus.commands.goals import blogs, commands, people, rooms, settings
from primitivus.commands.goals.source import Source, changes, naming
from primitivus.model.area import Area
from primitivus.model.popups.switching import Goal

_RECORDS = changes(Area.PROFILE, Area.CONVERSATIONS, Area.ROOMS)

SOURCES: tuple[Source, ...] = (
    Source(people.conversations, lambda ctx: (_RECORDS(ctx), naming(ctx))),
    Source(people.contacts, naming),
    Source(rooms.bookmarked, lambda ctx: (_RECORDS(ctx), naming(ctx))),
    Source(blogs.followed, lambda ctx: (changes(Area.BLOGS)(ctx), naming(ctx))),
    Source(commands.views),
    Source(commands.commands),
    Source(settings.settings),
)
"""What adds goals; of those that fit alike the ones of an earlier source come first."""


class Goals:
    """The goals as they are now; those of a source are made anew only where it may be otherwise."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._versions: list[Hashable] = []
        self._made: list[list[Goal]] = [[] for _ in SOURCES]
        self._all: Sequence[Goal] = ()

    def __call__(self) -> Sequence[Goal]:
        versions = [each.version(self._ctx) for each in SOURCES]
        if versions == self._versions:
            return self._all
        before = self._versions or [self for _ in SOURCES]
        for place, (source, was, now) in enumerate(zip(SOURCES, before, versions, strict=True)):
            if was != now:
                self._made[place] = list(source.goals(self._ctx))
        self._versions = versions
        self._all = [goal for made in self._made for goal in made]
        return self._all
