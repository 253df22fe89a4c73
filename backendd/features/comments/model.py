"""What comments and likes add to an entry."""

from typing import TypedDict


class Discussed(TypedDict, total=False):
    """Keys of the record of an entry: what is known of what others say of it."""

    comments: int
    # How many of them are said to the user, and were not seen yet.
    unread_comments: int
    likes: int
    liked: bool
    # Which entry of the same feed it answers.
    parent: str
    # On which other entry it is a comment, what that is called, and whether it says but a heart.
    commented: str
    commented_title: str
    heart: bool
