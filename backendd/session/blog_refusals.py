"""What services refuse of blogs, as errors with a sentence that a reader can act on."""

from backendd.api.errors import (
    BackendError,
    FormRejected,
    NotAllowed,
    NotSupported,
    ServerError,
    UnknownItem,
)  # fmt: skip
from backendd.core import jid
from backendd.core.entries import COMMENTS, MICROBLOG, Feed
from backendd.session import pubsub_refusals

_BY = {
    "publishers": "those whom you name", "subscribers": "those who follow it", "open": "everybody",
}  # fmt: skip
_FOR = {
    "open": "everybody", "presence": "those who see your presence",
    "roster": "groups of your contacts", "whitelist": "those alone whom you name",
    "authorize": "those whom you let in one by one",
}  # fmt: skip


def explained(error: BackendError, blog: Feed) -> BackendError:
    """Return why a blog can't be read or followed; itself where it says enough."""
    return (_of_comments if blog.node.startswith(COMMENTS) else _of_blog)(error, blog)


def _of_blog(error: BackendError, blog: Feed) -> BackendError:
    who, node = jid.shown(blog.service), jid.shown(blog.node)
    is_own = blog.node == MICROBLOG
    if isinstance(error, UnknownItem):
        return UnknownItem(f"{who} has no blog yet" if is_own else f"{who} has no blog {node}")
    if isinstance(error, NotSupported):
        return NotSupported(f"{who} has no blogs: {error}")
    cause = error.__cause__
    if not isinstance(error, NotAllowed) or not isinstance(cause, ServerError):
        return error
    if cause.detail:
        # It says more than we could, of a node: nobody knows a blog by the name of that.
        what = "the blog" if is_own else f"the blog {node}"
        return pubsub_refusals.explained(cause, blog.service, what=what)
    if cause.condition != "forbidden":
        return error  # such as who can't be reached at all
    if "@" not in blog.service and is_own:
        return NotAllowed(
            f"{who} lets you read no blog: the address of somebody looks like juliet@example.org, "
            "and of a group's blog its node is named as well"
        )
    if "@" not in blog.service:
        return NotAllowed(f"{who} does not let you read {node}: ask its owner")
    # Prosody says the same of who has none, and of who isn't there.
    what = "blog" if is_own else f"blog {node}"
    return NotAllowed(
        f"{who} lets you read no {what}: there is none yet, or it is not for you; where it is for "
        "contacts, ask to see their presence first"
    )


def _of_comments(error: BackendError, talk: Feed) -> BackendError:
    """Return why what is said to a post can't be read."""
    if isinstance(error, UnknownItem):
        return UnknownItem("the place for comments on this post is gone")
    cause = error.__cause__
    if not isinstance(error, NotAllowed) or not isinstance(cause, ServerError):
        return error
    if cause.detail:
        return pubsub_refusals.explained(cause, talk.service, what="what is said there")
    # Some servers say so as well of what isn't there.
    return NotAllowed("what is said to this post is not for you, or the place of it is gone")


def of_readers(error: BackendError, service: str, model: str) -> BackendError:
    """Return that a blog can't be for some people there, if it is that what is refused."""
    return _of_model(error, service, f"be for {_FOR.get(model, model)}")


def of_writers(error: BackendError, service: str, model: str) -> BackendError:
    """Return that a blog can't be written by some people there, if it is that what is refused."""
    return _of_model(error, service, f"be written by {_BY.get(model, model)}")


def _of_model(error: BackendError, service: str, what: str) -> BackendError:
    is_refused = isinstance(error, FormRejected | NotSupported) or (
        isinstance(error, ServerError) and error.condition == "not-acceptable"
    )
    if not is_refused:
        return error
    return NotSupported(f"{service or 'the server'} can't have a blog {what}")
