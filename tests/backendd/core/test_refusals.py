from xml.etree.ElementTree import fromstring

from backendd.core import refusals
from backendd.xmpp.faults import stanza_error

ERROR = (
    "<message xmlns='jabber:client' type='error' from='a@b.c'><error type='cancel'>"
    "<{condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><other xmlns='urn:x'/></error>"
    "</message>"
)


def test_a_condition_that_nobody_knows_is_shown_short():
    stanza = fromstring(ERROR.format(condition="x" * 10_000))
    assert refusals.decode(stanza).sentence == f"the message was refused ({'x' * 60})"
    assert stanza_error(stanza).condition == "x" * 60


def test_who_has_no_room_now_may_have_some_later():
    stanza = fromstring(ERROR.format(condition="resource-constraint"))
    assert refusals.decode(stanza).name == "ServerError"


def test_an_error_that_says_nothing_is_undefined():
    stanza = fromstring("<message xmlns='jabber:client' type='error' from='a@b.c'/>")
    assert refusals.decode(stanza).sentence.endswith("(undefined-condition)")
    assert stanza_error(stanza).condition == "undefined-condition"
