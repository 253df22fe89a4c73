"""What is asked of the user, as it is noted: to see or read them, or to come into a room."""

from collections.abc import Sequence

from backendd.api import names, records, text
from backendd.core.entries import MICROBLOG
from backendd.features.notifications.model import SUMMARY_LIMIT, Act, Note, shortened

REQUESTS, INVITATIONS, READERS = "contact requests", "invitations", "requests to read"

ASKED = frozenset((REQUESTS, INVITATIONS, READERS))
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


def readers(path: str, waiting: Sequence[records.ReaderRequest]) -> Note:
    """Return what is to be shown of those who ask to read a blog, the newest last."""
    newest = waiting[-1]
    who, at = _line(newest.jid), _line(f"{newest.node} at {newest.service}")
    blog = "your blog" if newest.node == MICROBLOG else f"the blog {at}"
    if len(waiting) > 1:
        summary = f"{len(waiting)} people ask to read what you write"
        return Note((path, READERS), summary, f"the last of them is {who}, for {blog}")
    acts = (
        Act("accept", "Accept", names.BLOG, "AcceptReader", "s", (newest.id,)),
        Act("deny", "Deny", names.BLOG, "DenyReader", "s", (newest.id,)),
    )
    return Note((path, READERS), f"{who} asks to read {blog}", "", acts)


def _line(said: str) -> str:
    return text.clean_line(said, limit=SUMMARY_LIMIT)
