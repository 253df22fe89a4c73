"""A batch of stanzas, from elements to one transaction."""

import logging
from collections.abc import Callable, Iterable, Sequence
from xml.etree.ElementTree import Element

from backendd.api.errors import InvalidJid
from backendd.core import clock, inbound, xml
from backendd.core.inbound import Envelope
from backendd.core.jid import Jid
from backendd.session.part import Part, Work

log = logging.getLogger(__name__)


def open_stanzas(
    stanzas: Iterable[Element],
    parts: Sequence[Part],
    own: Jid,
    *,
    trusts_ids: bool,
    lost: Callable[[Element, InvalidJid], None],
) -> list[Work]:
    """Return what `parts` want done about `stanzas`, in order.

    A stanza that is not what it should be costs nothing but itself; `lost` is told of one that
    is from nobody. `trusts_ids` says that the
    account's server is known to set stanza ids, and so to strip forged ones (XEP-0359).
    """
    works: list[Work] = []
    for stanza in stanzas:
        taken: list[Work] = []
        try:
            if stanza.tag == xml.MESSAGE:
                _open_message(stanza, parts, own, taken, trusts_ids=trusts_ids)
            elif stanza.tag == xml.PRESENCE:
                for part in parts:
                    part.presence(stanza, taken)
        except InvalidJid as error:
            lost(stanza, error)
        except Exception:
            log.exception("dropped a stanza that a part can't take")
        else:
            works += taken
    return works


def _open_message(
    stanza: Element, parts: Sequence[Part], own: Jid, works: list[Work], *, trusts_ids: bool
) -> None:
    sender, recipient = inbound.address(stanza, own)
    now = clock.now_us()
    time = inbound.held_up_since(stanza, own, now)
    envelope: Envelope | None = Envelope(
        stanza=stanza,
        own=own.bare,
        sender=sender,
        recipient=recipient,
        way="live",
        time=time,
        claimed=inbound.claimed_time(stanza, own, time),
        is_late=time < now,
        archive_ids=inbound.stanza_ids(stanza, own.bare) if trusts_ids else (),
    )
    pass_on(envelope, parts, works)


def pass_on(envelope: Envelope | None, parts: Sequence[Part], works: list[Work]) -> None:
    """Let one part after the other take what is theirs from a message."""
    for part in parts:
        if envelope is None:
            return
        envelope = part.message(envelope, works)
