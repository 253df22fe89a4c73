"""What is told of a message of somebody whom the user ignores."""

from typing import TypedDict


class Unheard(TypedDict, total=False):
    """A key of a message record: whether it is of somebody whom the user ignores."""

    ignored: bool
