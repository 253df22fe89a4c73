"""Who wants to hear which signals."""

import logging
from collections import Counter
from collections.abc import Callable
from typing import Any

from backendd.api.failures import DRIVER
from backendd.api.tuples import NamedTuple
from backendd.api.values import Value

log = logging.getLogger(__name__)

Undo = Callable[[], None]


class Signal(Value):
    """A signal as it came."""

    sender: str
    path: str
    interface: str
    member: str
    args: tuple[Any, ...]


Handler = Callable[[Signal], None]


class MatchRule(NamedTuple):
    """Which signals; what is empty doesn't matter."""

    sender: str = ""
    path: str = ""
    path_namespace: str = ""
    interface: str = ""
    member: str = ""
    arg0: str = ""

    def __str__(self) -> str:
        """Return the match rule of the D-Bus specification."""
        parts = ["type='signal'"]
        parts += [f"{key}='{getattr(self, key)}'" for key in self._fields if getattr(self, key)]
        return ",".join(parts)

    def matches(self, signal: Signal) -> bool:
        """Return whether the rule lets `signal` through."""
        return (
            self._is_from(signal.sender)
            and self.path in ("", signal.path)
            and self.interface in ("", signal.interface)
            and self.member in ("", signal.member)
            and (not self.arg0 or signal.args[:1] == (self.arg0,))
            and (not self.path_namespace or f"{signal.path}/".startswith(f"{self.path_namespace}/"))
        )

    def _is_from(self, sender: str) -> bool:
        # Signals carry unique names; whose a well-known name is, the bus has checked.
        is_exact = self.sender.startswith(":") or self.sender == DRIVER
        return self.sender == sender if is_exact else True


class Subscriptions:
    """The rules of one connection; `tell_bus` adds or removes one there."""

    def __init__(self, tell_bus: Callable[[str, str], None]) -> None:
        self._tell_bus = tell_bus
        self._counts: Counter[MatchRule] = Counter()
        self._entries: dict[object, tuple[MatchRule, Handler]] = {}

    def add(self, rule: MatchRule, handler: Handler) -> Undo:
        """Call `handler` with each signal that `rule` lets through, until undone."""
        entry = object()
        self._entries[entry] = (rule, handler)
        self._counts[rule] += 1
        if self._counts[rule] == 1:
            self._tell_bus("AddMatch", str(rule))
        return lambda: self._remove(entry)

    def dispatch(self, signal: Signal) -> None:
        """Hand `signal` to all who want it; what one of them raises goes to the log."""
        for rule, handler in tuple(self._entries.values()):
            if not rule.matches(signal):
                continue
            try:
                handler(signal)
            except Exception:
                log.exception("the handler of %s.%s failed", signal.interface, signal.member)

    def _remove(self, entry: object) -> None:
        if entry not in self._entries:
            return
        rule, _handler = self._entries.pop(entry)
        self._counts[rule] -= 1
        if not self._counts[rule]:
            del self._counts[rule]
            self._tell_bus("RemoveMatch", str(rule))
