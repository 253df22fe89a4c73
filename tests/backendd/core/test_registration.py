"""What is asked for to register, and what is answered (XEP-0077)."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.api.errors import FormRejected
from backendd.core import forms, registration, xml

NS = "xmlns='jabber:iq:register'"


def asked(inner):
    return registration.decode(
        fromstring(f"<iq xmlns='jabber:client' type='result'><query {NS}>{inner}</query></iq>")
    )


LEGACY = (
    "<instructions>Choose\u202e a name</instructions><username/><password/><email/>"
    "<key>hidden</key><x xmlns='jabber:x:oob'><url>https://example.org/signup</url></x>"
)


def test_of_what_is_named_by_elements_a_form_is_made():
    form = asked(LEGACY).form
    assert form.instructions == ("Choose a name", "https://example.org/signup")
    assert [(each.var, each.type, each.is_required) for each in form.fields] == [
        ("username", "text-single", True),
        ("password", "text-private", True),
        ("email", "text-single", True),
        ("key", "hidden", False),
    ]


def test_what_is_named_by_elements_is_answered_by_elements():
    said = registration.submit(
        asked(LEGACY), {"username": ["a"], "password": ["b"], "email": ["c@d"]}
    )
    assert {each.tag.partition("}")[2]: each.text for each in said} == {
        "username": "a", "password": "b", "email": "c@d", "key": "hidden",
    }  # fmt: skip
    with pytest.raises(FormRejected, match=r"^email: "):
        registration.submit(asked(LEGACY), {"username": ["a"], "password": ["b"]})


CAPTCHA = (
    "<username/><password/><x xmlns='jabber:x:data' type='form'>"
    "<field type='hidden' var='FORM_TYPE'><value>urn:xmpp:captcha</value></field>"
    "<field type='hidden' var='challenge'><value>F3A6292C</value></field>"
    "<field label='Enter the text' var='ocr'><media xmlns='urn:xmpp:media-element'>"
    "<uri type='image/jpeg'>https://example.org/captcha.jpg</uri></media><required/></field></x>"
)


def test_a_form_of_the_server_counts_and_not_the_elements_beside_it():
    found = asked(CAPTCHA)
    assert [each.var for each in found.form.fields] == ["FORM_TYPE", "challenge", "ocr"]
    assert found.form.fields[2].media.uris[0][1] == "https://example.org/captcha.jpg"
    said = registration.submit(found, {"ocr": ["7nHL3"]})
    form = forms.find(said)
    assert (form.value("challenge"), form.value("ocr")) == ("F3A6292C", "7nHL3")
    assert xml.child(said, registration.NAMESPACE, "username") is None


def test_what_is_known_of_who_is_registered_already_is_filled_in():
    found = asked("<registered/><username>bill</username>")
    assert found.form.value("username") == "bill"


def test_nothing_to_fill_in_is_an_empty_form():
    assert asked("").form.fields == ()
    assert registration.decode(fromstring("<iq xmlns='jabber:client'/>")).form.fields == ()
