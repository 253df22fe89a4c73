"""What is asked of the user, as it is noted: who wants to see their presence, or them in a room."""

from collections.abc import Sequence

from backendd.api import names, records
from backendd.core import text
from backendd.features.notifications.model import SUMMARY_LIMIT, Act, Note, shortened

REQUESTS, INVITATIONS = "contact requests", "invitations"

ASKED = frozenset((REQUESTS, INVITATIONS))
"""What notes are about that are about nobody alone; a blank is in no address."""


def requests(path: str, waiting: Sequence[records.Request], *, shows_text: bool) -> Note:
    """Return what is to be shown of those who ask to see the presence, the newest last."""
    newest = waiting[-1]
    who = _line(f"{newest.nickname} ({newest.jid})" if newest.nickname else newest.jid)
    if len(waiting) > 1:
        summary = f"{len(waiting)} people ask to see when you are online"
        return Note((path, REQUESTS), summary, f"the last of them is {who}")
    acts = (
        Act("accept", "Accept", names.ROSTER, "Approve", "s", (newest.jid,)),
        Act("deny", "Deny", names.ROSTER, "Deny", "s", (newest.jid,)),
    )
    body = shortened(newest.text) if shows_text else ""
    return Note((path, REQUESTS), f"{who} asks to see when you are online", body, acts)


def invitations(path: str, waiting: Sequence[records.Invitation], *, shows_text: bool) -> Note:
    """Return what is to be shown of those who invite to rooms, the newest last."""
    newest = waiting[-1]
    who, room = _line(newest.from_), _line(newest.room)
    if len(waiting) > 1:
        summary = f"{len(waiting)} invitations to rooms"
        return Note((path, INVITATIONS), summary, f"the last is to {room}, from {who}")
    acts = (
        Act("join", "Join", names.ROOMS, "AcceptInvitation", "ss", (newest.id, "")),
        Act("decline", "Decline", names.ROOMS, "DeclineInvitation", "ss", (newest.id, "")),
    )
    body = shortened(newest.reason) if shows_text else ""
    return Note((path, INVITATIONS), f"{who} invites you to {room}", body, acts)


def _line(said: str) -> str:
    return text.clean_line(said, limit=SUMMARY_LIMIT)
