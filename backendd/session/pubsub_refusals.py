"""What publish-subscribe services refuse, as errors with a sentence that says why (XEP-0060)."""

from backendd.api import text
from backendd.api.errors import (
    BackendError,
    NotAllowed,
    NotSupported,
    ServerError,
    TooLarge,
    UnknownItem,
)
from backendd.core import blog_words
from backendd.core.pubsub import ERRORS, PRECONDITION_NOT_MET

_DETAILS: dict[str, tuple[type[BackendError], str]] = {
    "closed-node": (NotAllowed, "lets only its members see {node}"),
    "configuration-required": (ServerError, "wants {node} to be configured first"),
    "item-forbidden": (ServerError, "takes no items in {node}"),
    "item-required": (ServerError, "takes nothing without an item in {node}"),
    "invalid-payload": (ServerError, "doesn't take this kind of item in {node}"),
    "max-items-exceeded": (TooLarge, "keeps no more items in {node}"),
    "max-nodes-exceeded": (TooLarge, "lets you have no more nodes"),
    "not-in-roster-group": (NotAllowed, "shows {node} only to some of the contacts there"),
    "not-subscribed": (NotAllowed, "shows {node} only to its subscribers"),
    "payload-required": (ServerError, "takes no items without content in {node}"),
    "payload-too-big": (TooLarge, "takes nothing as large as this in {node}"),
    "pending-subscription": (NotAllowed, "has not approved the subscription to {node} yet"),
    "precondition-not-met": (ServerError, "has {node} set up in a way that doesn't work here"),
    "presence-subscription-required": (
        NotAllowed,
        "shows {node} only to contacts: ask to see their presence first",
    ),
    "too-many-subscriptions": (TooLarge, "lets you have no more subscriptions"),
    "unsupported": (NotSupported, "can't do this with {node}"),
}
_CONDITIONS: dict[str, tuple[type[BackendError], str]] = {
    "item-not-found": (UnknownItem, "does not have {node}, or not what is asked for in it"),
    "forbidden": (NotAllowed, "does not let you use {node}"),
    "conflict": (ServerError, "has {node} already"),
    "payment-required": (NotAllowed, "wants payment for {node}"),
}
# Some services know no options, or refuse those that they don't know, and all with them.
_OF_OPTIONS = frozenset(
    {"bad-request", "feature-not-implemented", "not-acceptable", "resource-constraint"}
)


def is_about_preconditions(error: ServerError) -> bool:
    """Return whether a node isn't as publish-options say."""
    return error.detail == PRECONDITION_NOT_MET


def may_be_about_options(error: ServerError) -> bool:
    """Return whether it may be the publish-options that a service refuses."""
    return is_about_preconditions(error) or error.condition in _OF_OPTIONS


def explained(error: ServerError, service: str, node: str = "", *, what: str = "") -> BackendError:
    """Return what `error` says, as a caller can act on it; itself where it says enough.

    `what`: what the node is called, where more is known of it than its name.
    """
    detail = error.detail.removeprefix(f"{{{ERRORS}}}")
    known = _DETAILS.get(detail) or _CONDITIONS.get(error.condition)
    if known is None:
        return error
    kind, sentence = known
    who = text.clean_line(service, limit=200) or "the server"
    called = what or (blog_words.called(node) if node else "a node")
    said = f"{who} {sentence.format(node=called)}"
    if kind is ServerError:
        return ServerError(said, condition=error.condition, type=error.type, detail=error.detail)
    return kind(said)
