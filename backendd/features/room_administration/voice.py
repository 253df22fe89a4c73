"""Asking to speak where only some may (XEP-0045 7.13): ours, and what moderators are told."""

import uuid
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.core import clock, forms, xml
from backendd.core.conversations import Peer
from backendd.core.messages import NewMessage
from backendd.core.payloads import Line, Payload
from backendd.store import lanes, messages, occupancies, outbox
from backendd.store.ledger import Ledger

REQUEST = "http://jabber.org/protocol/muc#request"
LINE = "asks to speak"
"""What stands in the room for it: behind a nick at moderators, as a line of ours at who asks."""

_FORM = "{jabber:x:data}x"
_NICK_LIMIT = 1000


def ask(ledger: Ledger, own: str, room: Peer) -> None:
    """Queue the request, with a line that says how it stands: it fails where the room refuses."""
    stanza_id, now = str(uuid.uuid4()), clock.now_us()
    new = NewMessage(
        peer=room.jid,
        kind=room.kind,
        direction="out",
        source="sent",
        sender=occupancies.ourselves(ledger, room, own),
        author=own,
        body=LINE,
        type="system",
        time=now,
        way="sent",
        message_id=stanza_id,
        origin_id=stanza_id,
        state="pending",
    )
    message_id = messages.add(ledger, new).id
    wish = forms.submit(REQUEST, **{"muc#role": "participant"})
    request = xml.element(xml.CLIENT, "message", {"to": room.jid, "id": stanza_id}, [wish])
    lane = lanes.conversation(room.jid)
    outbox.add(ledger, request, now, lane=lane, message_id=message_id)


def _read(payload: Element) -> Line | None:
    form = forms.decode(payload)
    nick = text.clean_line(form.value("muc#roomnick"), limit=_NICK_LIMIT)
    if form.form_type != REQUEST or form.type != "form" or not nick:
        return None
    return Line(f"{nick} {LINE}", payload)


VOICE = Payload(_FORM, _read)
