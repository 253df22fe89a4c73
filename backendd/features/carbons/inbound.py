"""Carbons on their way in (XEP-0280): the copied message in the place of its wrapping."""

import logging
from dataclasses import replace

from backendd.core import inbound, xml
from backendd.core.inbound import Arrival, Context

log = logging.getLogger(__name__)


def unwrap(context: Context, arrival: Arrival) -> Arrival | None:
    """Return the message that a carbon brings; None where it can't be believed."""
    wrapping = xml.child(arrival.stanza, xml.CARBONS, "received")
    if wrapping is None:
        wrapping = xml.child(arrival.stanza, xml.CARBONS, "sent")
    if wrapping is None:
        return arrival
    # Anyone can write such an element; only our own account may be believed (CVE-2017-5589).
    sender, _ = inbound.address(arrival.stanza, context.own)
    if arrival.way != "live" or sender.full != context.own.bare:
        log.warning("dropped a forged carbon")
        return None
    copied = wrapping.find(f"{{{xml.FORWARD}}}forwarded/{xml.MESSAGE}")
    return replace(arrival, stanza=copied, way="carbon") if copied is not None else None
