"""What others say of an entry, as far as the feature that knows it has told that with it."""

from backendd.api.records import Entry


def comments(entry: Entry) -> int:
    """Return how many comments on an entry are known."""
    return _count(entry, "comments")


def likes(entry: Entry) -> int:
    """Return how many people are known to like an entry."""
    return _count(entry, "likes")


def is_liked(entry: Entry) -> bool:
    """Return whether the user likes an entry."""
    return bool(entry.more.get("liked"))


def _count(entry: Entry, key: str) -> int:
    found = entry.more.get(key)
    return found if isinstance(found, int) else 0
