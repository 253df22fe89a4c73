"""The blogs that an account follows, as a list to choose from."""

from collections.abc import Sequence
from typing import ClassVar

from backendd.api.records import Subscription
from backendd.api.values import field
from primitivus.model.account import Account
from primitivus.model.blogs import MICROBLOG, Blogs, Feed, blog_name, feed_of
from primitivus.model.listing import Entry, Listing, Part
from primitivus.model.panes.pane import Focus
from primitivus.model.quoting import quote


class FollowedPopup(Listing):
    """What is followed, as it is now; Enter shows the chosen blog."""

    account: Account = field(kw_only=True)
    _told: Sequence[Subscription] = ()
    context: ClassVar[Focus] = "followed"

    @property
    def marked(self) -> Feed | None:
        """Return the blog that is chosen."""
        chosen = self.chosen
        return Feed(*chosen.about.split(" ", 1)) if chosen is not None else None

    def listed(self) -> Sequence[Part]:
        told = self.account.of(Blogs).followed()
        if told != self._told or not self.parts:
            self._told = told
            title = f"{len(told)} followed" if told else "nothing is followed any more"
            entries = sorted(map(self._entry, told), key=lambda each: each.line[0][1].casefold())
            self.parts = (Part(title, tuple(entries)),)
        return self.parts

    def _entry(self, followed: Subscription) -> Entry:
        feed = feed_of(followed)
        name = blog_name(self.account, feed)
        at = feed.service if feed.node == MICROBLOG else f"{feed.service} {feed.node}"
        said = (
            at if at != name else "",
            f"{followed.unread} unread" if followed.unread else "",
            "its owner has not agreed yet" if followed.pending else "",
            followed.error[1],
        )
        hint = ", ".join(filter(None, said))
        line = (("popup", name), ("hint", f"  {hint}" if hint else ""))
        return Entry(line, f"blog {quote(feed.service)} {quote(feed.node)}", feed.key)
