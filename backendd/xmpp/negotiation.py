"""From an authenticated stream to a binding: resume the old one, or bind and begin anew."""

import contextlib
import logging
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from backendd.api.errors import InvalidJid, ServerError
from backendd.api.values import Value
from backendd.core import clock, jid
from backendd.core.encoding import encode
from backendd.xmpp.account import Resumption
from backendd.xmpp.faults import StanzaError, Unanswered
from backendd.xmpp.names import (
    BIND,
    BIND_NS,
    ENABLED,
    LIMITS,
    LIMITS_NS,
    RESUMED,
    SESSION,
    SESSION_NS,
    SM,
    SM_FAILED,
    SM_NS,
)

if TYPE_CHECKING:  # slixmpp is loaded with the first connection, not before
    from backendd.xmpp.handshake import Handshake

log = logging.getLogger(__name__)


class Resumed(Value):
    """What became of an attempt to resume; `h` is None where the server doesn't say."""

    accepted: bool
    h: int | None


class Enabled(Value):
    """Stream management as granted; without `sm_id` the stream can't be resumed."""

    sm_id: str
    max_s: int
    location: str

    def resumption(self, full_jid: str) -> Resumption | None:
        """Return what another process needs to resume it; None where it can't be."""
        if not self.sm_id:
            return None
        expires_us = clock.now_us() + self.max_s * 1_000_000
        return Resumption(self.sm_id, full_jid, expires_us=expires_us, location=self.location)


def offers_management(shake: "Handshake") -> bool:
    """Return whether the server has XEP-0198."""
    return shake.features.find(SM) is not None


def announced_limit(shake: "Handshake") -> int:
    """Return the largest stanza the server says it takes (XEP-0478), 0 where it says nothing."""
    return _number(shake.features.findtext(f"{LIMITS}/{{{LIMITS_NS}}}max-bytes")) or 0


async def resume(shake: "Handshake", sm_id: str, handled: int) -> Resumed:
    """Return whether the server takes the stream `sm_id` up again.

    Stanzas may follow the answer at once.
    """
    shake.wire.write(encode(Element(f"{{{SM_NS}}}resume", {"previd": sm_id, "h": str(handled)})))
    answer = await shake.expect(RESUMED, SM_FAILED)
    return Resumed(answer.tag == RESUMED, _number(answer.get("h")))


async def bind(shake: "Handshake", resource: str) -> str:
    """Return the full JID the server gives us; it chooses where `resource` is empty or taken."""
    try:
        full_jid = await _bind(shake, resource)
    except StanzaError as error:
        if not resource or error.condition not in ("conflict", "bad-request"):
            raise
        full_jid = await _bind(shake, "")
    offered = shake.features.find(SESSION)
    if offered is not None and offered.find(f"{{{SESSION_NS}}}optional") is None:
        # Of RFC 3921, and without a meaning since: some offer it and refuse.
        with contextlib.suppress(StanzaError, Unanswered):
            await shake.ask("set", Element(SESSION))
    return full_jid


async def enable(shake: "Handshake") -> Enabled | None:
    """Return what the server grants of XEP-0198, None where it has, grants or says nothing."""
    if not offers_management(shake):
        return None
    shake.wire.write(encode(Element(f"{{{SM_NS}}}enable", {"resume": "true"})))
    try:
        answer = await shake.expect(ENABLED, SM_FAILED)
    except Unanswered:
        log.warning("%s offers stream management and doesn't enable it", shake.domain)
        return None
    if answer.tag == SM_FAILED:
        return None
    resumable = answer.get("resume", "") in ("true", "1")
    return Enabled(
        answer.get("id", "") if resumable else "",
        _number(answer.get("max")) or 0,
        answer.get("location", ""),
    )


async def _bind(shake: "Handshake", resource: str) -> str:
    request = Element(BIND)
    if resource:
        SubElement(request, f"{{{BIND_NS}}}resource").text = resource
    answer = await shake.ask("set", request)
    text = answer.findtext(f"{BIND}/{{{BIND_NS}}}jid", "").strip()
    try:
        return jid.received(text).full
    except InvalidJid as error:
        raise ServerError(f"{shake.domain} gives this connection an impossible address") from error


def _number(text: str | None) -> int | None:
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > 10:
        return None
    return int(text)
