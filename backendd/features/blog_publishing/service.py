"""Entries that the user writes: what they say, and what is published beside them."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from backendd.api.signature import Plain
from backendd.blog import as_markdown, wanted
from backendd.blog.wanted import Wanted
from backendd.core import clock, uris
from backendd.core.entries import COMMENTS, ENCLOSURE, Content, Feed, Link, Person, ourselves
from backendd.core.uris import ItemAddress
from backendd.features.blog_publishing.files import Files, links
from backendd.files.handed import Handed
from backendd.session.home import Home
from backendd.store import drafts, entry_versions, publications
from backendd.store.sent_drafts import Saying


class Writing:
    """Makes entries of what is wanted, and has them published."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._files = Files(home)

    async def publish(
        self,
        feed: Feed,
        given: Mapping[str, Plain],
        token: str,
        draft: str,
        handed: Sequence[Handed] = (),
    ) -> str:
        """Return the id of an entry that goes out when it can, and ends a draft; see `Wanted`.

        Files that are `handed` over go out with it as well.
        """
        want, publishing = Wanted(given), self._home.publishing
        saying = _saying(feed, given, handed, draft) if draft else None
        if (token or saying) and (known := await publishing.published(feed, token, saying)):
            return known
        uploads = [
            *await self._files.at(feed, want.files), *await self._files.of(feed, handed)
        ]  # fmt: skip
        files = links(uploads)
        written = want.markdown
        if want.id:
            content, written = await self._changed(feed, want, files)
            item = want.id
        else:
            content = await asyncio.to_thread(want.content, files=files)
            item = wanted.new_id(content.title)
            content = replace(content, published=clock.now_us(), author=self._author())
        content = replace(
            content, updated=clock.now_us(), comments=self._comments(want, item, content)
        )
        return await publishing.publish(
            feed, item, content, token=token, markdown=written, files=uploads,
            based_on=want.based_on, besides=lambda ledger: drafts.delete(ledger, draft),
            saying=saying,
        )  # fmt: skip

    async def source(self, feed: Feed, item: str) -> tuple[Mapping[str, Plain], bool]:
        """Return an entry as it is wanted to be changed, and whether that lacks some of it."""
        known = await self._home.publishing.known(feed, item)
        says = publications.content(known.says)
        entry = {
            "id": item, "title": says.title, "tags": list(says.tags),
            "comments": says.comments is not None, **_enclosures(says.links),
            "based_on": entry_versions.version(known.says),
        }  # fmt: skip
        if source := await self._home.publishing.source(known):
            return {**entry, "markdown": source}, False
        if not says.xhtml:
            return {**entry, "body": says.text}, False
        markdown, is_whole = await asyncio.to_thread(_as_markdown, says.xhtml)
        return {**entry, "markdown": markdown}, not is_whole

    async def _changed(
        self, feed: Feed, want: Wanted, files: Sequence[Link]
    ) -> tuple[Content, str]:
        """Return what an entry says from now on, with all of it that stays.

        Behind it stands the Markdown in which that is written, empty where it isn't.
        """
        if want.based_on:
            await self._home.publishing.look(feed, want.id)
        known = await self._home.publishing.known(feed, want.id)
        entry_versions.require(known, want.based_on)
        before = publications.content(known.says)
        if before.author.jid == self._home.own and not before.author.name:
            before = replace(before, author=self._author())
        return await asyncio.to_thread(_change, want, before, files)

    def _comments(self, want: Wanted, item: str, content: Content) -> Feed | None:
        are_wanted = want.comments
        if are_wanted is None:
            are_wanted = content.comments is not None if want.id else True
        if not are_wanted:
            return None
        return content.comments or Feed(self._home.own, COMMENTS + item)

    def _author(self) -> Person:
        return ourselves(self._home.own, self._home.profile.settings.nickname)

    async def preview(self, written: str) -> tuple[str, str]:
        """Return Markdown as plain text and as XHTML."""
        return await asyncio.to_thread(wanted.preview, written)


def _change(want: Wanted, before: Content, files: Sequence[Link]) -> tuple[Content, str]:
    return want.content(before, files), "" if want.leaves_text(before) else want.markdown


def _saying(feed: Feed, given: Mapping[str, Plain], handed: Sequence[Handed], draft: str) -> Saying:
    place = uris.encode(ItemAddress(feed.service, feed.node, ""))
    said = json.dumps([given, [each.name for each in handed]], sort_keys=True)
    return Saying(place, draft, said)


def _as_markdown(xhtml: str) -> tuple[str, bool]:
    markdown = as_markdown.written(xhtml)
    return markdown, as_markdown.is_whole(markdown, xhtml)


def _enclosures(links: Sequence[Link]) -> Mapping[str, Plain]:
    """Return the files of an entry as they are wanted, where it has some."""
    files = [
        {"url": each.href, "mime": each.type, "title": each.title, "size": each.length}
        for each in links
        if each.rel == ENCLOSURE
    ]
    return {"enclosures": files} if files else {}
