"""What the other side puts into a session: files that it offers, or asks for."""

from collections.abc import Sequence
from dataclasses import replace

from backendd.api.values import Value
from backendd.core import xml
from backendd.jingle import blocks, candidates, descriptions, names
from backendd.jingle.descriptions import File
from backendd.jingle.elements import Content, Role
from backendd.jingle.names import FILES
from backendd.jingle.reasons import NOT_AVAILABLE, Reason
from backendd.jingle.refusals import Refused


class Proposal(Value):
    """A content that the other side proposes, and the file that it is about.

    `is_request` where they want it of us; `refusal` is why we can't have it, None where we can.
    """

    content: Content
    file: File
    is_request: bool
    refusal: Reason | None


def read(contents: Sequence[Content], by: Role) -> Sequence[Proposal]:
    """Return what `by` proposes; Refused where anything of it can't be read."""
    if not contents:
        raise Refused("bad-request")
    return [_read(replace(each, creator=by)) for each in contents]


def _read(content: Content) -> Proposal:
    refusal = _why_not(content)
    file = descriptions.decode(content.description) if refusal is None else File()
    return Proposal(content, file, content.senders != content.creator, refusal)


def _why_not(content: Content) -> Reason | None:
    """Return why a content can't be had with us; Refused where it can't be read."""
    description, transport = content.description, content.transport
    if description is None or transport is None:
        raise Refused("bad-request")
    if xml.split(description.tag)[0] != FILES:
        return Reason("unsupported-applications")
    if content.senders not in ("initiator", "responder"):
        return Reason("failed-application", detail=NOT_AVAILABLE)
    if content.is_secured:
        return Reason("security-error")
    match xml.split(transport.tag)[0]:
        case names.SOCKS5:
            candidates.decode(transport)
        case names.IN_BAND:
            blocks.decode(transport)
        case _:
            return Reason("unsupported-transports")
    return None
