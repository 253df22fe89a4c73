"""What was made for blogs before, by us or by others, is as it is made now: looked through once."""

import logging

from backendd.api.errors import BackendError, NotAllowed, NotConnected, NotSupported, UnknownItem
from backendd.core import attachments
from backendd.core.entries import COMMENTS, MICROBLOG, Feed
from backendd.core.uris import ItemAddress
from backendd.features.blog_administration import store
from backendd.features.blog_administration.belonging import Belonging
from backendd.session.home import Home

log = logging.getLogger(__name__)

EDITION = 1
"""Raised where nodes are made otherwise, so that those of before are looked at again.

1: who isn't named can't write where readers are; what the first like has made takes those of all.
"""

MOST = 100
"""Entries of a blog that are looked at, the newest; all of one whose readers are named."""


class Review:
    """Notes what belongs to the blogs of an account, once; the rest is done as it follows them."""

    def __init__(self, home: Home, belonging: Belonging) -> None:
        self._home = home
        self._belonging = belonging

    async def go_on(self) -> None:
        """Note what is to be looked at; what can't be asked now is on the next stream."""
        home, own = self._home, self._home.own
        if await home.store.read(lambda view: store.is_reviewed(view, own, EDITION)):
            return
        try:
            if not (await home.disco.info(own)).has_identity("pubsub", "pep"):
                return
            for blog in await self._blogs(own):
                await self._note(blog)
        except BackendError as error:
            log.info("%s: blogs aren't looked through now: %s", home.profile.name, error)
            return
        await home.store.write(lambda ledger: store.reviewed(ledger, own, EDITION))

    async def _blogs(self, own: str) -> set[Feed]:
        """Return the blogs to which nodes of the account belong."""
        home = self._home
        found = await home.store.read(lambda view: store.discussed(view, own))
        for each in (await home.disco.items(own)).items:
            liked = attachments.target_of(each.node)
            if liked is not None and liked.service == own and not liked.node.startswith(COMMENTS):
                found.add(Feed(own, liked.node))
        return found | {Feed(own, MICROBLOG)}

    async def _note(self, blog: Feed) -> None:
        home, own = self._home, self._home.own
        try:
            access = await home.blog_nodes.access(blog)
        except (NotAllowed, NotSupported, UnknownItem):
            return  # it is somebody else's, or none
        except NotConnected:
            raise
        except BackendError as error:
            if blog.service == own:
                raise
            # A service that is gone would have all others be looked through for ever.
            log.info("%s: a blog isn't looked through: %s", home.profile.name, error)
            return
        if access.of_readers.publish_model == "publishers":
            await self._belonging.note(blog)
            return
        ids = await home.store.read(lambda view: store.newest(view, blog, MOST))
        if not ids:
            there = (await home.disco.items(blog.service, blog.node)).items
            ids = {each.name for each in there[:MOST]}
        # Where its comments are closed, somebody wants that.
        likes = {attachments.node_of(ItemAddress(own, blog.node, each)) for each in ids}
        await self._belonging.note(blog, likes)
