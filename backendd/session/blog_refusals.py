"""What services refuse of blogs, as errors with a sentence that a reader can act on."""

from backendd.api.errors import BackendError, NotAllowed, NotSupported, ServerError, UnknownItem
from backendd.core import jid
from backendd.core.entries import MICROBLOG, Feed


def explained(error: BackendError, blog: Feed) -> BackendError:
    """Return why a blog can't be read or followed; itself where it says enough."""
    who, node = jid.shown(blog.service), jid.shown(blog.node)
    is_own = blog.node == MICROBLOG
    if isinstance(error, UnknownItem):
        return UnknownItem(f"{who} has no blog yet" if is_own else f"{who} has no blog {node}")
    if isinstance(error, NotSupported):
        return NotSupported(f"{who} has no blogs: {error}")
    cause = error.__cause__
    # A detail says more than we could, and so does who can't be reached at all.
    is_vague = (
        isinstance(cause, ServerError) and cause.condition == "forbidden" and not cause.detail
    )
    if not isinstance(error, NotAllowed) or not is_vague:
        return error
    if "@" not in blog.service:
        return NotAllowed(f"{who} does not let you read {node}: ask its owner")
    # Prosody says the same of who has none, and of who isn't there.
    what = "blog" if is_own else f"blog {node}"
    return NotAllowed(
        f"{who} lets you read no {what}: there is none yet, or it is not for you; where it is for "
        "contacts, ask to see their presence first"
    )
