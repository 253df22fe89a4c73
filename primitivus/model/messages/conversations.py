"""The open conversations, in the order in which they are listed."""

from collections.abc import Iterable

from backendd.api.records import Conversation
from backendd.api.tuples import NamedTuple
from primitivus.model.meanwhile import Meanwhile
from primitivus.model.messages.mentions import mentions
from primitivus.model.wording.times import came


class Waiting(NamedTuple):
    """How many unread messages are worth a notice, and how many of them speak to the user.

    `conversations` are those in which anything is unread, but for muted ones.
    """

    unread: int
    mentions: int
    conversations: int


class Conversations:
    """Conversation records by peer: the pinned ones first, then the most recent."""

    def __init__(self) -> None:
        self._by_peer: dict[str, Conversation] = {}
        self._ordered: list[Conversation] | None = None
        # How much waits in all of them; None where that isn't counted since the last change.
        self._waiting: Waiting | None = None
        self._meanwhile: Meanwhile[Conversation] = Meanwhile()
        # Another number where one came, went or has another name.
        self.naming = 0

    def __len__(self) -> int:
        return len(self._by_peer)

    def __contains__(self, peer: object) -> bool:
        return peer in self._by_peer

    def get(self, peer: str) -> Conversation | None:
        return self._by_peer.get(peer)

    def listed(self) -> list[Conversation]:
        if self._ordered is None:
            self._ordered = sorted(self._by_peer.values(), key=_place)
        return self._ordered

    def peers(self) -> list[str]:
        return [conversation.peer for conversation in self.listed()]

    def expect(self) -> None:
        """Note that a snapshot is asked for: what is told from here on wins over it."""
        self._meanwhile.begin()

    def reset(self, records: Iterable[Conversation]) -> None:
        """Replace all by a fresh snapshot, but keep what is held in a higher revision."""
        held = self._by_peer
        self._by_peer = {}
        for record in records:
            old = held.get(record.peer)
            is_newer = old is not None and old.revision > record.revision
            self._by_peer[record.peer] = old if old is not None and is_newer else record
        self._meanwhile.settle(self._by_peer)
        self._ordered = self._waiting = None
        self.naming += 1

    def merge(self, records: Iterable[Conversation]) -> list[Conversation]:
        """Take records in, each unless a higher revision is held; return those taken."""
        taken = []
        for record in records:
            old = self._by_peer.get(record.peer)
            if old is not None and old.revision > record.revision:
                continue
            self._by_peer[record.peer] = record
            self._meanwhile.told(record.peer, record)
            self.naming += old is None or old.name != record.name
            taken.append(record)
        if taken:
            self._ordered = self._waiting = None
        return taken

    def remove(self, peers: Iterable[str]) -> None:
        for peer in peers:
            self._by_peer.pop(peer, None)
            self._meanwhile.told(peer, None)
        self._ordered = self._waiting = None
        self.naming += 1

    def waiting(self, but: Iterable[str] = ()) -> Waiting:
        """Return how much waits in all conversations `but` some: it is asked for each frame."""
        if self._waiting is None:
            self._waiting = _waiting(self._by_peer.values())
        seen = _waiting(self._by_peer[peer] for peer in but if peer in self._by_peer)
        return Waiting(*(all - those for all, those in zip(self._waiting, seen, strict=True)))


def _waiting(conversations: Iterable[Conversation]) -> Waiting:
    unread = speaking = count = 0
    for each in conversations:
        unread += worth_a_notice(each)
        speaking += mentions(each) if each.notify != "none" else 0
        count += waits(each)
    return Waiting(unread, speaking, count)


def waits(conversation: Conversation) -> bool:
    """Return whether something is unread that its user wants to know of: it isn't muted."""
    return conversation.unread > 0 and conversation.notify != "none"


def worth_a_notice(conversation: Conversation) -> int:
    """Return how many unread messages of a conversation its user wants to notice."""
    if conversation.notify == "none":
        return 0
    return mentions(conversation) if conversation.notify == "mentions" else conversation.unread


def blank(peer: str) -> Conversation:
    """Return a record for a conversation that the backend hasn't told of yet, nor of its kind."""
    return Conversation(peer=peer)


def _place(conversation: Conversation) -> tuple[bool, int, str]:
    last = came(conversation.last) if conversation.last is not None else 0
    return (not conversation.pinned, -last, conversation.peer)
