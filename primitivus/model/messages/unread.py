"""Where one goes on reading in a pane: at the "new" line, and never past what nobody has seen."""

from backendd.api.records import Conversation
from primitivus.model.messages.seen import Seen, shown
from primitivus.model.messages.stand import fits
from primitivus.model.messages.viewport import Viewport
from primitivus.model.messages.waiting import Waiting, lies_above
from primitivus.model.messages.window import Window
from primitivus.model.scrolling.measure import Measure


class Unread:
    """Has a viewport stand where reading stopped, when one comes to it and as more comes."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        # The message before which the "new" line stands, 0 for none.
        self.line = 0
        # The message to begin with as soon as it is held, 0 for none.
        self.sought = 0
        # Whether all was read when it was told last.
        self._was_read = True
        # The newest message when somebody looked at the end last, or went there.
        self._followed = 0

    def copy(self) -> "Unread":
        """Return the same for another pane of the conversation."""
        other = Unread(self._seen)
        other.line, other._was_read = self.line, self._was_read
        other._followed = self._followed
        return other

    def told(self, window: Window, record: Conversation, *, is_kept_up: bool) -> None:
        """Have the line where reading stopped, which it does unless what comes is read at once."""
        if not record.unread:
            self._was_read = True
            self._seen.clear()
            return
        first = window.index(record.first_unread)
        is_further_up = 0 <= first < window.index(self.line)
        if (self._was_read and not is_kept_up) or is_further_up:
            self.line, self._was_read = record.first_unread, False

    def arrive(self, viewport: Viewport, record: Conversation) -> bool:
        """Begin with what is unread, if something is; return whether that is so."""
        self.line = self.unseen(viewport.window, record)
        self._was_read = not record.unread
        self.seek(self.line)
        return bool(self.line)

    def seek(self, message_id: int) -> None:
        """Begin with a message as soon as that can be, 0: stay where one is."""
        self.sought = message_id

    def at_end(self, viewport: Viewport) -> None:
        """Take note that one has gone somewhere; at the end one stays there, whatever lies above.

        What comes from then on is not to be gone past.
        """
        self.sought = 0
        self._followed = viewport.window.last_id

    def place(self, viewport: Viewport, measure: Measure, record: Conversation | None) -> None:
        """Have the viewport begin where that is to be; the record is of what somebody looks at."""
        window = viewport.window
        if self.sought and window.index(self.sought) >= 0:
            viewport.to_bottom()
            viewport.start_at(self.sought)
            self.sought = 0
        elif viewport.position is None and record is not None and not self.sought:
            self._hold(viewport, measure, record)

    def look(self, viewport: Viewport, record: Conversation | None, *, is_looked_at: bool) -> None:
        """Take note of what shows now."""
        window = viewport.window
        if record is not None:
            viewport.waiting = Waiting(record.unread, record.first_unread)
        if is_looked_at and viewport.position is None and not self.sought:
            self._followed = window.last_id
        viewport.skipped = None
        unseen = self.unseen(window, record) if record is not None else 0
        if unseen and window.index(unseen) < _top(viewport):
            viewport.skipped = 0
            viewport.skipped = viewport.waiting.before(window, _top(viewport))

    def unseen(self, window: Window, record: Conversation) -> int:
        """Return the first message that is unread, and that nobody has seen; 0: there is none."""
        if record.unread:
            return self._seen.progress(window, record.first_unread).unseen
        # Messages may be told before their conversation is: those that were stored after its last.
        told = record.last.id if record.last is not None else 0
        fresh = map(window.__getitem__, range(window.index(self._followed) + 1, len(window)))
        found = (each.id for each in fresh if each.id > told and each.state == "unread")
        return next(found, 0)

    def _hold(self, viewport: Viewport, measure: Measure, record: Conversation) -> None:
        """Don't follow past what has come since somebody has seen the end."""
        window = viewport.window
        unseen = self.unseen(window, record)
        index = window.index(unseen)
        if not unseen or index <= (followed := window.index(self._followed)) >= 0:
            return
        if index >= 0 and not fits(index, window, measure):
            self.line = unseen
            viewport.start_at(unseen)
        elif index < 0 and followed < 0 and window.older == "local" and lies_above(window, unseen):
            self.line = self.sought = unseen


def _top(viewport: Viewport) -> int:
    """Return the index of the highest message of which something shows, -1: none does."""
    *_, top = (-1, *(viewport.window.index(each.id) for each in shown(viewport)))
    return top
