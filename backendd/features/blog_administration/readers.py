"""One reader more of a blog, or one less, where readers are named or let in."""

import asyncio
from dataclasses import replace

from backendd.api.errors import InvalidArgument, NotAllowed, NotSupported, UnknownItem
from backendd.core import clock, jid
from backendd.core.access import Access
from backendd.core.entries import Feed
from backendd.features.blog_administration.belonging import Belonging
from backendd.features.blog_administration.service import Administration
from backendd.session.home import Home
from backendd.store import readers


class Readers:
    """Changes who reads, one after the other: two at the same time would undo each other."""

    def __init__(self, home: Home, administration: Administration, belonging: Belonging) -> None:
        self._home = home
        self._administration = administration
        self._belonging = belonging
        self._turn = asyncio.Lock()

    async def set_reader(self, blog: Feed, who: str, *, may_read: bool) -> None:
        """Have somebody read a blog from now on, or no more.

        InvalidArgument where nobody is named for that, InvalidJid, UnknownItem for who doesn't
        read it, NotAllowed for who writes there.
        """
        person = jid.bare(who)
        async with self._turn:
            found = await self._home.blog_nodes.access(blog)
            if found.model not in ("whitelist", "authorize"):
                raise InvalidArgument(
                    f"the blog is for {found.model}: it names no readers; whitelist would"
                )
            if person == self._home.own or person in found.writers:
                if not may_read:
                    raise NotAllowed(f"{person} writes there, and reads it because of that")
                return
            if may_read is (person in found.members):
                if may_read:
                    return
                raise UnknownItem(f"{person} is no reader of it")
            if found.model == "whitelist":
                await self._name(blog, found, person, may_read=may_read)
            elif may_read:
                await self._let_in(blog, person)
            else:
                await self._shut_out(blog, person)

    async def _name(self, blog: Feed, found: Access, person: str, *, may_read: bool) -> None:
        others = tuple(each for each in found.members if each != person)
        members = (*others, person) if may_read else others
        await self._administration.set_access(blog, replace(found, members=members))

    async def _let_in(self, blog: Feed, person: str) -> None:
        home = self._home
        await home.pubsub.decide(
            blog.node, person, is_allowed=True, service=home.blog_nodes.service(blog)
        )
        now = clock.now_us()
        await home.store.write(lambda ledger: readers.take_in(ledger, blog, person, now))
        self._belonging.admit_soon(blog)

    async def _shut_out(self, blog: Feed, person: str) -> None:
        home = self._home
        await self._belonging.note(blog)
        try:
            await self._end(blog, person)
            await home.store.write(lambda ledger: readers.leave_out(ledger, blog, person))
        finally:
            self._belonging.follow_soon()

    async def _end(self, blog: Feed, person: str) -> None:
        """Have a service know that somebody who was let in is so no more, by whichever address."""
        home, at = self._home, self._home.blog_nodes.service(blog)
        try:
            known = await home.pubsub.subscribers(blog.node, service=at)
            theirs = [each for each in known if each.partition("/")[0] == person]
        except NotSupported:
            theirs = [person]
        await home.pubsub.end_subscriptions(blog.node, theirs or [person], service=at)
        # Whoever was named before readers were let in reads because of that.
        roles = await home.pubsub.affiliations(blog.node, service=at)
        if roles.get(person) == "member":
            await home.pubsub.affiliate(blog.node, {person: "none"}, service=at)
