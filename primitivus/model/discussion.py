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


def is_heart(entry: Entry) -> bool:
    """Return whether it is a comment that says only that its author likes what it is on."""
    return bool(entry.more.get("heart"))


def parent(entry: Entry) -> str:
    """Return the id of the comment that a comment answers, empty where it answers none."""
    return str(entry.more.get("parent", ""))


def commented(entry: Entry) -> tuple[str, str] | None:
    """Return the link to what it is a comment on, and its title; None where that isn't known."""
    uri = entry.more.get("commented")
    return (str(uri), str(entry.more.get("commented_title", ""))) if uri else None


def _count(entry: Entry, key: str) -> int:
    found = entry.more.get(key)
    return found if isinstance(found, int) else 0
