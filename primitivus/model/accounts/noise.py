"""Which messages of a conversation make a noise, in words."""

from collections.abc import Mapping

from backendd.api import noise
from backendd.api.records import Conversation
from backendd.api.words import Notify
from primitivus.model.accounts.account import Account
from primitivus.model.rooms.rooms import Rooms
from primitivus.sentences import tr

_WORDS: Mapping[Notify, str] = {
    "all": tr("every message makes a noise"),
    "mentions": tr("only mentions make a noise"),
    "none": tr("nothing makes a noise"),
}


def said(conversation: Conversation) -> str:
    """Return which messages of a conversation make a noise."""
    return _WORDS.get(conversation.notify, _WORDS["all"])


def usual(account: Account, peer: str) -> Notify:
    """Return which do as long as the user has not set it."""
    room = account.of(Rooms).get(peer)
    is_closed = room is not None and room.nonanonymous and room.members_only
    return noise.usual(account.conversation(peer).kind, is_closed=is_closed)


def unusual(account: Account, peer: str) -> str:
    """Return which do where that is otherwise than usual, else nothing."""
    conversation = account.conversation(peer)
    return said(conversation) if conversation.notify not in ("", usual(account, peer)) else ""
