"""Addresses as links write them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.model.wording import links


@pytest.mark.parametrize(
    ("written", "jid", "action", "values"),
    [
        ("xmpp:bob@example.org", "bob@example.org", "", {}),
        ("XMPP:example.org", "example.org", "", {}),
        ("xmpp:room@example.org?join", "room@example.org", "join", {}),
        ("xmpp:room@example.org/the%20nick?join", "room@example.org/the nick", "join", {}),
        ("xmpp:nasty!%23$%25()*+,-.;=%3F%5B%5C%5D%5E_%60%7B%7C%7D~node@example.com",
         "nasty!#$%()*+,-.;=?[\\]^_`{|}~node@example.com", "", {}),
        ("xmpp:bob@example.org?message;body=a%20%26%20b%0Ac;subject=x", "bob@example.org",
         "message", {"body": "a & b\nc", "subject": "x"}),
        ("xmpp:bob@example.org?roster;name=Bob#fragment", "bob@example.org", "roster",
         {"name": "Bob"}),
        ("xmpp:ji%C5%99i@%C4%8Dechy.example", "jiři@čechy.example", "", {}),
    ],
)  # fmt: skip
def test_what_a_link_says_is_read(written, jid, action, values):
    assert links.read(written) == links.Link(jid, action, values)


def test_a_link_may_say_as_whom_it_is_to_be_opened():
    link = links.read("xmpp://guest@example.com/support@example.com?message")
    assert (link.account, link.jid) == ("guest@example.com", "support@example.com")


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("xmpp:bob@example.org", ""),
        ("xmpp:bob@example.org?message;body=a", ""),
        ("xmpp:room@example.org/al%20ice?join", "join room@example.org 'al ice'"),
        ("xmpp:room@example.org?join;password=a%20b", "join room@example.org '' 'a b'"),
        ("xmpp:room@example.org?invite;jid=ann@example.org", "invite ann@example.org"),
        ("xmpp:bob@example.org/phone?subscribe", "add bob@example.org"),
        ("xmpp:bob@example.org?roster;name=Bob%0AB.;group=Friends", "add bob@example.org 'Bob B.'"),
        ("xmpp:bob@example.org?remove", "remove bob@example.org"),
        ("xmpp:bob@example.org?unsubscribe", "unsubscribe bob@example.org"),
        ("xmpp:bob@example.org?vcard", "whois bob@example.org"),
        ("xmpp:example.org?disco;type=get;request=items", "services example.org"),
        ("xmpp:pubsub.example.org?;node=blog;item=1", "blog pubsub.example.org blog"),
        ("xmpp:pubsub.example.org?pubsub;action=subscribe;node=urn:a%20b",
         "follow pubsub.example.org 'urn:a b'"),
        ("xmpp:pubsub.example.org?;node=blog", "blog pubsub.example.org blog"),
        ("xmpp:pubsub.example.org?pubsub", "services pubsub.example.org"),
        ("xmpp:pubsub.example.org?disco;node=blog", "services pubsub.example.org blog"),
        ("xmpp:example.org?command;node=stats;action=execute", "command example.org stats"),
        ("xmpp:gateway.example.org?register", "register gateway.example.org"),
        ("xmpp:gateway.example.org?unregister", "register gateway.example.org remove"),
    ],
)  # fmt: skip
def test_what_a_link_asks_for_is_a_command_for_the_user_to_run(written, line):
    assert links.line(links.read(written)) == line


@pytest.mark.parametrize(
    "written",
    [
        "http://example.org", "xmpp:", "xmpp:@example.org", "xmpp:bob@", "xmpp:bob@example.org/",
        "xmpp:bob%4", "xmpp:bob%ff@example.org", "xmpp:bob%0a@example.org",
        "xmpp:bob%E2%80%AE@example.org", "xmpp:a%2Fb@example.org", "xmpp:bob@example.org?sendfile",
        "xmpp:bob@example.org?message;body=%1b[31m", "xmpp:" + "a" * 20_000,
    ],
)  # fmt: skip
def test_what_can_not_be_opened_is_refused_with_a_sentence(written):
    with pytest.raises(ValueError, match="address"):
        links.read(written)


@given(st.text())
def test_any_text_is_a_link_or_refused(text):
    with contextlib.suppress(ValueError):
        assert links.read(f"xmpp:{text}").jid
