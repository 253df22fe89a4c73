"""What nodes of blogs are called in sentences, and why what we say there isn't taken."""

from backendd.api import text
from backendd.api.errors import BackendError, NotAllowed, ServerError, UnknownItem
from backendd.core import jid
from backendd.core.attachments import PREFIX
from backendd.core.entries import COMMENTS, MICROBLOG, Feed

MAY_LIKE = "its owner says who may like it"


def called(node: str) -> str:
    """Return what a node is called: nobody knows those of blogs by their names."""
    if node == MICROBLOG:
        return "the blog"
    if node.startswith(COMMENTS):
        return "what is said to a post"
    return "the likes of a post" if node.startswith(PREFIX) else f"the node {jid.shown(node)}"


def not_taken(why: BackendError, feed: Feed, *, takes_back: bool = False) -> BackendError:
    """Return why a service takes nothing of ours in a feed; itself where it says enough.

    `takes_back`: it was to take something back there.
    """
    if not isinstance(why, ServerError):
        return why  # it is in our words
    who, is_said = text.clean_line(feed.service, limit=200), feed.node.startswith(COMMENTS)
    if isinstance(why, UnknownItem):
        what = "place for comments on this post" if is_said else "such blog"
        return UnknownItem(f"{who} has no {what} any more")
    if not isinstance(why, NotAllowed):
        return why
    if takes_back:
        return NotAllowed(f"{who} does not let you take this back: its owner may")
    what = "comment on this post" if is_said else "publish in this blog"
    return NotAllowed(f"{who} does not let you {what}: its owner says who may")
