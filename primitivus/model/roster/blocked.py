"""Whom an account takes nothing from."""

from collections.abc import Iterable


class Blocked:
    """The addresses and servers that are blocked, in order."""

    def __init__(self) -> None:
        self._entries: tuple[str, ...] = ()
        self._among = frozenset[str]()

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, entry: object) -> bool:
        return entry in self._among

    def listed(self) -> tuple[str, ...]:
        return self._entries

    def reset(self, entries: Iterable[str]) -> None:
        self._entries = tuple(entries)
        self._among = frozenset(self._entries)

    def entry(self, peer: str) -> str:
        """Return what of the list blocks somebody, empty where nothing does."""
        bare = peer.partition("/")[0]
        domain = bare.rpartition("@")[2]
        return next((each for each in (peer, bare, domain) if each in self._among), "")
