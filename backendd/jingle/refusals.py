"""What we refuse of what others ask in Jingle and its ways, as the errors they get."""

from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError
from backendd.core import xml
from backendd.jingle.names import ERRORS

_MODIFY = frozenset({"bad-request", "not-acceptable", "resource-constraint"})


class Refused(BackendError, on_bus=False):
    """It is answered with an error: the condition, and the one that Jingle adds (XEP-0166 10)."""

    def __init__(self, condition: str, detail: str = "") -> None:
        super().__init__(detail or condition)
        self.condition = condition
        self.detail = detail


def encode(refused: Refused) -> Element:
    """Return the `<error/>` that an iq is answered with."""
    children = [xml.element(xml.STANZA_ERRORS, refused.condition)]
    if refused.detail:
        children.append(xml.element(ERRORS, refused.detail))
    kind = "modify" if refused.condition in _MODIFY else "cancel"
    return xml.element(xml.CLIENT, "error", {"type": kind}, children)


def out_of_order() -> Refused:
    """Return the refusal of what can't be said now."""
    return Refused("unexpected-request", "out-of-order")


def unknown_session() -> Refused:
    """Return the refusal of what is said in a session that there is none of."""
    return Refused("item-not-found", "unknown-session")


def tie_break() -> Refused:
    """Return the refusal of what crossed a request of ours that goes before it."""
    return Refused("conflict", "tie-break")
