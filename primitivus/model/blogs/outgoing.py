"""Posts of an account on their way out: so many of so many, blog by blog."""

from collections.abc import Iterable

from backendd.api.records import Outgoing
from primitivus.model.blogs.blogs import Feed

MANY = 3
"""From so many on they are counted, and it isn't told of each that it is out."""


def total(going: Outgoing) -> int:
    """Return how many posts there are of which some wait still."""
    return going.pending + going.failed + going.published


class OutgoingPosts:
    """What the backend has told of those that wait, or have failed."""

    def __init__(self) -> None:
        self._known: dict[Feed, Outgoing] = {}

    def reset(self, known: Iterable[Outgoing]) -> None:
        """Hold these."""
        self._known = {Feed(each.service, each.node): each for each in known}

    def merge(self, changed: Iterable[Outgoing]) -> list[Outgoing]:
        """Take in what is different; return where many have gone out and none waits any more."""
        over = []
        for each in changed:
            feed = Feed(each.service, each.node)
            before = self._known.get(feed)
            if before is not None and before.pending and not each.pending and total(each) >= MANY:
                over.append(each)
            self._known[feed] = each
        return over

    def going(self) -> list[Outgoing]:
        """Return the blogs for which many posts wait."""
        return [each for each in self._known.values() if each.pending and total(each) >= MANY]

    @property
    def failed(self) -> int:
        """Return how many have failed, of all blogs."""
        return sum(each.failed for each in self._known.values())

    @property
    def waiting(self) -> int:
        """Return how many wait to be published, in all blogs."""
        return sum(each.pending for each in self._known.values())

    def are_many(self, feed: Feed) -> bool:
        """Return whether those are many that go out to a blog, or have been until now."""
        known = self._known.get(feed)
        return known is not None and known.pending + known.published >= MANY

    def pending(self, feed: Feed) -> int:
        """Return how many wait to be published in a blog."""
        known = self._known.get(feed)
        return known.pending if known is not None else 0
