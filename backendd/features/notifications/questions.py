"""Who waits for an answer of the user, followed as it comes and goes."""

from collections.abc import Callable

from backendd.api import records
from backendd.core import clock
from backendd.core.contacts import RequestsChanged
from backendd.core.hub import Hub
from backendd.core.invitations import InvitationsChanged
from backendd.core.readers import ReaderRequestsChanged
from backendd.features.notifications import asked
from backendd.features.notifications.asked import INVITATIONS, READERS, REQUESTS
from backendd.features.notifications.model import NEWS_US, Key, Note
from backendd.features.notifications.service import Notifications


class Questions:
    """Has noted what is asked in the profile at `path` while this runs; `show` shows what is new.

    Whatever is asked of one kind is one note, so that many who ask are no more than one.
    """

    def __init__(
        self,
        path: str,
        events: Hub,
        notifications: Notifications,
        show: Callable[[Note], None],
        *,
        shows_text: bool,
    ) -> None:
        self._path = path
        self._notifications = notifications
        self._show = show
        self._shows_text = shows_text
        self._requests: dict[str, records.Request] = {}
        self._invitations: dict[str, records.Invitation] = {}
        self._readers: dict[str, records.ReaderRequest] = {}
        events.subscribe(RequestsChanged, self._on_requests)
        events.subscribe(InvitationsChanged, self._on_invitations)
        events.subscribe(ReaderRequestsChanged, self._on_readers)

    def _on_requests(self, event: RequestsChanged) -> None:
        for each in event.requests:
            self._requests[each.jid] = each
        for address in event.gone:
            self._requests.pop(address, None)
        waiting = list(self._requests.values())
        note = asked.requests(self._path, waiting, shows_text=self._shows_text) if waiting else None
        self._tell((self._path, REQUESTS), note, is_new=bool(event.requests))

    def _on_invitations(self, event: InvitationsChanged) -> None:
        news = [each for each in event.invitations if clock.now_us() - each.time < NEWS_US]
        for each in news:
            self._invitations[each.id] = each
        for word in event.gone:
            self._invitations.pop(word, None)
        waiting = list(self._invitations.values())
        note = (
            asked.invitations(self._path, waiting, shows_text=self._shows_text) if waiting else None
        )
        self._tell((self._path, INVITATIONS), note, is_new=bool(news))

    def _on_readers(self, event: ReaderRequestsChanged) -> None:
        for each in event.requests:
            self._readers[each.id] = each
        for id in event.gone:
            self._readers.pop(id, None)
        waiting = list(self._readers.values())
        note = asked.readers(self._path, waiting) if waiting else None
        self._tell((self._path, READERS), note, is_new=bool(event.requests))

    def _tell(self, key: Key, note: Note | None, *, is_new: bool) -> None:
        if note is None:
            self._notifications.close(key)
        elif is_new:
            self._show(note)
        else:
            self._notifications.renew(note)
