"""Events on their way out: whoever publishes doesn't know who listens."""

import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

log = logging.getLogger(__name__)

E = TypeVar("E")


class Hub:
    """Hands each event to the handlers of its exact type, in the order they subscribed."""

    def __init__(self) -> None:
        self._handlers: defaultdict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)

    def subscribe(self, kind: type[E], handler: Callable[[E], None]) -> Callable[[], None]:
        """Call `handler` for each event of type `kind`; return what ends that."""
        handlers = self._handlers[kind]
        handlers.append(handler)
        return lambda: handlers.remove(handler)

    def publish(self, event: object) -> None:
        """Tell all; a handler that fails is logged and costs the others nothing."""
        for handler in tuple(self._handlers[type(event)]):
            try:
                handler(event)
            except Exception:
                log.exception("a handler of %s failed", type(event).__name__)

    def clear(self) -> None:
        """Tell nobody any more of what comes."""
        self._handlers.clear()
