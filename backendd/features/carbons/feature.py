"""Carbons: asked for at each new stream, unwrapped on their way in."""

import logging
from dataclasses import replace

from backendd.api.errors import NotSupported
from backendd.core import inbound, xml
from backendd.core.inbound import Envelope
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.missing import CARBONS
from backendd.session.part import Part, Work

log = logging.getLogger(__name__)


class Carbons(Part):
    """Puts the copied message in the place of its wrapping."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._enabled_on = ""  # the stream

    def message(self, envelope: Envelope, works: list[Work]) -> Envelope | None:
        wrapping = envelope.stanza.find(f"{{{xml.CARBONS}}}received")
        if wrapping is None:
            wrapping = envelope.stanza.find(f"{{{xml.CARBONS}}}sent")
        if wrapping is None:
            return envelope
        # Anyone can write such an element; only our own account may be believed (CVE-2017-5589).
        if envelope.way != "live" or envelope.sender.full != self._home.own:
            log.warning("dropped a forged carbon")
            return None
        copied = wrapping.find(f"{{{xml.FORWARD}}}forwarded/{xml.MESSAGE}")
        if copied is None:
            return None
        sender, recipient = inbound.address(copied, self._home.account_jid)
        trusts_ids = self._home.server.trusts_ids
        return replace(
            envelope,
            stanza=copied,
            sender=sender,
            recipient=recipient,
            way="carbon",
            claimed=inbound.claimed_time(copied, self._home.account_jid, envelope.time),
            archive_ids=inbound.stanza_ids(copied, envelope.own) if trusts_ids else (),
        )

    async def set_up(self, *, resumed: bool) -> None:
        home = self._home
        await home.server.discovered()
        # To enable them twice is allowed: in a new process nobody knows if an answer was missing.
        if home.server.may_have(xml.CARBONS) and home.stream.sm_id != self._enabled_on:
            await home.missing.ask(CARBONS, self._enable)

    async def _enable(self, timeout: float) -> None:
        home, sm_id = self._home, self._home.stream.sm_id
        try:
            await home.stream.request(
                "set", None, xml.element(xml.CARBONS, "enable"), timeout=timeout
            )
        except NotSupported:
            if xml.CARBONS in home.server.features:
                raise
        self._enabled_on = sm_id


FEATURE = Feature("carbons", Carbons)
