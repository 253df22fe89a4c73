"""Blogs that are followed, as the backend tells of them, and what is told of an entry."""

from collections.abc import Iterable

from backendd.api.records import Entry, Subscription
from backendd.api.tuples import NamedTuple
from primitivus.model.accounts.account import Account
from primitivus.model.blogs.discussion import commented
from primitivus.model.meanwhile import Meanwhile
from primitivus.sentences import tr

MICROBLOG = "urn:xmpp:microblog:0"
"""The node of a blog that an account has as its own."""

_COMMENTS = f"{MICROBLOG}:comments/"


class Feed(NamedTuple):
    """A blog: a node, and the bare JID of the account or component where it is."""

    service: str
    node: str = MICROBLOG

    @property
    def key(self) -> str:
        return f"{self.service} {self.node}"

    @property
    def address(self) -> str:
        """Return how a person writes it: of an account's own blog nobody knows the node."""
        return self.service if self.node == MICROBLOG else self.key


def feed_of(record: Entry | Subscription) -> Feed:
    """Return the blog in which an entry is, or that is followed."""
    return Feed(record.service, record.node)


def is_comments(node: str) -> bool:
    """Return whether a node is that of the comments on an entry."""
    return node.startswith(_COMMENTS)


def is_going(entry: Entry) -> bool:
    """Return whether it was taken back, and goes as soon as its service knows."""
    return bool(entry.more.get("retracting"))


def writer(entry: Entry) -> str:
    """Return the address of who wrote an entry, as it says, else of who put it there."""
    return entry.author or entry.publisher or entry.service


class Blogs:
    """Those that an account follows."""

    def __init__(self) -> None:
        # Whether it was told which they are.
        self.are_known = False
        # What blogs are called that a service was asked for, by their key.
        self.titles: dict[str, str] = {}
        self._known: dict[str, Subscription] = {}
        self._meanwhile: Meanwhile[Subscription] = Meanwhile()

    def get(self, feed: Feed) -> Subscription | None:
        return self._known.get(feed.key)

    def followed(self) -> list[Subscription]:
        """Return all, as they came."""
        return list(self._known.values())

    @property
    def unread(self) -> int:
        """Return how many entries in those that are not muted were not read yet."""
        return sum(each.unread for each in self._known.values() if each.notify == "all")

    def expect(self) -> None:
        """Note that a snapshot is asked for: what is told from here on wins over it."""
        self._meanwhile.begin()

    def reset(self, known: Iterable[Subscription], *, are_known: bool = True) -> None:
        """Hold these, and what was told meanwhile."""
        self.are_known = are_known
        self._known = {feed_of(each).key: each for each in known}
        self._meanwhile.settle(self._known)

    def merge(self, told: Iterable[Subscription]) -> bool:
        """Take in what was told; return whether one of them was not followed before."""
        are_new = False
        for each in told:
            key = feed_of(each).key
            before = self._known.get(key)
            if before is None or before.revision <= each.revision:
                are_new |= before is None
                self._known[key] = each
                self._meanwhile.told(key, each)
        return are_new

    def answered(self, told: Iterable[Subscription]) -> list[Subscription]:
        """Return those whose owner had not agreed, and has answered now."""
        waited = {key for key, each in self._known.items() if each.pending}
        return [each for each in told if not each.pending and feed_of(each).key in waited]

    def remove(self, feeds: Iterable[Feed]) -> None:
        """Forget these."""
        for each in feeds:
            self._known.pop(each.key, None)
            self._meanwhile.told(each.key, None)


def is_of_writer(entry: Entry) -> bool:
    """Return whether an entry is in the blog of who wrote it, which needs no name beside theirs."""
    return feed_of(entry) == Feed(writer(entry))


def blog_of(entry: Entry) -> Feed:
    """Return the blog in which an entry is; of a comment that of what it is on, where it tells."""
    on = commented(entry)
    key = on.key if on is not None else None
    return Feed(*key[:2]) if key is not None else feed_of(entry)


def where(account: Account, entry: Entry) -> str:
    """Return where an entry stands: in which blog, or on what it is a comment."""
    on = commented(entry)
    if on is not None:
        return (
            tr('a comment on "{title}"', title=on.title) if on.title else tr("a comment on a post")
        )
    return tr('in "{blog}"', blog=blog_name(account, feed_of(entry)))


def answer(account: Account, told: Subscription) -> str:
    """Return what the owner of a blog has answered to whom wants to read it."""
    name = blog_name(account, feed_of(told))
    if told.error[0]:
        return tr(
            "{name}: its owner did not agree that you read it; :unfollow forgets it", name=name
        )
    return tr("{name}: its owner lets you read it from now on", name=name)


def blog_name(account: Account, feed: Feed) -> str:
    """Return what to call a blog: as it says, else by whose it is, and which of theirs."""
    if feed == Feed(account.profile.jid):
        return tr("your blog")
    known = account.of(Blogs).get(feed)
    if known is not None and known.name:
        return known.name
    # Accounts are called by whose they are: they could be called anything.
    if "@" not in feed.service and (title := account.of(Blogs).titles.get(feed.key)):
        return title
    whose = account.name(feed.service)
    if feed.node == MICROBLOG:
        return whose
    if is_comments(feed.node):
        return tr("comments at {whose}", whose=whose)
    return tr("{node} at {whose}", node=feed.node, whose=whose)
