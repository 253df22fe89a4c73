"""Invitations to rooms, and what tells of them."""

from collections.abc import Sequence
from typing import NamedTuple

from backendd.api import records

KIND = "invitation"


class Invited(NamedTuple):
    """Somebody wants us to be in a room; only the room itself can be told that we don't want to."""

    room: str
    sender: str
    reason: str = ""
    password: str = ""
    is_direct: bool = False


class InvitationsChanged(NamedTuple):
    """Invitations came or are different; `gone` ones are answered, or void."""

    invitations: Sequence[records.Invitation]
    gone: Sequence[str]


class InvitationRefused(NamedTuple):
    """An invitation of ours to somebody did not reach them; `why` is a sentence."""

    room: str
    invitee: str
    why: str
