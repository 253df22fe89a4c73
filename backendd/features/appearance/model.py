"""How a message asks to be shown."""

from typing import TypedDict

from backendd.api.tuples import NamedTuple

LONGEST_ABOUT = 200
"""Characters of what is said of a spoiler."""


class Shown(TypedDict, total=False):
    """Keys of a message record: whether it is a spoiler, and of what; whether it has no styles."""

    spoiler: bool
    spoiler_about: str
    unstyled: bool


class Appearance(NamedTuple):
    """How one message asks to be shown."""

    is_spoiler: bool = False
    about: str = ""
    is_unstyled: bool = False
