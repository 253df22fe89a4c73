"""Addresses: RFC 7622, with the corpus of the jxmpp project's kind of odd ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from precis_i18n import get_profile

from backendd.api.errors import InvalidJid
from backendd.core import jid

VALID = {
    "juliet@example.com": "juliet@example.com",
    "juliet@example.com/foo bar": "juliet@example.com/foo bar",
    "juliet@example.com/foo@bar": "juliet@example.com/foo@bar",
    "foo\\20bar@example.com": "foo\\20bar@example.com",
    "fußball@example.com": "fußball@example.com",
    "Σ@example.com/foo": "σ@example.com/foo",  # noqa: RUF001 - Greek
    "king@example.com/♚": "king@example.com/♚",
    "king@example.com/🍺": "king@example.com/🍺",
    "a.example.com/b@example.net": "a.example.com/b@example.net",
    "server/resource@foo/bar": "server/resource@foo/bar",
    "USER@CaSe-InSeNsItIvE/Res": "user@case-insensitive/Res",
    "user@[2001:638:a:4134::ffff:40]": "user@[2001:638:a:4134::ffff:40]",
    "user@192.168.0.1": "user@192.168.0.1",
    "x@xn--mnchen-3ya.example": "x@münchen.example",
    "x@example.org.": "x@example.org",
    "x@xn--fa-hia.example": "x@fa\u00df.example",
    "x@XN--FA-HIA.example": "x@fa\u00df.example",
    "x@FA\u1e9e.example": "x@fa\u00df.example",
    "x@\u0392\u038c\u039b\u039f\u03a3.example": "x@\u03b2\u03cc\u03bb\u03bf\u03c3.example",
    "x@xn--nxasmm1c.example": "x@\u03b2\u03cc\u03bb\u03bf\u03c2.example",
    "x@\uff25\uff58\uff41\uff4d\uff50\uff4c\uff45\uff0e\uff4f\uff52\uff47": "x@example.org",
    "x@a\u3002b\uff61c": "x@a.b.c",
    "x@a_b.example": "x@a_b.example",
}
INVALID = [
    "",
    "jul\u0001iet@example.com",
    '"juliet"@example.com',
    "foo bar@example.com",
    "@example.com/",
    "henryⅣ@example.com",
    "♚@example.com",
    "juliet@",
    "/foobar",
    "node@/server",
    "foo@bar@server",
    "x@y/",
    "a@b..c",
    "a@-b",
    "a@b/\u202e",
    "a@b\u0000",
    "a@[::1",
    "a" * 1024 + "@b",
    "a@b/" + "c" * 1024,
    "a\uff20b@c",  # a fullwidth @
    "a@i\u2764.example",  # emoji are of IDNA 2003
    "a@xn--i-7iq.example",
    "a@xn--mnchen.example",  # no Punycode
    "a@xn--abc-.example",
    "a@\u05d0a.example",  # from right to left, and back
    "a@" + ("b" * 60 + ".") * 5,
    "a@" + "\u00fc" * 60,  # too long as an A-label
]
ODD = "xn--\u3002aAß@/.-_[]:%Ⅷſ。é\u0301\u0345☕\uff20 "
RECEIVED = {
    "Juliet@Example.com/foo": "juliet@example.com/foo",
    "i\u2764u@Example.com/foo": "i\u2764u@example.com/foo",
    "Bob@a..b/foo": "bob@a..b/foo",
    "bob@b/": "bob@b",
    "Bob@b/\U0001f468\u200d\U0001f4bb": "bob@b/\U0001f468\u200d\U0001f4bb",
    "two words@B": "two words@b",
    " bob@B": " bob@b",
    "@b": "@b",
    "b@": "b@",
    "bob@b/" + "c" * 1024: "bob@b",
}
NOBODY = ["", "/foo", "a" * 3000 + "@b", "a\u202eb@c", "a\x85b@c", "a\nb@c"]


@pytest.mark.parametrize("text", VALID)
def test_a_valid_address_is_normalised(text):
    assert jid.parse(text).full == VALID[text]


@pytest.mark.parametrize("text", INVALID)
def test_an_invalid_address_is_refused(text):
    with pytest.raises(InvalidJid):
        jid.parse(text)


@given(st.one_of(st.text(), st.text(alphabet=ODD, max_size=12)))
def test_what_is_normalised_stays_as_it_is(text):
    try:
        once = jid.parse(text)
    except InvalidJid:
        return
    assert jid.parse(once.full) == once
    assert once.full.startswith(once.bare)


@given(st.text(alphabet=st.characters(max_codepoint=127), min_size=1))
def test_a_resource_in_ascii_is_what_precis_makes_of_it(text):
    assert _parsed(f"a@b/{text}", "resource") == _enforced("OpaqueString", text)


@given(
    st.text(alphabet=st.characters(max_codepoint=127, exclude_characters="\"&'/:<>@"), min_size=1)
)
def test_a_name_in_ascii_is_what_precis_makes_of_it(text):
    assert _parsed(f"{text}@b", "local") == _enforced("UsernameCaseMapped", text)


def _parsed(text, part):
    try:
        return getattr(jid.parse(text), part)
    except InvalidJid:
        return None


def _enforced(profile, text):
    try:
        return get_profile(profile).enforce(text)
    except UnicodeError:
        return None


@pytest.mark.parametrize("text", RECEIVED)
def test_what_a_server_wrote_is_normalised_as_far_as_the_rules_go(text):
    assert jid.received(text).full == RECEIVED[text]


@pytest.mark.parametrize("text", NOBODY)
def test_what_a_server_wrote_is_no_address_if_it_names_nobody_or_shows_as_another(text):
    with pytest.raises(InvalidJid):
        jid.received(text)


@given(st.one_of(st.text(), st.text(alphabet=ODD, max_size=12)))
def test_what_a_server_wrote_is_the_same_each_time_and_as_typed(text):
    try:
        once = jid.received(text)
    except InvalidJid:
        return
    assert jid.received(once.full) == once
    assert jid.received(once.bare).bare == once.bare
    try:
        assert jid.parse(text) == once
    except InvalidJid:
        return


@given(st.text())
def test_a_refusal_can_be_shown(text):
    assert jid.shown(text).isprintable()


def test_the_address_to_log_in_to_has_no_resource():
    assert jid.own_account("Bob@example.org") == "bob@example.org"
    with pytest.raises(InvalidJid, match='leave out "phone"'):
        jid.own_account("bob@example.org/phone")


def test_an_account_needs_a_name_before_the_at():
    assert jid.account("Bob@example.org/phone") == "bob@example.org"
    for address in ("bob", "example.org"):
        with pytest.raises(InvalidJid):
            jid.account(address)


def test_a_server_or_a_service_can_be_written_to_but_a_word_is_a_mistake():
    assert jid.correspondent("Bob@example.org/phone").bare == "bob@example.org"
    assert jid.correspondent("ICQ.example.org/registered").bare == "icq.example.org"
    assert jid.correspondent("[::1]").bare == "[::1]"
    with pytest.raises(InvalidJid):
        jid.correspondent("bob")


@pytest.mark.parametrize(
    "text", ["ju liet@example.org", "juliet@example .org", " juliet@example.org"]
)
def test_a_blank_in_an_address_is_told(text):
    with pytest.raises(InvalidJid, match="there is a blank in it"):
        jid.parse(text)
