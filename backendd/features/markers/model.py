"""Displayed markers: what is told of who has seen a message."""

from collections.abc import Sequence
from typing import TypedDict

KIND = "displayed"
"""What the peer of a conversation has seen of ours, or a client of ours of theirs."""

IN_ROOM = "displayed in a room"
"""What an occupant has seen."""


class Displayed(TypedDict, total=False):
    """A key of a message record: who in a room has seen what we said, `room/nick`."""

    displayed_by: Sequence[str]
