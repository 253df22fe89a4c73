"""A window over the history of one conversation: the messages that are held, oldest first."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence

from backendd.api.records import Message

Key = tuple[int, int]

# How many messages a window may grow to, and how many it keeps when it has.
LIMIT = 1200
KEEP = 800


def key_of(message: Message) -> Key:
    """Return the place of a message in its conversation."""
    return (message.order, message.id)


class Window:
    """A stretch of history without holes, that grows at either end and forgets at the other.

    `older` tells what lies before the first message held: `local` `server` `offline` `end` as
    Messages.List says it, or "" before anything was loaded. `newer` is whether newer messages
    are stored that are not held.
    """

    def __init__(self) -> None:
        self.older = ""
        self.newer = False
        self._keys: list[Key] = []
        self._by_id: dict[int, Message] = {}

    @property
    def is_loaded(self) -> bool:
        return self.older != ""

    @property
    def reaches_start(self) -> bool:
        """Whether nothing is stored that lies before the first message held."""
        return self.older not in ("", "local")

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[Message]:
        return (self._by_id[message_id] for _, message_id in self._keys)

    def __getitem__(self, index: int) -> Message:
        return self._by_id[self._keys[index][1]]

    def id_at(self, index: int) -> int:
        """Return the id of the message at a place."""
        return self._keys[index][1]

    def get(self, message_id: int) -> Message | None:
        return self._by_id.get(message_id)

    def unread(self, start: int, end: int) -> int:
        """Return how many messages of a stretch are unread."""
        held = self._by_id
        return sum(held[id].state == "unread" for _, id in self._keys[start:end])

    @property
    def first_id(self) -> int:
        return self._keys[0][1] if self._keys else 0

    @property
    def last_id(self) -> int:
        return self._keys[-1][1] if self._keys else 0

    def index(self, message_id: int) -> int:
        """Return the place of a held message, or -1."""
        message = self._by_id.get(message_id)
        return -1 if message is None else bisect_left(self._keys, key_of(message))

    def copy(self) -> "Window":
        """Return another window that holds the same."""
        other = Window()
        other.older, other.newer = self.older, self.newer
        other._keys, other._by_id = self._keys.copy(), self._by_id.copy()
        return other

    def reset(self, messages: Iterable[Message], older: str, *, newer: bool = False) -> None:
        """Hold exactly these, but each in the highest revision known."""
        known = self._by_id
        self._keys = []
        self._by_id = {}
        for message in messages:
            held = known.get(message.id)
            self._put(held if held is not None and held.revision > message.revision else message)
        self.older = older
        self.newer = newer

    def extend_older(self, messages: Sequence[Message], older: str) -> None:
        """Take in the page before the first message held."""
        for message in messages:
            self._put(message)
        self.older = older

    def extend_newer(self, messages: Sequence[Message], *, newer: bool) -> None:
        """Take in the page after the last message held."""
        for message in messages:
            self._put(message)
        self.newer = newer

    def merge(self, messages: Iterable[Message]) -> list[Message]:
        """Take in what belongs into the window; return those messages that it did not hold."""
        fresh = []
        for message in messages:
            held = self._by_id.get(message.id)
            if held is not None and held.revision > message.revision:
                continue
            if held is not None and key_of(held) != key_of(message):
                # Where it goes to, others may lie between that aren't held.
                self.remove((message.id,))
            if message.id in self._by_id or self._is_adjacent(message):
                self._put(message)
                if held is None:
                    fresh.append(message)
        return fresh

    def ends_before(self, message: Message) -> bool:
        """Return whether a message lies behind the last one held, with others that aren't held."""
        return self.newer and bool(self._keys) and key_of(message) > self._keys[-1]

    def remove(self, ids: Iterable[int]) -> None:
        for message_id in ids:
            message = self._by_id.pop(message_id, None)
            if message is not None:
                del self._keys[bisect_left(self._keys, key_of(message))]

    def trim(self, around: int = 0) -> None:
        """Forget what is furthest from the message `around` (0: the newest) if too much is held."""
        if len(self._keys) <= LIMIT:
            return
        index = self.index(around)
        middle = index if index >= 0 else len(self._keys) - 1
        start = min(max(0, middle - KEEP // 2), len(self._keys) - KEEP)
        self._cut(start, start + KEEP)

    def _cut(self, start: int, end: int) -> None:
        if start > 0:
            self.older = "local"
        if end < len(self._keys):
            self.newer = True
        for _, message_id in self._keys[:start] + self._keys[end:]:
            del self._by_id[message_id]
        self._keys = self._keys[start:end]

    def _is_adjacent(self, message: Message) -> bool:
        if not self.is_loaded:
            return False
        if not self._keys:
            return not self.newer and self.older != "local"
        key = key_of(message)
        if key > self._keys[-1]:
            return not self.newer
        # Before the first one: only where nothing is stored that would lie between.
        return key > self._keys[0] or self.older != "local"

    def _put(self, message: Message) -> None:
        held = self._by_id.get(message.id)
        key = key_of(message)
        if held is not None:
            if held.revision > message.revision:
                return
            if key_of(held) == key:
                self._by_id[message.id] = message
                return
            del self._keys[bisect_left(self._keys, key_of(held))]
        self._by_id[message.id] = message
        if not self._keys or key > self._keys[-1]:
            self._keys.append(key)
        else:
            insort(self._keys, key)
