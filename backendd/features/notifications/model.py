"""What is worth a notification, when, and what it says."""

import html
from collections.abc import Sequence

from backendd.api import attachments, names, records, text
from backendd.api.tuples import NamedTuple

NEWS_US = 60_000_000
"""What came longer ago is told by who was there then."""

SUMMARY_LIMIT = 100
BODY_LIMIT = 300
BODY_LINES = 5
HIDDEN = "a new message"
HIDDEN_COMMENT = "a new comment"
SPOILER = "(spoiler)"

MARK_READ = "mark-read"

Key = tuple[str, str]
"""What a note is about: the path of a profile, and a peer, the link to a post that is talked about,
or what is asked of the user there."""


class Act(NamedTuple):
    """What the user can do from a note: what stands there for which call of a member."""

    word: str
    label: str
    interface: str
    member: str
    signature: str
    arguments: Sequence[object]


class Note(NamedTuple):
    """What is to be shown; `message` is the newest one of a conversation, 0 for all else."""

    key: Key
    summary: str
    body: str
    acts: Sequence[Act] = ()
    message: int = 0
    is_urgent: bool = False


def is_news(message: records.Message, newest: int, now_us: int) -> bool:
    """Return whether a message that was told has come just now.

    An invitation is shown as what is asked.
    """
    has_come = message.direction == "in" and message.source == "live" and message.type != "invite"
    return (
        has_come and message.id > newest and now_us - (message.received or message.time) < NEWS_US
    )


def is_worth_it(conversation: records.Conversation, message: records.Message) -> bool:
    """Return whether the user wants to notice a message of this conversation."""
    if conversation.notify == "none" or not conversation.unread:
        return False
    return conversation.notify != "mentions" or speaks_to_us(message)


def speaks_to_us(message: records.Message) -> bool:
    """Return whether a message names the user, or calls for attention."""
    return bool(message.more.get("mention") or message.more.get("attention"))


def is_retracted(message: records.Message) -> bool:
    """Return whether a message says nothing any more."""
    return bool(message.more.get("retracted"))


def foremost(known: records.Message | None, message: records.Message) -> records.Message:
    """Return which of the messages of a burst is to be shown: the last that speaks to the user."""
    if known is not None and speaks_to_us(known) and not speaks_to_us(message):
        return known
    return message


def note(
    path: str, conversation: records.Conversation, message: records.Message, *, shows_text: bool
) -> Note:
    """Return what is to be shown of a message."""
    name = text.clean_line(conversation.name or conversation.peer, limit=SUMMARY_LIMIT)
    summary = f"{name} ({conversation.unread})" if conversation.unread > 1 else name
    body = _said(message) if shows_text else HIDDEN
    _, _, nick = message.sender.partition("/")
    if conversation.kind == "room" and nick:
        body = f"{text.clean_line(nick, limit=SUMMARY_LIMIT)}: {body}"
    peer = conversation.peer
    acts = (Act(MARK_READ, "Mark as read", names.MESSAGES, "MarkRead", "sx", (peer, message.id)),)
    is_urgent = bool(message.more.get("attention"))
    return Note((path, peer), summary, body, acts, message.id, is_urgent)


def marked_up(body: str) -> str:
    """Return a text for those who take it for markup."""
    return html.escape(body, quote=False)


def _said(message: records.Message) -> str:
    # What its writer has covered is for those who want to see it.
    return SPOILER if message.more.get("spoiler") else shortened(attachments.told(message))


def shortened(body: str) -> str:
    """Return how a text begins, as much as a note has room for."""
    cleaned = text.clean(body).strip()
    short = "\n".join(cleaned.splitlines()[:BODY_LINES])[:BODY_LIMIT]
    return short if short == cleaned else f"{short}…"
