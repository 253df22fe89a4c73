"""Requests to read a blog, and their answers, as stanzas (XEP-0060 8.6)."""

from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.errors import InvalidJid
from backendd.core import forms, jid, xml
from backendd.core.entries import Feed
from backendd.core.inbound import Envelope
from backendd.core.jid import Jid
from backendd.core.readers import Asked

AUTHORIZATION = "http://jabber.org/protocol/pubsub#subscribe_authorization"
GET_PENDING = "http://jabber.org/protocol/pubsub#get-pending"
"""What a service can do that tells requests once more, and the command that has it do so."""

_COMMANDS = "http://jabber.org/protocol/commands"

_NODE, _WHO = "pubsub#node", "pubsub#subscriber_jid"
_ALLOW, _SUBID = "pubsub#allow", "pubsub#subid"
_LIMIT = 1000


def decode(envelope: Envelope, own: Jid) -> Asked | None:
    """Return who asks to read which node; None if nobody, or where no service says it.

    A service speaks for itself: what has a resource was written by a client, and what is from
    somebody's account by theirs.
    """
    sender = envelope.sender
    is_service = not sender.resource and (not sender.local or sender.bare == own.bare)
    if envelope.way != "live" or envelope.is_error or not is_service:
        return None
    form = forms.find(envelope.stanza, AUTHORIZATION)
    if form is None or form.type != "form" or all(each.var != _ALLOW for each in form.fields):
        return None
    node = form.value(_NODE)
    try:
        who = jid.received(form.value(_WHO)).bare
    except InvalidJid:
        return None
    if not node or text.clean_line(node, limit=_LIMIT) != node:
        return None
    stanza_id = envelope.stanza.get("id", "")[:_LIMIT]
    return Asked(Feed(sender.bare, node), who, form.value(_SUBID)[:_LIMIT], stanza_id)


def encode(asked: Asked, *, is_allowed: bool) -> Element:
    """Return the message that answers a request by the form that it came with."""
    said: dict[str, tuple[str, ...]] = {
        _SUBID: (asked.subid,), _NODE: (asked.feed.node,), _WHO: (asked.jid,),
        _ALLOW: ("true" if is_allowed else "false",),
    }  # fmt: skip
    if not asked.subid:
        del said[_SUBID]
    filled = forms.encode_answers(said, form_type=AUTHORIZATION)
    attributes = {"to": asked.feed.service, "id": asked.stanza_id}
    return xml.element(
        xml.CLIENT,
        "message",
        {name: value for name, value in attributes.items() if value},
        [filled],
    )


def ask_pending(session: str = "", node: str = "") -> Element:
    """Return the command that has requests be told once more: of which nodes, or of this one."""
    attributes = {"node": GET_PENDING, "action": "execute"}
    if not node:
        return xml.element(_COMMANDS, "command", attributes)
    filled = forms.encode_answers({_NODE: (node,)}, form_type=AUTHORIZATION)
    known = {"sessionid": session} if session else {}
    return xml.element(_COMMANDS, "command", {**attributes, **known}, [filled])


def decode_pending(answer: Element) -> tuple[str, tuple[str, ...]]:
    """Return the session in which the command goes on, and of which nodes there are requests."""
    command = xml.child(answer, _COMMANDS, "command")
    form = forms.find(command) if command is not None else None
    if command is None or form is None:
        return "", ()
    found = (option.value for each in form.fields if each.var == _NODE for option in each.options)
    nodes = (each for each in found if each and text.clean_line(each, limit=_LIMIT) == each)
    return command.get("sessionid", "")[:_LIMIT], tuple(dict.fromkeys(nodes))
