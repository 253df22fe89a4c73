"""Why a stanza came back (RFC 6120 8.3), or a stream ended (RFC 6120 4.9)."""

from typing import NamedTuple
from xml.etree.ElementTree import Element

from backendd.core import text, xml

UNDEFINED = "undefined-condition"

_CONDITION_LIMIT, _TEXT_LIMIT = 60, 500


class Refusal(NamedTuple):
    """The name of the error, and a sentence.

    `blames_address`: whatever else is written to the same address would come back as well.
    """

    name: str
    sentence: str
    blames_address: bool = True


def decode(stanza: Element) -> Refusal:
    """Return why something was refused, from the stanza that came back for it."""
    error = xml.child(stanza, xml.CLIENT, "error")
    condition, said = (UNDEFINED, "") if error is None else read(error, xml.STANZA_ERRORS)
    details = [each.tag for each in error] if error is not None else []
    reason = next((_OF_DETAIL[each] for each in details if each in _OF_DETAIL), None)
    reason = reason or _OF_ADDRESS.get(condition) or _OF_MESSAGE.get(condition, _UNDEFINED)
    return reason._replace(sentence=f"{reason.sentence} ({said or condition})")


def read(error: Element, namespace: str, *, limit: int = _TEXT_LIMIT) -> tuple[str, str]:
    """Return the condition that an error names in `namespace`, and the text it says besides."""
    condition, said = UNDEFINED, ""
    for found in error:
        where, name = xml.split(found.tag)
        if where != namespace:
            continue
        if name == "text":
            said = text.clean_line(found.text or "", limit=limit)
        else:
            condition = text.clean_line(name, limit=_CONDITION_LIMIT)
    return condition, said


_OF_ADDRESS = {
    "jid-malformed": Refusal("InvalidJid", "the server accepts nothing for this address"),
    "service-unavailable": Refusal("NotSupported", "the address accepts no messages now"),
    "recipient-unavailable": Refusal("NotSupported", "the addressee can't be reached"),
    "item-not-found": Refusal("UnknownContact", "there is no such address"),
    "remote-server-not-found": Refusal("HostUnreachable", "there is no such server"),
    "remote-server-timeout": Refusal(
        "HostUnreachable", "the server of the address does not answer"
    ),
    "forbidden": Refusal("NotAllowed", "the addressee accepts no messages from you"),
    "not-allowed": Refusal("NotAllowed", "sending there is not allowed"),
    "resource-constraint": Refusal("ServerError", "the addressee has no room for this message"),
}
_UNDEFINED = Refusal("ServerError", "the message was refused", blames_address=False)
_OF_MESSAGE = {
    "not-acceptable": _UNDEFINED._replace(
        name="NotAllowed", sentence="the message is not acceptable to the addressee"
    ),
    "policy-violation": _UNDEFINED._replace(
        name="NotAllowed", sentence="a rule of the server forbids this message"
    ),
}
_OF_DETAIL = {
    "{urn:xmpp:blocking:errors}blocked": _UNDEFINED._replace(
        name="NotAllowed", sentence="you have blocked this address"
    ),
}
