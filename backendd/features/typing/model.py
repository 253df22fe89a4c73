"""Who is typing to us just now; nowhere stored."""

from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class TypingNoticed:
    """A client of somebody says whether they type in the conversation with `peer`.

    `who` is somebody by a bare JID, or an occupant by room and nick, `author` what tells them from
    others. No two are the same: who typed, stopped and types again has said three things.
    """

    peer: str
    who: str
    author: str
    client: str
    is_typing: bool


class TypingPeers:
    """Who types in each conversation of one profile, on which clients."""

    def __init__(self) -> None:
        self._typing: defaultdict[str, dict[str, str]] = defaultdict(dict)

    def set(self, notice: TypingNoticed) -> bool:
        """Take note of one more notice; return whether it is news."""
        before = self.of(notice.peer)
        clients = self._typing[notice.peer]
        if notice.is_typing:
            clients[notice.client] = notice.who
        else:
            clients.pop(notice.client, None)
        if not clients:
            del self._typing[notice.peer]
        return self.of(notice.peer) != before

    def of(self, peer: str) -> list[str]:
        """Return who is typing in the conversation with `peer`, in the order they began."""
        return list(dict.fromkeys(self._typing.get(peer, {}).values()))
