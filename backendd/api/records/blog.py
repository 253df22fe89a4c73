"""Blogs, and what is written in them."""

from collections.abc import Mapping

from backendd.api.records.record import Record, key
from backendd.api.signature import Plain
from backendd.api.values import field
from backendd.api.words import BlogNotify, DateDoubt, DiscussionNotify, EntryState, ImportState


class EntryLink(Record):
    """Where an entry leads, and what that is to it."""

    rel: str = key("s", "")
    href: str = key("s", "")
    mime: str = key("s", "")
    title: str = key("s", "")


class Enclosure(Record):
    """A file that an entry comes with; `transfer` is the newest one of it that is listed.

    `here`: one that is listed no more brought it, or sent it; `path` is where it was then.
    """

    url: str = key("s", "")
    mime: str = key("s", "")
    title: str = key("s", "")
    size: int = key("t", 0)
    transfer: int = key("x", 0)
    here: bool = key("b", False)
    path: str = key("s", "")


class NewEntry(Record):
    """An entry to be published, or what is to be different in one."""

    id: str = key("s", "")
    title: str = key("s", "")
    markdown: str = key("s", "")
    body: str = key("s", "")
    tags: list[str] = key("as", [])
    comments: bool = key("b", True)
    enclosures: list[Enclosure] = key("aa{sv}", [])
    files: list[str] = key("as", [])
    based_on: str = key("s", "")


class Draft(Record):
    """An entry that is being written: what `Publish` takes of it."""

    id: str = key("s", "")
    service: str = key("s", "")
    node: str = key("s", "")
    entry: dict[str, Plain] = key("a{sv}", {})
    updated: int = key("x", 0)
    revision: int = key("x", 0)


class CommentDraft(Record):
    """What is being written to be said to an entry, or to the comment `parent` on it."""

    service: str = key("s", "")
    node: str = key("s", "")
    id: str = key("s", "")
    uri: str = key("s", "")
    title: str = key("s", "")
    parent: str = key("s", "")
    text: str = key("s", "")
    draft_id: str = key("s", "")
    updated: int = key("x", 0)
    revision: int = key("x", 0)


class Entry(Record):
    """What somebody wrote in a blog, or as a comment; `more` is what features add to it."""

    service: str = key("s", "")
    node: str = key("s", "")
    id: str = key("s", "")
    uri: str = key("s", "")
    state: EntryState = key("s", "")
    error: tuple[str, str] = key("(ss)", ("", ""))
    title: str = key("s", "")
    body: str = key("s", "")
    xhtml: str = key("s", "")
    truncated: bool = key("b", False)
    has_markup: bool = key("b", False)
    author: str = key("s", "")
    author_name: str = key("s", "")
    author_verified: bool = key("b", False)
    publisher: str = key("s", "")
    published: int = key("x", 0)
    order: int = key("x", 0)
    updated: int = key("x", 0)
    tags: list[str] = key("as", [])
    links: list[EntryLink] = key("aa{sv}", [])
    in_reply_to: str = key("s", "")
    comments_service: str = key("s", "")
    comments_node: str = key("s", "")
    attachments: list[Enclosure] = key("aa{sv}", [])
    unread: bool = key("b", False)
    revision: int = key("x", 0)
    more: Mapping[str, Plain] = field(default_factory=dict)


class EntryHit(Entry):
    """An entry that was found; `ranges` are start and length in code points of `snippet`."""

    snippet: str = key("s", "")
    ranges: list[tuple[int, int]] = key("a(uu)", [])


class Discussion(Record):
    """What is said to the user about a post; `last` is what came last of what is unread."""

    service: str = key("s", "")
    node: str = key("s", "")
    id: str = key("s", "")
    uri: str = key("s", "")
    title: str = key("s", "")
    comments_service: str = key("s", "")
    comments_node: str = key("s", "")
    unread: int = key("u", 0)
    first_unread: str = key("s", "")
    last: Entry | None = key("a{sv}", None)
    last_came: int = key("x", 0)
    liked_by: str = key("s", "")
    liked_at: int = key("x", 0)
    new_likes: int = key("u", 0)
    new_likers: list[str] = key("as", [])
    notify: DiscussionNotify = key("s", "all")
    revision: int = key("x", 0)


class ImportedEntry(Record):
    """A post of a file, as the entry that it becomes."""

    id: str = key("s", "")
    state: ImportState = key("s", "")
    error: tuple[str, str] = key("(ss)", ("", ""))
    title: str = key("s", "")
    body: str = key("s", "")
    published: int = key("x", 0)
    doubt: DateDoubt = key("s", "")
    tags: list[str] = key("as", [])


class Outgoing(Record):
    """How far posts are that were written for a blog; `published`: since none of them waited."""

    service: str = key("s", "")
    node: str = key("s", "")
    pending: int = key("u", 0)
    failed: int = key("u", 0)
    published: int = key("u", 0)


class BlogNode(Record):
    """A blog that a service has, and what it says of it."""

    service: str = key("s", "")
    node: str = key("s", "")
    title: str = key("s", "")
    description: str = key("s", "")
    access: str = key("s", "")


class ReaderRequest(Record):
    """Somebody who wants to read a blog of ours, for which they have to be let in."""

    id: str = key("s", "")
    service: str = key("s", "")
    node: str = key("s", "")
    jid: str = key("s", "")
    time: int = key("x", 0)


class Subscription(Record):
    """A blog that is followed."""

    service: str = key("s", "")
    node: str = key("s", "")
    name: str = key("s", "")
    pending: bool = key("b", False)
    error: tuple[str, str] = key("(ss)", ("", ""))
    since: int = key("x", 0)
    unread: int = key("u", 0)
    notify: BlogNotify = key("s", "all")
    revision: int = key("x", 0)
