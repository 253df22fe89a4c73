"""Invitations to rooms, and what tells of them."""

from backendd.api.tuples import NamedTuple

KIND = "invitation"


class Invited(NamedTuple):
    """Somebody wants us to be in a room; only the room itself can be told that we don't want to."""

    room: str
    sender: str
    reason: str = ""
    password: str = ""
    is_direct: bool = False


class InvitationRefused(NamedTuple):
    """An invitation of ours to somebody did not reach them; `why` is a sentence."""

    room: str
    invitee: str
    why: str
