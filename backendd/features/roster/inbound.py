"""Presence of contacts, requests to see ours, and pushes of the roster."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from backendd.api import records
from backendd.api.errors import NotAllowed
from backendd.api.tuples import NamedTuple
from backendd.core import capabilities, inbound, nicknames, refusals, xml
from backendd.core.contacts import RosterChange, Seen, shown_resource
from backendd.core.inbound import Context
from backendd.core.jid import Jid
from backendd.features.roster import stanza, store
from backendd.session.stages import IqStage, PresenceStage
from backendd.store import presence, reach
from backendd.store.ledger import Ledger

# What a bare address is answered for where nobody of it is reached.
_OF_ALL = frozenset({"gone", "item-not-found", "remote-server-not-found", "remote-server-timeout"})


def _seen(context: Context, received: Element, sender: Jid) -> Seen | None:
    if context.rooms.has(sender):
        return None  # an occupant, of whom contacts know nothing
    kind, name = received.get("type", "available"), shown_resource(sender.resource)
    if kind == "available":
        client = stanza.decode_presence(received, sender.resource, context.now)
        return Seen(sender.bare, name, client, capabilities.decode(received))
    if kind == "error" and not name and not _is_of_all(received):
        # What one client didn't take comes back from all of them, as from Prosody when it gives up
        # a client that was away: of the others it says nothing.
        return None
    return Seen(sender.bare, name) if kind in ("unavailable", "error") else None


def _is_of_all(received: Element) -> bool:
    error = xml.child(received, xml.CLIENT, "error")
    return error is not None and refusals.read(error, xml.STANZA_ERRORS)[0] in _OF_ALL


def _see(ledger: Ledger, context: Context, seen: Sequence[Seen]) -> None:
    # Until the roster is here, they may be on it.
    is_missing = "roster" in context.missing
    presence.save(ledger, seen, own=context.own.bare, keeps_strangers=is_missing)


class _Said(NamedTuple):
    """What presence says of who may see whose; `why` our question came back, if it did."""

    peer: str
    kind: str
    text: str
    time: int
    stanza_id: str
    nick: str
    why: str = ""

    @property
    def request(self) -> records.Request:
        """Return it as something for the user to answer."""
        return records.Request(jid=self.peer, nickname=self.nick, text=self.text, time=self.time)


def _said(context: Context, received: Element, sender: Jid) -> _Said | None:
    kind, stanza_id, why = received.get("type", ""), received.get("id", ""), ""
    if kind == "error" and stanza.is_question(received):
        why = refusals.decode(received).sentence
    elif kind not in ("subscribe", "subscribed", "unsubscribe", "unsubscribed"):
        return None
    status = stanza.decode_status(received)
    nick = nicknames.of(received)
    return _Said(sender.bare, kind, status, context.now, stanza_id, nick, why)


def _heed(ledger: Ledger, context: Context, said: Sequence[_Said]) -> None:
    for each in said:
        if each.kind == "subscribe":
            store.save_request(ledger, each.request)
        elif each.kind == "unsubscribe":
            store.remove_request(ledger, each.peer)
        elif each.kind == "error":
            what = "the question for the presence of"
            reach.refuses(ledger, each.peer, what, each.why, time=each.time, by=each.stanza_id)
        else:
            reach.answers(ledger, each.peer, time=each.time, by=each.kind)


def _change(context: Context, iq: Element) -> RosterChange | None:
    sender, _ = inbound.address(iq, context.own)
    # RFC 6121 2.1.6: only our own account may push; anyone else could rename our contacts.
    if sender.full not in (context.own.bare, context.full_jid, context.own.domain):
        raise NotAllowed("only the account itself may change the roster")
    return stanza.decode(iq)


def _apply(ledger: Ledger, context: Context, change: RosterChange) -> None:
    store.apply(ledger, change)


CONTACT_PRESENCE = PresenceStage("presence of contacts", _seen, _see)
SUBSCRIPTIONS = PresenceStage("subscriptions", _said, _heed)
PUSHES = IqStage("roster pushes", "set", stanza.QUERY, _change, _apply)
