"""What an entry of a blog says, or a comment on one (XEP-0277, XEP-0472)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from backendd.api import records
from backendd.api.values import Value

MICROBLOG = "urn:xmpp:microblog:0"
"""The node of a blog that an account has as its own."""

COMMENTS = f"{MICROBLOG}:comments/"
"""What the node of comments on an entry begins with; the id of that follows."""

SOCIAL_FEED = "urn:xmpp:pubsub-social-feed:1"
GALLERY = "urn:xmpp:pubsub-social-feed:gallery:1"

ENCLOSURE = "enclosure"
"""What a file that comes with an entry is to it (RFC 4287 4.2.7.2)."""

GALLERIES = frozenset({GALLERY, "urn:xmpp:pubsub-social-gallery:0"})
"""What nodes say whose entries all have a picture; the second as Movim wrote it before."""

KINDS = frozenset({MICROBLOG, SOCIAL_FEED, "http://www.w3.org/2005/Atom"}) | GALLERIES
"""What nodes of blogs say that is in them."""

LONGEST_TITLE = 500

# Where a link leads, as plain text has it behind the words of that (blog/plain.py).
_ADDRESS = re.compile(r" \([A-Za-z][A-Za-z0-9+.-]*:\S+\)")

HEART = "♥"

HEARTS = frozenset({HEART, "♥️", "❤", "❤️", "\N{BLACK HEART SUIT}\ufe0e"})
"""A comment that says nothing else is a like, as Movim and Libervia write it."""


class Feed(Value):
    """A node of entries: a blog, or the comments on an entry. `service` is a bare JID."""

    service: str
    node: str


def kind_of(feed: Feed, *, is_gallery: bool = False) -> str:
    """Return what kind of node a blog is, as the node says it (XEP-0472)."""
    if feed.node == MICROBLOG:
        return MICROBLOG
    return GALLERY if is_gallery else SOCIAL_FEED


class Person(Value):
    """Who has written something, as they say; `jid` is a bare JID, or empty."""

    name: str = ""
    jid: str = ""


class Link(Value):
    """Where an entry leads, and what that is to it (RFC 4287 4.2.7); `length` is in bytes.

    Without `href` it is a file of an entry of ours that has no address yet.
    """

    rel: str
    href: str
    type: str = ""
    title: str = ""
    length: int = 0


class Content(Value):
    """What the item of an entry says, made harmless; times are microseconds since the epoch.

    `text` is plain, also where there is markup; `xhtml` is that markup, a `<div>` as
    `blog.xhtml` leaves it, or empty. `answers` are links to what it answers. `comments` is where
    comments on it belong. `atom_id` is what it is called anywhere (RFC 4287 4.2.6), or empty.
    """

    title: str = ""
    text: str = ""
    xhtml: str = ""
    author: Person = Person()
    published: int | None = None
    updated: int | None = None
    tags: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    answers: tuple[str, ...] = ()
    comments: Feed | None = None
    atom_id: str = ""

    @property
    def has_picture(self) -> bool:
        """Whether one of the files that it comes with is said to be a picture."""
        files = (each for each in self.links if each.rel == ENCLOSURE)
        return any(each.type.lower().startswith("image/") for each in files)

    @property
    def is_like(self) -> bool:
        """Whether it is one of the comments that only say that somebody likes an entry."""
        return (self.text or self.title).strip() in HEARTS


def ourselves(own: str, nick: str) -> Person:
    """Return who we are in what we write; `own` is the bare JID of the account."""
    return Person(nick or own.partition("@")[0], own)


def titled(content: Content) -> Content:
    """Return an entry with a title, which many programs read none without (XEP-0277 3).

    It is how the text begins, of links there only their words.
    """
    if content.title:
        return content
    files = (each.title for each in content.links if each.rel == ENCLOSURE and each.title)
    first, _, rest = (content.text or next(files, "…")).partition("\n")
    if not rest and not content.xhtml and len(first) <= LONGEST_TITLE:
        return replace(content, title=first, text="")
    if content.xhtml:
        first = _ADDRESS.sub("", first).strip() or first
    is_cut = len(first) > 100
    return replace(content, title=first[:99] + "…" if is_cut else first)


class NodeDeleted(Value):
    """A node is gone, with all that was in it; `is_by_us`: we have asked for that."""

    feed: Feed
    is_by_us: bool = False


class LikeRefused(Value):
    """What is at this service couldn't be liked, or liked no more; `why` is a sentence.

    `is_kept`: it was to be liked no more, and still is.
    """

    service: str
    why: str
    is_of_comment: bool = False
    is_kept: bool = False


class EntriesChanged(Value):
    """Entries are new or different; long ones are cut, as records say."""

    entries: Sequence[records.Entry]


class EntriesShown(Value):
    """Somebody is given these entries, to look at them."""

    entries: Sequence[records.Entry]


class EntriesNamed(Value):
    """A service has told that entries are new or different, and not what they say."""

    feed: Feed
    ids: tuple[str, ...]


class EntriesGone(Value):
    """Entries of a feed are gone."""

    feed: Feed
    ids: Sequence[str]


class FeedOpened(Value):
    """A feed that is followed can be read from now on: its owner has agreed."""

    feed: Feed


class FeedReadable(Value):
    """A feed was read that refused it before: who was shut out may be told nothing of it still."""

    feed: Feed


class FeedsChanged(Value):
    """It stands otherwise with what is followed; of what is followed no more only where it is."""

    feeds: Sequence[records.Subscription]
    gone: Sequence[records.Subscription]


class DiscussionsChanged(Value):
    """It stands otherwise with what is said to the user about posts."""

    discussions: Sequence[records.Discussion]


class CommentDraftsChanged(Value):
    """What is being written to be said to entries is new or different; no more, where empty."""

    drafts: Sequence[records.CommentDraft]


class DraftsChanged(Value):
    """Entries that are being written are new or different, or no more."""

    drafts: Sequence[records.Draft]
    gone: Sequence[str]
