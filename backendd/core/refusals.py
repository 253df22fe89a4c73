"""Why a stanza came back (RFC 6120 8.3), or a stream ended (RFC 6120 4.9)."""

from collections.abc import Mapping
from typing import Literal
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.core import room_refusals, xml
from backendd.core.refusal import Refusal

UNDEFINED = "undefined-condition"

_CONDITION_LIMIT, _TEXT_LIMIT = 60, 500


To = Literal["chat", "room", "private", "system", "invitation"]
"""What was refused: what was said to a person, to all in a room, to an occupant alone, to our
server, or what a room was to invite by."""

_BY_ROOM: Mapping[To, Mapping[str, Refusal]] = {
    "room": room_refusals.SAYING,
    "private": room_refusals.PRIVATE,
    "invitation": room_refusals.INVITING,
}


def decode(stanza: Element, to: To = "chat") -> Refusal:
    """Return why something was refused, from the stanza that came back for it."""
    error = xml.child(stanza, xml.CLIENT, "error")
    condition, said = (UNDEFINED, "") if error is None else read(error, xml.STANZA_ERRORS)
    details = [each.tag for each in error] if error is not None else []
    reason = next((_OF_DETAIL[each] for each in details if each in _OF_DETAIL), None)
    reason = reason or _BY_ROOM.get(to, {}).get(condition)
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
