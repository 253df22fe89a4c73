"""Entries that the user writes: what they say, and what is published beside them."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from backendd.api.signature import Plain
from backendd.blog import wanted
from backendd.blog.wanted import Wanted
from backendd.core import clock
from backendd.core.entries import COMMENTS, Content, Feed, Person, ourselves
from backendd.session.home import Home
from backendd.store import publications


class Writing:
    """Makes entries of what is wanted, and has them published."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def publish(self, feed: Feed, given: Mapping[str, Plain], token: str, draft: str) -> str:
        """Return the id of an entry that goes out when it can, and ends a draft; see `Wanted`."""
        want, publishing = Wanted(given), self._home.publishing
        if token and (known := await publishing.by_token(token)):
            return known
        if want.id:
            content = await self._changed(feed, want)
            item = want.id
        else:
            content = await asyncio.to_thread(want.content)
            item = wanted.new_id(content.title)
            content = replace(content, published=clock.now_us(), author=self._author())
        content = replace(
            content, updated=clock.now_us(), comments=self._comments(want, item, content)
        )
        return await publishing.publish(feed, item, content, token=token, draft=draft)

    async def _changed(self, feed: Feed, want: Wanted) -> Content:
        """Return what an entry says from now on, with all of it that stays."""
        known = await self._home.publishing.known(feed, want.id)
        before = publications.content(known.says)
        if before.author.jid == self._home.own and not before.author.name:
            before = replace(before, author=self._author())
        return await asyncio.to_thread(want.content, before)

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
