"""What is worth a notice until the user says otherwise."""

from backendd.api.words import Kind, Notify


def usual(kind: Kind, *, is_closed: bool) -> Notify:
    """Return which messages of a conversation are.

    `is_closed`: of members alone who know each other; they speak to each other (XEP-0492 3).
    """
    return "mentions" if kind == "room" and not is_closed else "all"
