"""Who is typing to us just now; nowhere stored."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class TypingNoticed:
    """A client, `who`, says whether somebody types in the conversation with `peer`.

    No two are the same: who typed, stopped and types again has said three things.
    """

    peer: str
    who: str
    is_typing: bool


class TypingPeers:
    """The peers of one profile who are typing."""

    def __init__(self) -> None:
        self._peers: set[str] = set()

    def set(self, peer: str, *, is_typing: bool) -> bool:
        """Note whether `peer` types; return whether that is news."""
        if is_typing == (peer in self._peers):
            return False
        if is_typing:
            self._peers.add(peer)
        else:
            self._peers.discard(peer)
        return True

    def of(self, peer: str) -> list[str]:
        """Return who is typing in the conversation with `peer`."""
        return [peer] if peer in self._peers else []
