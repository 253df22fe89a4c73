"""The nodes in which people like items of our account (XEP-0470), made alike whoever needs one."""

import logging

from backendd.api.errors import BackendError, NotConnected, UnknownItem
from backendd.core.access import Access
from backendd.core.attachments import ATTACHMENTS, node_of
from backendd.core.entries import Feed
from backendd.core.uris import ItemAddress
from backendd.session.blog_nodes import DISCUSSION
from backendd.session.home import Home

log = logging.getLogger(__name__)


async def have(home: Home, target: ItemAddress) -> None:
    """Have a node in which all who read an item of ours like it, as far as the server lets us.

    Raises NotConnected alone.
    """
    own, nodes = home.own, home.blog_nodes
    try:
        if ATTACHMENTS in (await home.disco.info(own)).features:
            return  # it makes them itself
        try:
            whose = await nodes.access(Feed(own, target.node))
        except UnknownItem:
            whose = Access()  # as the blog is once it is made, with the first entry
        likes, readers = Feed(own, node_of(target)), whose.of_readers
        if not await nodes.make(likes, DISCUSSION, readers):
            # The first like may have made it, for its own author alone, or who reads it changed.
            await nodes.give(likes, readers, DISCUSSION)
    except NotConnected:
        raise
    except BackendError as error:
        log.info("%s: nobody can like an entry: %s", home.profile.name, error)
