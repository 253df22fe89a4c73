"""Lists of blogs to choose from: those of a service, or those that are followed."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from backendd.api.records import BlogNode
from backendd.api.values import field
from primitivus.model.accounts.account import Account
from primitivus.model.blogs.blogs import Blogs, Feed, blog_name
from primitivus.model.panes.pane import Focus
from primitivus.model.popups.listing import Entry, Listing, Part
from primitivus.model.wording.quoting import quote
from primitivus.sentences import ntr, tr


class BlogList(Listing):
    """Blogs of which one is chosen; Enter shows it."""

    account: Account = field(kw_only=True)

    @property
    def marked(self) -> Feed | None:
        """Return the blog that is chosen."""
        chosen = self.chosen
        return Feed(*chosen.about.split(" ", 1)) if chosen is not None else None


def entry(feed: Feed, name: str, hints: Iterable[str]) -> Entry:
    """Return the line of a blog: what it is called, and what else is told of it."""
    hint = ", ".join(filter(None, (feed.address if feed.address != name else "", *hints)))
    line = (("popup", name), ("hint", f"  {hint}" if hint else ""))
    return Entry(line, f"blog {quote(feed.service)} {quote(feed.node)}", feed.key)


class BlogsPopup(BlogList):
    """The blogs of a service, as they come."""

    service: str = field(kw_only=True)
    context: ClassVar[Focus] = "blogs"
    # Whether more of them come, and why no more do.
    is_loading: bool = True
    error: str = ""
    _found: tuple[BlogNode, ...] = ()

    def add(self, page: Iterable[BlogNode]) -> None:
        """Have more blogs in it."""
        self._found = (*self._found, *page)
        known = self.account.of(Blogs)
        known.titles.update({_feed(each).key: each.title for each in self._found if each.title})

    def end(self, error: str = "") -> None:
        """Note that no more come, and why, where there may be more."""
        self.is_loading, self.error = False, error

    def __len__(self) -> int:
        return len(self._found)

    def listed(self) -> Sequence[Part]:
        title = self.error or self._many()
        entries = sorted(map(self._entry, self._found), key=lambda each: each.line[0][1].casefold())
        return (Part(title, tuple(entries)),)

    def _many(self) -> str:
        number = len(self)
        if self.is_loading:
            some = ntr("{n} blog so far", "{n} blogs so far", number)
            return some if number else tr("no blog so far")
        some = ntr("{n} blog at {service}", "{n} blogs at {service}", number, service=self.service)
        return some if number else tr("no blog at {service}", service=self.service)

    def _entry(self, node: BlogNode) -> Entry:
        feed = _feed(node)
        is_followed = self.account.of(Blogs).get(feed) is not None
        followed = tr("followed") if is_followed else ""
        return entry(feed, blog_name(self.account, feed), (followed, node.description))


def _feed(node: BlogNode) -> Feed:
    return Feed(node.service, node.node)
