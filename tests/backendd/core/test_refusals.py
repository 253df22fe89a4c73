"""What is told of a refusal: by whom it is, and what of."""

from xml.etree.ElementTree import fromstring

import pytest

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


OF_PEOPLE = ("addressee", "address ")


@pytest.mark.parametrize(
    ("condition", "name"),
    [
        ("forbidden", "NotAllowed"),
        ("not-acceptable", "UnknownRoom"),
        ("not-allowed", "NotAllowed"),
        ("policy-violation", "NotAllowed"),
        ("registration-required", "MembersOnly"),
        ("item-not-found", "UnknownRoom"),
        ("gone", "UnknownRoom"),
        ("service-unavailable", "NotSupported"),
        ("recipient-unavailable", "NotSupported"),
        ("resource-constraint", "ServerError"),
    ],
)
def test_what_a_room_refuses_is_told_as_of_a_room(condition, name):
    told = refusals.decode(fromstring(ERROR.format(condition=condition)), "room")
    assert told.name == name
    assert "room" in told.sentence
    assert not [word for word in OF_PEOPLE if word in told.sentence]


@pytest.mark.parametrize(
    "condition",
    ["item-not-found", "recipient-unavailable", "not-acceptable", "forbidden", "not-allowed"],
)
def test_what_a_room_refuses_to_hand_on_to_an_occupant_is_told_as_of_the_room(condition):
    told = refusals.decode(fromstring(ERROR.format(condition=condition)), "private")
    assert "room" in told.sentence


def test_who_may_not_speak_in_a_room_reaches_it_all_the_same():
    stanza = fromstring(ERROR.format(condition="forbidden"))
    assert refusals.decode(stanza, "chat").blames_address
    assert not refusals.decode(stanza, "room").blames_address
