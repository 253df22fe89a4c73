"""What a list of posts is of: all blogs that are followed, one of them, or what was found."""

from collections.abc import Hashable

from backendd.api.records import Entry
from backendd.api.values import Value
from primitivus.model.accounts.account import Account
from primitivus.model.blogs.blogs import Feed, blog_name, feed_of, is_going
from primitivus.model.blogs.discussion import is_heart
from primitivus.sentences import tr


class _Source(Value):
    @property
    def view(self) -> Hashable:
        """Return what tells its list from others of an account."""
        return type(self)

    def keeps(self, entry: Entry) -> bool:
        """Return whether an entry that is in the list stays there, as it is now."""
        return True


class Followed(_Source):
    """All that is followed, and the own blog; or of that what was not read yet."""

    is_unread: bool = False

    @property
    def view(self) -> Hashable:
        return self

    @property
    def title(self) -> str:
        return tr("Blogs: what is unread") if self.is_unread else tr("Blogs: what you follow")

    @property
    def empty(self) -> str:
        if self.is_unread:
            return tr("all is read; :blog shows it")
        return tr("nothing yet: :follow ADDRESS follows somebody's blog, :publish writes in yours")

    def takes(self, entry: Entry, *, is_followed: bool) -> bool:
        """Return whether an entry belongs into the list that is new."""
        return is_followed and (entry.unread or not self.is_unread)


class OneBlog(_Source):
    """All that is in one blog, as an account knows that."""

    feed: Feed
    account: Account

    @property
    def view(self) -> Hashable:
        return self.feed

    @property
    def title(self) -> str:
        return tr("Blog: {blog}", blog=blog_name(self.account, self.feed))

    @property
    def empty(self) -> str:
        return tr("nothing was written here yet")

    def takes(self, entry: Entry, *, is_followed: bool) -> bool:
        """Return whether an entry belongs into the list that is new."""
        return feed_of(entry) == self.feed


class Unpublished(_Source):
    """What was written here and is not published, or not gone yet: it waits, or has failed."""

    @property
    def title(self) -> str:
        return tr("Blogs: not published, or not gone yet")

    @property
    def empty(self) -> str:
        return tr("all that you wrote is published; :drafts has what is being written")

    def takes(self, entry: Entry, *, is_followed: bool) -> bool:
        """Return whether an entry belongs into the list that is new."""
        return self.keeps(entry) and not is_heart(entry)

    def keeps(self, entry: Entry) -> bool:
        """Return whether an entry that is in the list stays there, as it is now."""
        return entry.state in ("pending", "failed") or is_going(entry)


class FoundPosts(_Source):
    """What has these words in it, of all blogs that are here."""

    words: str

    @property
    def title(self) -> str:
        return tr("Blogs: {words}", words=self.words)

    @property
    def empty(self) -> str:
        return tr(
            'no post that is here contains "{words}"; only whole words are found', words=self.words
        )

    def takes(self, entry: Entry, *, is_followed: bool) -> bool:
        """Return whether an entry belongs into the list that is new: it was not searched."""
        return False


Source = Followed | OneBlog | Unpublished | FoundPosts
