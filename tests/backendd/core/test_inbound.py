"""A message on its way in: its direction, its time, and the ids that may be believed."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.core import inbound, jid
from backendd.core.inbound import Envelope

OWN = jid.parse("me@x/here")


def stanza(text):
    return fromstring(f"<message xmlns='jabber:client' {text}")


@pytest.mark.parametrize(
    ("attributes", "direction", "peer"),
    [
        ("from='a@x/1' to='me@x'", "in", "a@x"),
        ("from='me@x/other' to='A@x/1'", "out", "a@x"),
        ("to='me@x/here'", "out", "me@x"),
        ("from='x'", "in", "x"),
    ],
)
def test_whose_message_it_is(attributes, direction, peer):
    message = stanza(f"{attributes}/>")
    sender, recipient = inbound.address(message, OWN)
    envelope = Envelope(message, OWN.bare, sender, recipient, "live", 0)
    assert (envelope.direction, envelope.peer) == (direction, peer)


IDS = "<stanza-id xmlns='urn:xmpp:sid:0' by='{}' id='{}'/>"


def test_only_the_one_id_of_the_archive_counts():
    mine, other = IDS.format("me@x", "1"), IDS.format("evil@x", "2")
    assert inbound.stanza_ids(stanza(f">{other}{mine}</message>"), "me@x") == (("me@x", "1"),)
    twice = stanza(f">{mine}{IDS.format('me@x', '3')}</message>")
    assert inbound.stanza_ids(twice, "me@x") == ()
    assert inbound.stanza_ids(stanza(f">{IDS.format('me@x', '')}</message>"), "me@x") == ()


@pytest.mark.parametrize(
    ("stamp", "time_us"),
    [("1970-01-01T00:00:05Z", 5_000_000), ("2100-01-01T00:00:00Z", 9_000_000), ("x", 9_000_000),
     ("1900-01-01T00:00:00Z", 0)],
)  # fmt: skip
def test_a_message_was_sent_in_the_past(stamp, time_us):
    late = stanza(f"><delay xmlns='urn:xmpp:delay' stamp='{stamp}'/></message>")
    assert inbound.sent_at(late, 9_000_000) == time_us
