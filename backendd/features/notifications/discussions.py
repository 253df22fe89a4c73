"""What others say to posts of the user, as it is noted: one note a post, while any is unread."""

from collections.abc import Callable

from backendd.api import names, records, text
from backendd.core import clock
from backendd.core.entries import DiscussionsChanged
from backendd.core.hub import Hub
from backendd.features.notifications.model import (
    HIDDEN_COMMENT,
    MARK_READ,
    SUMMARY_LIMIT,
    Act,
    Note,
    shortened,
)
from backendd.features.notifications.service import Notifications


class Discussions:
    """Has noted what is said to posts in the profile at `path`; `show` shows what is new."""

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
        # When came what was noted last: what was there before was noted then.
        self._newest = clock.now_us()
        events.subscribe(DiscussionsChanged, self._on_changed)

    def _on_changed(self, event: DiscussionsChanged) -> None:
        noted = self._newest
        for each in event.discussions:
            self._newest = max(self._newest, each.last_came)
            if each.last is None:
                self._notifications.close((self._path, each.uri))
            elif each.last_came > noted and each.notify == "all":
                self._show(note(self._path, each, each.last, shows_text=self._shows_text))


def note(
    path: str, discussion: records.Discussion, last: records.Entry, *, shows_text: bool
) -> Note:
    """Return what is to be shown of what was said last to a post."""
    title = text.clean_line(discussion.title, limit=SUMMARY_LIMIT) or "a post"
    summary = f"{title} ({discussion.unread})" if discussion.unread > 1 else title
    who = text.clean_line(last.publisher or last.author, limit=SUMMARY_LIMIT)
    said = shortened(last.body or last.title) if shows_text else HIDDEN_COMMENT
    at = (discussion.comments_service, discussion.comments_node, ())
    acts = (Act(MARK_READ, "Mark as read", names.BLOG, "MarkRead", "ssas", at),)
    return Note((path, discussion.uri), summary, f"{who}: {said}" if who else said, acts)
