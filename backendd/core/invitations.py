"""Invitations to rooms: what tells of those that wait for an answer."""

from collections.abc import Sequence
from typing import NamedTuple

from backendd.api import records


class InvitationsChanged(NamedTuple):
    """Invitations came or are different; `gone` ones are answered, or void."""

    invitations: Sequence[records.Invitation]
    gone: Sequence[str]
