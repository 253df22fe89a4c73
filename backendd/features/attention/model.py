"""Calls for attention: which count, and the line for one that says nothing else."""

from typing import TypedDict

NAMESPACE = "urn:xmpp:attention:0"

LINE = "asks for attention"
"""What stands in a conversation for a call without a text, whoever it is of."""

ONCE_IN_US = 60 * 1_000_000
"""Of one conversation a call counts once in this time."""


class Called(TypedDict, total=False):
    """A key of a message record: whether it asks for the user's attention."""

    attention: bool
