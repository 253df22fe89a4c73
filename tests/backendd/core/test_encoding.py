"""Elements to bytes: what is read back is what was written."""

from xml.etree.ElementTree import Element, SubElement, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.core.encoding import decode, encode

CLIENT = "jabber:client"
names = st.sampled_from(["message", "body", "x", "forwarded"])
spaces = st.sampled_from([CLIENT, "urn:a", "urn:b&'\""])
legal = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
texts = st.one_of(legal, st.sampled_from(["\t", "\n", "\r", "a\r\nb", "]]>", "<&>\"'"]))


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> Element:
    element = Element(f"{{{draw(spaces)}}}{draw(names)}")
    element.text = draw(texts) or None
    keys = ["to", "{urn:a}attr", "{http://www.w3.org/XML/1998/namespace}lang"]
    for key in draw(st.sets(st.sampled_from(keys))):
        element.set(key, draw(texts))
    if depth:
        for child in draw(st.lists(elements(depth=depth - 1), max_size=3)):
            child.tail = draw(texts) or None
            element.append(child)
    return element


def _read(data: bytes) -> Element:
    return fromstring(b"<stream xmlns='jabber:client'>" + data + b"</stream>")[0]


def _shape(element: Element) -> object:
    children = [(_shape(child), child.tail or "") for child in element]
    return element.tag, dict(element.attrib), element.text or "", children


@given(elements())
def test_what_is_read_back_is_what_was_written(element: Element):
    assert _shape(_read(encode(element))) == _shape(element)
    assert _shape(decode(encode(element).decode())) == _shape(element)


def test_a_stanza_looks_as_every_server_expects():
    message = Element(f"{{{CLIENT}}}message", {"to": "a@b"})
    SubElement(message, f"{{{CLIENT}}}body").text = "hi"
    SubElement(message, "{urn:xmpp:receipts}request")
    assert encode(message) == (
        b'<message to="a@b"><body>hi</body><request xmlns="urn:xmpp:receipts"/></message>'
    )


@given(st.text(st.characters(codec=None, categories=["Cc", "Cs", "Cn", "Lu"])))
def test_what_xml_cannot_hold_never_reaches_the_stream(text: str):
    message = Element(f"{{{CLIENT}}}message", {"id": text})
    SubElement(message, f"{{{CLIENT}}}body").text = text
    _read(encode(message))


@pytest.mark.parametrize("text", ["", "no element", "<a/><b/>", "<a>", "</x><x>"])
def test_what_is_no_element_is_refused(text: str):
    with pytest.raises(ValueError):  # noqa: PT011
        decode(text)
