"""The verification string: what others compute of the same answer (XEP-0115 5)."""

import base64
import hashlib
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.core import capabilities, disco, forms, xml
from backendd.core.capabilities import Caps
from backendd.core.disco import Identity, Info

CAPS = "http://jabber.org/protocol/caps"
FEATURES = (
    CAPS,
    "http://jabber.org/protocol/disco#info",
    "http://jabber.org/protocol/disco#items",
    "http://jabber.org/protocol/muc",
)
SOFTWARE = {
    "FORM_TYPE": ["urn:xmpp:dataforms:softwareinfo"],
    "software_version": ["0.11"],
    "os": ["Mac"],
    "ip_version": ["ipv6", "ipv4"],
    "os_version": ["10.5.1"],
    "software": ["Psi"],
}
CLIENT = "<identity category='client' type='pc' name='Psi'/>"


def form(fields: dict[str, list[str]], *, kind: str = "hidden") -> str:
    written = ""
    for name, values in fields.items():
        hidden = f" type='{kind}'" if name == "FORM_TYPE" else ""
        held = "".join(f"<value>{value}</value>" for value in values)
        written += f"<field var='{name}'{hidden}>{held}</field>"
    return f"<x xmlns='jabber:x:data' type='result'>{written}</x>"


def query(*parts: str, features=FEATURES) -> Element:
    written = "".join(f"<feature var='{each}'/>" for each in features)
    return fromstring(f"<query xmlns='{disco.INFO}'>{''.join(parts)}{written}</query>")


def announced(answer: Element, hash_name: str = "sha-1") -> Caps:
    return Caps("urn:x", hash_name, capabilities.verification(answer, hash_name))


def test_the_examples_of_the_specification_give_its_strings():
    simple = query("<identity category='client' type='pc' name='Exodus 0.9.1'/>")
    assert capabilities.verification(simple) == "QgayPKawpkPSDYmwT/WM94uAlu0="
    full = query(
        "<identity xml:lang='en' category='client' name='Psi 0.11' type='pc'/>",
        "<identity xml:lang='el' category='client' name='\u03a8 0.11' type='pc'/>",
        form(SOFTWARE),
    )
    assert capabilities.verification(full) == "q07IKJEyjvHSyhy//CH0CxmKi8w="


def test_identities_are_in_order_of_category_then_type_not_of_the_written_whole():
    one, other = (
        "<identity category='client' type='pc'/>",
        "<identity category='client' type='pc-x'/>",
    )
    hashed = hashlib.sha1(b"client/pc//<client/pc-x//<", usedforsecurity=False).digest()
    ver = base64.b64encode(hashed).decode()
    assert capabilities.verification(query(other, one, features=())) == ver


def test_what_we_answer_gives_what_we_announce():
    info = Info((Identity("client", "console", "<a> & b"),), frozenset(FEATURES))
    answer = disco.encode_info(info, None)
    assert capabilities.announce(info).get("ver") == capabilities.verification(answer)
    assert disco.decode_info(answer) == info


@pytest.mark.parametrize("hash_name", ["sha-1", "sha-256", "sha-512"])
def test_an_answer_counts_for_all_whose_hash_it_gives(hash_name):
    answer = query(CLIENT, form(SOFTWARE))
    caps = announced(answer, hash_name)
    vouched = capabilities.vouched_for(answer, caps)
    assert vouched is not None
    assert capabilities.verification(vouched, hash_name) == caps.ver
    info = disco.decode_info(vouched)
    assert info.has_identity("client", "pc")
    assert info.features == frozenset(FEATURES)
    software = info.form("urn:xmpp:dataforms:softwareinfo")
    assert software is not None
    assert software.value("os") == "Mac"


def test_another_answer_or_an_unknown_hash_vouches_for_nothing():
    answer = query(CLIENT)
    caps = announced(answer)
    assert capabilities.vouched_for(query(CLIENT, features=FEATURES[1:]), caps) is None
    assert capabilities.vouched_for(answer, Caps("urn:x", "md5", caps.ver)) is None


@pytest.mark.parametrize(
    "answer",
    [
        query(CLIENT, CLIENT),
        query(CLIENT, features=(*FEATURES, CAPS)),
        query(CLIENT, form(SOFTWARE), form(SOFTWARE | {"os": ["BeOS"]})),
        query(CLIENT, form({"FORM_TYPE": ["urn:xmpp:dataforms:softwareinfo", "urn:b"]})),
    ],
    ids=["identity twice", "feature twice", "form twice", "two types"],
)
def test_an_ill_formed_answer_vouches_for_nothing_whatever_its_hash(answer):
    assert capabilities.vouched_for(answer, announced(answer)) is None


def test_what_the_hash_does_not_cover_is_left_out():
    covered = query(CLIENT, form(SOFTWARE))
    caps = announced(covered)
    more = query(
        CLIENT,
        form(SOFTWARE).replace("<field", "<title>of another</title><field", 1),
        form({"FORM_TYPE": ["urn:b"], "a": ["b"]}, kind="text-single"),
        form({"a": ["b"]}),
        "<other xmlns='urn:x'/>",
    )
    vouched = capabilities.vouched_for(more, caps)
    assert vouched is not None
    (told,) = disco.decode_info(vouched).forms
    assert (told.form_type, told.title) == ("urn:xmpp:dataforms:softwareinfo", "")


@pytest.mark.parametrize(
    "answer",
    [
        # `http://jabber.org/protocol/caps`, hidden from who looks among the features
        query(
            CLIENT,
            "<identity category='http:' type='' xml:lang='jabber.org' name='protocol/caps'/>",
            features=FEATURES[1:],
        ),
        query(features=("client/pc//Psi", *FEATURES)),
        query(
            CLIENT, form({"FORM_TYPE": [FEATURES[2]], FEATURES[3]: []}), features=FEATURES[:2]
        ),
        query(CLIENT, features=("&lt;".join(FEATURES),)),
        query(CLIENT.replace("Psi", "&lt;".join(("Psi", *FEATURES))), features=()),
    ],
    ids=["identity", "no identity", "form", "one feature", "name"],
)  # fmt: skip
def test_an_answer_that_deals_out_what_another_says_vouches_for_nothing(answer):
    honest = announced(query(CLIENT))
    assert capabilities.verification(answer) == honest.ver
    assert capabilities.vouched_for(answer, honest) is None


def test_only_an_announcement_with_a_hash_is_one():
    def decode(attributes: str) -> Caps | None:
        return capabilities.decode(
            fromstring(
                f"<presence xmlns='jabber:client'><c xmlns='{CAPS}' {attributes}/></presence>"
            )
        )

    assert decode("node='urn:x' hash='sha-1' ver='abc='") == Caps("urn:x", "sha-1", "abc=")
    for odd in (
        "node='http://psi-im.org' ver='0.11' ext='cs ep-notify'",
        "node='urn:x' hash='sha-1' ver=''",
        "node='urn:x' hash='sha 1' ver='abc='",
        "node='urn:x' hash='sha-1' ver='a&#x202e;bc='",
        f"node='urn:x' hash='sha-1' ver='{'a' * 1000}'",
        "",
    ):
        assert decode(odd) is None
    assert capabilities.decode(fromstring("<presence xmlns='jabber:client'/>")) is None


def test_an_answer_in_a_language_keeps_it():
    (identity,) = disco.decode_info(
        query("<identity category='client' type='pc' name='n' xml:lang='el'/>")
    ).identities
    assert identity == Identity("client", "pc", "n", "el")


def test_text_of_an_answer_is_made_harmless():
    info = disco.decode_info(
        query("<identity category='client' type='pc' name='a\u202eb\nc'/>", features=("a\u202eb",))
    )
    assert info.identities[0].name == "ab c"
    assert info.features == frozenset()


def test_what_has_no_address_is_no_item():
    answer = fromstring(
        f"<iq><query xmlns='{disco.ITEMS}'><item jid='/'/><item jid='A@b.example' node='n'/>"
        "<item/></query></iq>"
    )
    assert disco.decode_items(answer).items == (disco.Item("a@b.example", "n"),)


NAMES = st.sampled_from(["identity", "feature", "field", "value", "x", "query"])
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["var", "type", "category", "name", xml.LANG]),
    st.sampled_from(["", "FORM_TYPE", "hidden", "client", "a<b", "/"]),
)


@given(
    st.recursive(
        st.tuples(NAMES, ATTRIBUTES),
        lambda inner: st.tuples(NAMES, ATTRIBUTES, st.lists(inner, max_size=3)),
    )
)
def test_whatever_comes_is_an_answer_that_counts_or_does_not(tree):
    def build(node):
        name, attributes, *children = node
        namespace = forms.FORM if name in ("x", "field", "value") else disco.INFO
        return xml.element(namespace, name, attributes, map(build, *children) if children else ())

    answer = xml.element(disco.INFO, "query", children=[build(tree)])
    vouched = capabilities.vouched_for(answer, announced(answer))
    assert (
        vouched is None or disco.decode_info(vouched).features <= disco.decode_info(answer).features
    )
