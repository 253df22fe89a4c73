"""Invitations to rooms: what tells of those that wait for an answer."""

from collections.abc import Sequence

from backendd.api import records
from backendd.api.tuples import NamedTuple


class InvitationsChanged(NamedTuple):
    """Invitations came or are different; `gone` ones are answered, or void."""

    invitations: Sequence[records.Invitation]
    gone: Sequence[str]
