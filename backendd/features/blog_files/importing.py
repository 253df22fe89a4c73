"""Posts of a file to a blog: those that aren't there, the oldest first, each under its own id."""

import asyncio
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from xml.etree.ElementTree import Element

from backendd.api import records, regular
from backendd.api.descriptors import Descriptor
from backendd.api.errors import InvalidArgument, TooLarge
from backendd.api.tuples import NamedTuple
from backendd.blog import moved
from backendd.blog.moved import Post
from backendd.blog.syndication import Around, Reader
from backendd.core import clock
from backendd.core.encoding import decode, encode
from backendd.core.entries import COMMENTS, Content, Feed, Person, ourselves
from backendd.features.blog_files import store
from backendd.features.blog_files.reading import read_whole
from backendd.files import reasons
from backendd.files.reading import read
from backendd.files.threads import run
from backendd.session.home import Home
from backendd.session.publishing import Encoded, encoded

AT_ONCE = 50
SHOWN = 300
"""Characters of what a post says that are told."""

_PIECE = 256 * 1024
# Of posts up to so long it is sure that they are not too long to be published.
_SHORT = 64 * 1024
_CUT = 1024
_USE = "imported"
_OFFLINE = "what this blog has already is not all known here, and asking for it takes a connection"
_ANOTHER = "another post of the file has its id"


class Found(NamedTuple):
    """A post in a file, as short as it can be kept; `time` is 0 where it doesn't say one.

    `is_another`: one before it in the file has the same id, and says something else.
    """

    time: int
    id: str
    written: bytes
    is_another: bool = False


class Importing:
    """Publishes what stands in files that callers have opened."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def run(
        self, feed: Feed, file: Descriptor, *, dry_run: bool
    ) -> Sequence[records.ImportedEntry]:
        """Return what becomes of each post of a file, oldest first.

        The file is closed.
        """
        found, around = await run(partial(_read, file))
        await read_whole(self._home, feed, why=_OFFLINE, may_be_new=True)
        told: list[records.ImportedEntry] = []
        for start in range(0, len(found), AT_ONCE):
            some = found[start : start + AT_ONCE]
            told += await self._take(feed, some, around, dry_run=dry_run)
        return told

    async def _take(
        self, feed: Feed, some: Sequence[Found], around: Around, *, dry_run: bool
    ) -> list[records.ImportedEntry]:
        ids = [each.id for each in some]
        known = await self._home.store.read(lambda view: store.known(view, feed, ids))
        work = partial(self._convert, feed, some, around, known, is_brief=dry_run)
        told, ready = await asyncio.to_thread(work)
        if not dry_run and ready:
            await self._home.publishing.publish_new(feed, ready)
        return told

    # -- in a thread

    def _convert(
        self, feed: Feed, some: Sequence[Found], around: Around, known: set[str],
        *, is_brief: bool,
    ) -> tuple[list[records.ImportedEntry], list[Encoded]]:  # fmt: skip
        told, ready = [], []
        for each in some:
            element = decode(each.written.decode(), namespace="")
            is_known = each.id in known
            is_cut = is_known or (is_brief and len(each.written) < _SHORT)
            if is_cut:
                element = moved.beginning(element, SHOWN if is_known else _CUT)
            post = moved.decode(element, around)
            why_not = _ANOTHER if each.is_another else post.why_not
            post = replace(post, why_not=why_not)
            now = clock.now_us()
            if not is_cut and not post.why_not:
                content = self._as_ours(post.id, post.content, now)
                try:
                    ready.append(encoded(feed, post.id, content, self._home.own))
                except TooLarge as error:
                    post = replace(post, why_not=str(error))
            told.append(_told(post, now, is_known=is_known))
        return told, ready

    def _as_ours(self, id: str, content: Content, now: int) -> Content:
        """Return what a post says with us as its author, by the name that it has there.

        One of the future is of now: for ever it would stand above all that is written later.
        """
        us = ourselves(self._home.own, self._home.profile.settings.nickname)
        author = Person(content.author.name or us.name, us.jid)
        first = _first(content)
        published = now if first is None else min(first, now)
        updated = published if content.updated is None else min(content.updated, now)
        comments = Feed(self._home.own, COMMENTS + id)
        return replace(
            content, author=author, published=published, updated=updated, comments=comments
        )


def _first(content: Content) -> int | None:
    return content.updated if content.published is None else content.published


def _told(post: Post, now: int, *, is_known: bool) -> records.ImportedEntry:
    content = post.content
    first = _first(content)
    return records.ImportedEntry(
        id=post.id, title=content.title, body=content.text[:SHOWN],
        published=now if first is None else first, doubt=moved.doubt(first, now),
        tags=list(content.tags),
        state="known" if is_known else "refused" if post.why_not else "new",
        error=("", "") if is_known or not post.why_not else (InvalidArgument.name, post.why_not),
    )  # fmt: skip


async def opened(path: str) -> Descriptor:
    """Return a file, open to read; FileError, InvalidArgument."""
    reasons.check_path(path)
    with reasons.explained(path):
        return await run(partial(regular.opened, path, reasons.shown(path), _USE))


def _read(file: Descriptor) -> tuple[list[Found], Around]:
    """Return the posts of a file, oldest first, and what stands around them.

    One that is there twice with the same words is one.
    """
    with file, reasons.explained(""):
        regular.check(os.fstat(file.fileno()), "what was handed over", _USE)
        reader, found, position = Reader(), dict[str, list[Found]](), 0
        while True:
            piece = read(position, _PIECE, file.fileno())
            for each in filter(moved.is_post, reader.feed(piece)):
                one = _found(each)
                others = found.setdefault(one.id, [])
                if all(one.written != other.written for other in others):
                    others.append(one._replace(is_another=bool(others)))
            position += len(piece)
            if not piece:
                return _oldest_first(found.values()), reader.around


def _oldest_first(found: Iterable[list[Found]]) -> list[Found]:
    return sorted(chain.from_iterable(found), key=lambda each: each.time)


def _found(element: Element) -> Found:
    return Found(moved.published(element) or 0, moved.id_of(element), encode(element, namespace=""))
