"""Posts on their way out: what became of them is said, wherever one is by then."""

from collections.abc import Iterable, Mapping
from typing import Any

from backendd.api.names import BLOG
from backendd.api.records import Entry
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.blogs import is_comments
from primitivus.model.panes.post import title
from primitivus.model.posts import key_of


class PublishingPart(Part):
    """Follows the posts of its account that wait to be published."""

    def __init__(self, access: Access) -> None:
        self._state = access.state
        self._account = access.account
        self._waiting: set[str] = set()

    def signals(self) -> Handlers:
        return {(BLOG, "Changed"): self._changed}

    def _changed(self, told: Iterable[Mapping[str, Any]]) -> None:
        for each in told:
            entry = from_wire(Entry, each)
            if entry.state == "pending":
                self._waiting.add(key_of(entry))
            elif key_of(entry) in self._waiting:
                self._waiting.remove(key_of(entry))
                if not is_comments(entry.node):
                    self._say(entry)

    def _say(self, entry: Entry) -> None:
        named, about = f'"{title(entry)}"', f"post {key_of(entry)}"
        if entry.state == "failed":
            said = f"{named} is not published: {entry.error[1]}"
            self._state.complain(said, about=about, account=self._account)
        else:
            self._state.mention(f"{named} is published", about=about, account=self._account)
