"""Addresses: RFC 7622, with the corpus of the jxmpp project's kind of odd ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
]


@pytest.mark.parametrize("text", VALID)
def test_a_valid_address_is_normalised(text):
    assert jid.parse(text).full == VALID[text]


@pytest.mark.parametrize("text", INVALID)
def test_an_invalid_address_is_refused(text):
    with pytest.raises(InvalidJid):
        jid.parse(text)


@given(st.one_of(st.text(), st.text(alphabet="aAß@/.-_[]:%Ⅷſ。é\u0301\u0345☕ ", max_size=12)))
def test_what_is_normalised_stays_as_it_is(text):
    try:
        once = jid.parse(text)
    except InvalidJid:
        return
    assert jid.parse(once.full) == once
    assert once.full.startswith(once.bare)


@given(st.text())
def test_a_refusal_can_be_shown(text):
    assert jid.shown(text).isprintable()


def test_a_person_needs_a_name_before_the_at():
    assert jid.peer("Bob@example.org/phone") == "bob@example.org"
    with pytest.raises(InvalidJid):
        jid.peer("bob")
