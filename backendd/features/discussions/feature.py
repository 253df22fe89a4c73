"""The part that tells what is said to the user, with its members on the bus."""

from collections.abc import Mapping, Sequence

from backendd.api import names, records
from backendd.bus.coalesce import Burst
from backendd.core.entries import DiscussionsChanged
from backendd.features.discussions.bus import DiscussionMembers
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Outlet, Part


class DiscussionsPart(Part):
    """What is said to the user of one profile, as callers see it."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._members = DiscussionMembers(home)

    def interfaces(self) -> Mapping[str, object]:
        return {names.BLOG: self._members}

    def tell(self, outlet: Outlet) -> None:
        def tell(discussions: Sequence[records.Discussion]) -> None:
            outlet.emit(names.BLOG, "DiscussionsChanged", list(discussions))

        burst: Burst[records.Discussion] = Burst(
            tell,
            key=lambda each: (each.service, each.node, each.id),
            is_clear=outlet.is_clear,
        )
        self._home.events.subscribe(DiscussionsChanged, lambda event: burst.add(*event.discussions))


FEATURE = Feature("discussions", DiscussionsPart)
