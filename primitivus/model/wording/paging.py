"""How far something is loaded that comes page by page."""

from collections.abc import Mapping
from typing import Any

from primitivus.failures import reason
from primitivus.model.wording.enumerating import joined
from primitivus.model.wording.times import moment
from primitivus.sentences import tr


class Paging:
    """Whether a page is on its way, why there is no more, and which answer is still awaited."""

    def __init__(self) -> None:
        # Whether a page is on its way, and was asked for since all is to be read anew.
        self.is_loading = False
        self.is_asked = False
        # Why there is no more of it than what is held.
        self.error = ""
        # Whether what is held is what was read before: its service could not be asked.
        self.is_offline = False
        # Why, and since when, where it is its service that doesn't tell.
        self.why_offline = ""
        self.offline_since = 0
        self._turn = 0
        self._was_online = False

    @property
    def is_awaiting(self) -> bool:
        """Return whether nothing was answered yet."""
        return self.is_loading or not self.is_asked

    @property
    def may_go_on(self) -> bool:
        """Return whether another page may be asked for now."""
        return not (self.is_loading or self.error)

    def is_due(self, *, is_online: bool) -> bool:
        """Return whether it is to be read from its beginning: it wasn't yet, or not from there."""
        self._was_online = self._was_online and is_online
        return not self.is_asked or (is_online and self._waits_for_connection)

    @property
    def _waits_for_connection(self) -> bool:
        return not self._was_online and bool(self.is_offline or self.error) and not self.is_loading

    def begin(self, *, is_online: bool) -> int:
        """Note that a page is asked for; return by what its answer is known."""
        self._was_online = is_online
        self.is_loading = self.is_asked = True
        self.error = ""
        self._turn += 1
        return self._turn

    def is_awaited(self, turn: int) -> bool:
        """Return whether that is the answer to what was asked last, which is then here."""
        if turn != self._turn:
            return False
        self.is_loading = False
        return True

    def fail(self, turn: int, why: str) -> bool:
        """Note why the page doesn't come; return False where it isn't awaited any more."""
        is_awaited = self.is_awaited(turn)
        if is_awaited:
            self.error = why
        return is_awaited

    def note_offline(self, about: Mapping[str, Any]) -> None:
        """Note what was told of a page: whether it is as it was read before, and why."""
        self.is_offline = bool(about.get("offline"))
        self.why_offline = reason(about.get("error", ("", "")))
        self.offline_since = int(about.get("since", 0))

    @property
    def age(self) -> str:
        """Return how old it is, where it is as it was read before, and why."""
        return joined(tr("as it was read before"), self.refusal) if self.is_offline else ""

    @property
    def told(self) -> str:
        """Return the sentence that says so."""
        return joined(tr("this is as it was read before"), self.refusal)

    @property
    def refusal(self) -> str:
        """Return why, and since when, its service doesn't tell how it is now, where that is so."""
        why = self.why_offline if self.is_offline else ""
        if not (why and self.offline_since):
            return why
        return tr("{why} (since {time})", why=why, time=moment(self.offline_since))

    def reload(self) -> None:
        """Have it read anew."""
        self._turn += 1
        self.is_asked = self.is_loading = False
