"""Blogs as their owners make them, and have them be for some people."""

from collections.abc import Sequence

from backendd.api import text
from backendd.api.errors import InvalidArgument, NotAllowed
from backendd.api.tuples import NamedTuple
from backendd.api.words import AccessModel, PublishModel
from backendd.core import jid
from backendd.core.access import Access, Writers
from backendd.core.entries import KINDS, MICROBLOG, SOCIAL_FEED, Feed, NodeDeleted, kind_of
from backendd.features.blog_administration.belonging import WARNING, Belonging
from backendd.session.blog_nodes import BLOG, TYPE
from backendd.session.home import Home
from backendd.store import audience, feeds, gone_entries, publications
from backendd.store.ledger import Ledger

LONGEST_TITLE, LONGEST_DESCRIPTION = 200, 1000


class About(NamedTuple):
    """What a blog is called, what it is about, and whether all posts in it have a picture."""

    title: str = ""
    description: str = ""
    is_gallery: bool = False


class Administration:
    """Makes blogs and deletes them, tells whom they are for, and changes that."""

    def __init__(self, home: Home, belonging: Belonging) -> None:
        self._home = home
        self._belonging = belonging

    async def create(self, blog: Feed, whose: Access, about: About) -> None:
        """Make a blog; NotAllowed where there is such a node, InvalidArgument."""
        if not _is_name(blog, self._home.own):
            raise NotAllowed(f"{jid.shown(blog.node)} is the name of something else than a blog")
        if about.is_gallery and blog.node == MICROBLOG:
            raise InvalidArgument("an account's own blog can't be a gallery: name another node")
        named = {
            "title": text.clean_line(about.title, limit=LONGEST_TITLE),
            "description": text.clean_line(about.description, limit=LONGEST_DESCRIPTION),
        }
        given = {name: said for name, said in named.items() if said}
        options = {**BLOG, "type": kind_of(blog, is_gallery=about.is_gallery), **given}
        if not await self._home.blog_nodes.begin(blog, options, whose):
            what = "a blog" if blog.node == MICROBLOG else jid.shown(blog.node)
            raise NotAllowed(f"{blog.service} has {what} already")

    async def delete(self, blog: Feed) -> None:
        """Delete a blog with all that is in it, and all that belongs to it."""
        home = self._home
        await self._check(blog)
        if blog in await home.store.read(publications.on_their_way):
            raise NotAllowed(
                "something that you wrote there is not published yet: wait for it, or discard it"
            )
        await self._belonging.note(blog)
        try:
            await home.pubsub.delete(blog.node, service=home.blog_nodes.service(blog))
        finally:
            self._belonging.follow_soon()

        def work(ledger: Ledger) -> None:
            feed_id = feeds.find(ledger, blog)
            if feed_id is not None:
                gone_entries.clear(ledger, feed_id)

        await home.store.write(work)
        home.warnings.settle(WARNING, _subject(blog))
        home.events.publish(NodeDeleted(blog, is_by_us=True))

    async def access(self, blog: Feed) -> tuple[str, Sequence[str]]:
        """Return whom a blog is for, as a model, and its members or groups."""
        try:
            found = await self._home.blog_nodes.access(blog)
        except NotAllowed:
            model = await self._home.blog_nodes.public_model(blog)
            if not model:
                raise
            return model, ()
        return found.model, found.groups or found.members

    async def set_access(self, blog: Feed, whose: Access) -> None:
        """Have a blog, and all that belongs to it, be for these people from now on."""
        home = self._home
        await self._check(blog)
        await self._belonging.note(blog)
        try:
            is_sure = await home.blog_nodes.give(blog, whose)
        finally:
            self._belonging.follow_soon()
        home.warnings.settle(WARNING, _subject(blog))
        if not is_sure:
            home.warnings.add(
                WARNING, _subject(blog),
                f"{blog.service} does not say who follows the blog: strangers who have followed "
                "it before may go on to read it",
            )  # fmt: skip

    async def writers(self, blog: Feed) -> tuple[str, Sequence[str]]:
        """Return who writes in a blog, as a model, and who is named for that."""
        found = await self._home.blog_nodes.writers(blog)
        return found.model, found.members

    async def set_writers(self, blog: Feed, model: PublishModel, members: Sequence[str]) -> None:
        """Have these people write in a blog from now on; InvalidArgument, InvalidJid."""
        if members and model != "publishers":
            raise InvalidArgument(f"people are named for publishers, nobody for {model}")
        people = tuple(dict.fromkeys(jid.bare(each) for each in members))
        await self._check(blog)
        await self._home.blog_nodes.let_write(blog, Writers(model, people))

    async def _check(self, blog: Feed) -> None:
        """Raise NotAllowed where a node of our own account is something else than a blog."""
        home = self._home
        if blog.service != home.own or _is_name(blog, home.own):
            return
        form = await home.pubsub.configuration(blog.node)
        if form.value(TYPE) not in KINDS:
            raise NotAllowed(f"{jid.shown(blog.node)} is something else than a blog")

    async def whose(self, model: AccessModel, members: Sequence[str]) -> Access:
        """Return whom a caller means; InvalidArgument, InvalidJid."""
        if model == "whitelist":
            own, people = self._home.own, dict.fromkeys(jid.bare(each) for each in members)
            return Access(model, members=tuple(each for each in people if each != own))
        if model == "roster":
            return Access(model, groups=await self._groups(members))
        if members:
            raise InvalidArgument(
                f"people are named for whitelist, groups for roster, none for {model}"
            )
        return Access(model)

    async def _groups(self, named: Sequence[str]) -> tuple[str, ...]:
        known = await self._home.store.read(audience.groups)
        if not named:
            raise InvalidArgument("name the groups of your contacts that the blog is for")
        for each in named:
            if each not in known:
                there = ", ".join(known) or "none"
                raise InvalidArgument(
                    f"no contact of yours is in the group {jid.shown(each)}; groups: {there}"
                )
        return tuple(dict.fromkeys(named))


def _is_name(blog: Feed, own: str) -> bool:
    """Return whether a node may be a blog by its name: others are of other programs."""
    if blog.service != own:
        return True
    return blog.node == MICROBLOG or blog.node.startswith(SOCIAL_FEED) or ":" not in blog.node


def _subject(blog: Feed) -> str:
    return blog.service if blog.node == MICROBLOG else f"{blog.service} {blog.node}"
