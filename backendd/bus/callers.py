"""Who has called us, and when they leave the bus."""

from collections.abc import Callable

from backendd.api.link import Link

Undo = Callable[[], None]


class Callers:
    """Watches callers for as long as somebody wants to know when they leave."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._callbacks: dict[str, dict[object, Callable[[], object]]] = {}
        self._unwatch: dict[str, Undo] = {}

    def when_gone(self, sender: str, callback: Callable[[], object]) -> Undo:
        """Call `callback` once when `sender` is gone from the bus, unless undone before."""
        entry = object()
        self._callbacks.setdefault(sender, {})[entry] = callback
        if sender not in self._unwatch:
            self._unwatch[sender] = self._link.watch_name(
                sender, lambda owner: None if owner else self._gone(sender)
            )
        return lambda: self._forget(sender, entry)

    def _gone(self, sender: str) -> None:
        callbacks = self._callbacks.pop(sender, {})
        self._end(sender)
        for callback in callbacks.values():
            callback()

    def _forget(self, sender: str, entry: object) -> None:
        callbacks = self._callbacks.get(sender, {})
        callbacks.pop(entry, None)
        if not callbacks:
            self._callbacks.pop(sender, None)
            self._end(sender)

    def _end(self, sender: str) -> None:
        unwatch = self._unwatch.pop(sender, None)
        if unwatch is not None:
            unwatch()
