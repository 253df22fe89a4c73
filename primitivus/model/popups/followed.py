"""The blogs that an account follows, as a list to choose from."""

from collections.abc import Sequence
from typing import ClassVar

from backendd.api.records import Subscription
from primitivus.failures import reason
from primitivus.model.blogs.blogs import Blogs, blog_name, feed_of
from primitivus.model.panes.pane import Focus
from primitivus.model.popups.blog_list import BlogList, entry
from primitivus.model.popups.listing import Entry, Part
from primitivus.sentences import cntr, ntr, tr


class FollowedPopup(BlogList):
    """What is followed, as it is now."""

    _told: Sequence[Subscription] = ()
    context: ClassVar[Focus] = "followed"

    def listed(self) -> Sequence[Part]:
        told = self.account.of(Blogs).followed()
        if told != self._told or not self.parts:
            self._told = told
            title = (
                ntr("{n} followed", "{n} followed", len(told))
                if told
                else tr("nothing is followed any more")
            )
            entries = sorted(map(self._entry, told), key=lambda each: each.line[0][1].casefold())
            self.parts = (Part(title, tuple(entries)),)
        return self.parts

    def _entry(self, followed: Subscription) -> Entry:
        said = (
            cntr("posts", "{n} unread", "{n} unread", followed.unread) if followed.unread else "",
            tr("muted") if followed.notify == "none" else "",
            tr("its owner has not agreed yet") if followed.pending else "",
            reason(followed.error),
        )
        feed = feed_of(followed)
        return entry(feed, blog_name(self.account, feed), said)
