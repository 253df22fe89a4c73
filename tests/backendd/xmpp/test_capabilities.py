"""The verification string: what others compute of the same answer (XEP-0115 section 5)."""

from xml.etree.ElementTree import Element, SubElement, fromstring

from backendd.xmpp import capabilities
from backendd.xmpp.discovery import DiscoInfo, Identity, decode
from backendd.xmpp.names import DISCO_INFO, IQ

FEATURES = frozenset(
    {
        "http://jabber.org/protocol/caps",
        "http://jabber.org/protocol/disco#info",
        "http://jabber.org/protocol/disco#items",
        "http://jabber.org/protocol/muc",
    }
)
SOFTWARE = {
    "FORM_TYPE": ["urn:xmpp:dataforms:softwareinfo"],
    "software_version": ["0.11"],
    "os": ["Mac"],
    "ip_version": ["ipv6", "ipv4"],
    "os_version": ["10.5.1"],
    "software": ["Psi"],
}


def form(fields: dict[str, list[str]]) -> Element:
    made = Element("{jabber:x:data}x", {"type": "result"})
    for name, values in fields.items():
        field = SubElement(made, "{jabber:x:data}field", {"var": name})
        for value in values:
            SubElement(field, "{jabber:x:data}value").text = value
    return made


def test_the_examples_of_the_specification_give_its_strings():
    simple = DiscoInfo((Identity("client", "pc", "Exodus 0.9.1"),), FEATURES)
    assert capabilities.verification(simple) == "QgayPKawpkPSDYmwT/WM94uAlu0="
    psi = (
        Identity("client", "pc", "\u03a8 0.11", "el"),
        Identity("client", "pc", "Psi 0.11", "en"),
    )
    full = DiscoInfo(psi, FEATURES, (form(SOFTWARE),))
    assert capabilities.verification(full) == "q07IKJEyjvHSyhy//CH0CxmKi8w="


def test_who_reads_the_answer_computes_what_was_announced():
    info = DiscoInfo((Identity("client", "console", "<a> & b"),), FEATURES, (form(SOFTWARE),))
    iq = Element(IQ)
    iq.append(capabilities.encode(info, None))
    assert iq.find(f"{{{DISCO_INFO}}}query") is not None
    assert capabilities.verification(decode(iq)) == capabilities.verification(info)


def test_an_answer_in_a_language_keeps_it():
    identity = "<identity category='client' type='pc' name='n' xml:lang='el'/>"
    query = f"<iq xmlns='jabber:client'><query xmlns='{DISCO_INFO}'>{identity}</query></iq>"
    assert decode(fromstring(query)).identities == (Identity("client", "pc", "n", "el"),)
