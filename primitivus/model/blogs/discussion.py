"""What others say of an entry, as far as the feature that knows it has told that with it."""

from backendd.api.records import Entry
from backendd.api.tuples import NamedTuple
from primitivus.model.wording import links
from primitivus.model.wording.links import is_of_item


class Commented(NamedTuple):
    """What a comment is on: the link to it, and what it is called."""

    uri: str
    title: str

    @property
    def key(self) -> tuple[str, str, str] | None:
        """Return where that is: at which service, in which node, as which item."""
        try:
            link = links.read(self.uri)
        except ValueError:
            return None
        return (link.jid, link.values["node"], link.values["item"]) if is_of_item(link) else None


def comments(entry: Entry) -> int:
    """Return how many comments on an entry are known."""
    return _count(entry, "comments")


def unread(entry: Entry) -> int:
    """Return how many comments on an entry are said to the user, and were not seen yet."""
    return _count(entry, "unread_comments")


def likes(entry: Entry) -> int:
    """Return how many people are known to like an entry."""
    return _count(entry, "likes")


def is_liked(entry: Entry) -> bool:
    """Return whether the user likes an entry."""
    return bool(entry.more.get("liked"))


def is_heart(entry: Entry) -> bool:
    """Return whether it is a comment that says only that its author likes what it is on."""
    return bool(entry.more.get("heart"))


def parent(entry: Entry) -> str:
    """Return the id of the comment that a comment answers, empty where it answers none."""
    return str(entry.more.get("parent", ""))


def commented(entry: Entry) -> Commented | None:
    """Return what it is a comment on; None where it is none, or that isn't known."""
    uri = entry.more.get("commented")
    return Commented(str(uri), str(entry.more.get("commented_title", ""))) if uri else None


def _count(entry: Entry, key: str) -> int:
    found = entry.more.get(key)
    return found if isinstance(found, int) else 0
