"""What was written lately: an answer to it is believed only where it was."""

import time
from collections import OrderedDict
from collections.abc import Callable
from xml.etree.ElementTree import Element

MOST = 500
KEPT_S = 600.0


class Recent:
    """To whom stanzas went that were written one by one, with which ids, for some minutes."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._sent: OrderedDict[tuple[str, str], float] = OrderedDict()

    def note(self, stanza: Element) -> None:
        """Take note of a stanza that is written now; one to nobody is to our own server."""
        if to := stanza.get("to"):
            sent = (to.partition("/")[0], stanza.get("id", ""))
            self._sent.pop(sent, None)
            self._sent[sent] = self._now()
            if len(self._sent) > MOST:
                self._sent.popitem(last=False)

    def has(self, to: str, stanza_id: str) -> bool:
        """Return whether one of this id has gone to a bare address, or to a client of it."""
        sent = self._sent.get((to, stanza_id))
        return sent is not None and self._now() - sent < KEPT_S
