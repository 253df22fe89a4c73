"""Values in order, whoever comes and goes: nobody sorts thousands for one."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Generic, TypeVar

Value = TypeVar("Value")

Key = tuple[int | str, ...]


class Ordered(Generic[Value]):
    """Values in the order of their keys, no two of which are the same."""

    def __init__(self) -> None:
        self._keys: list[Key] = []
        self._values: list[Value] = []
        self._listed: list[Value] | None = None

    def __len__(self) -> int:
        return len(self._keys)

    def before(self, key: Key) -> int:
        """Return how many stand before where `key` does, or would."""
        return bisect_left(self._keys, key)

    def listed(self) -> Sequence[Value]:
        """Return all of them; the same list until one comes or goes."""
        if self._listed is None:
            self._listed = self._values.copy()
        return self._listed

    def insert(self, key: Key, value: Value) -> None:
        """Put a value where its key belongs."""
        at = self.before(key)
        self._keys.insert(at, key)
        self._values.insert(at, value)
        self._listed = None

    def remove(self, key: Key) -> Value:
        """Take a value out, and return it."""
        at = self.before(key)
        del self._keys[at]
        self._listed = None
        return self._values.pop(at)
