"""What entries and blogs are called on a command line."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jp.kinds.entries import MICROBLOG, BlogAddress, EntryAddress, blog_name, entry_name, node_of

SERVICES = st.sampled_from(["alice@example.org", "pubsub.example.org", "-a@example.org"])
# As a server may call them: with all that others take for something else.
NAMES = st.text(st.sampled_from("ab/-:;=?#&%@ \t\u202eä"), min_size=1, max_size=8)
NODES = st.one_of(st.just(MICROBLOG), st.just(f"{MICROBLOG}:comments/1"), NAMES)


def link(service, node, id):
    """Return the link that the backend tells of an entry."""
    item = f";item={quote(id, safe='')}" if id else ""
    return f"xmpp:{quote(service, safe='@')}?;node={quote(node, safe='')}{item}"


def is_typed(name):
    return name.isprintable() and " " not in name and not name.startswith("-")


@given(SERVICES, NODES, NAMES)
def test_an_entry_is_read_back_by_the_name_that_it_is_printed_with(service, node, id):
    name = entry_name(service, node, id, link(service, node, id))
    read = EntryAddress.read(name)
    assert (read[0], node_of(*read[:2]), read[2]) == (service, node_of(service, node), id)
    assert is_typed(name)


@given(NODES, st.one_of(NAMES, st.sampled_from(["xmpp:", "XMPP:a@b"])))
def test_one_of_the_own_account_is_read_back_without_its_address(node, id):
    own = "alice@example.org"
    node = node_of(own, node)
    read = EntryAddress.read(entry_name("", node, id, link(own, node or MICROBLOG, id)))
    assert read[0] in ("", own)
    assert (node_of(own, read[1]), read[2]) == (node, id)


@given(SERVICES, NODES)
def test_a_blog_is_read_back_by_the_name_that_it_is_printed_with(service, node):
    name = blog_name(service, node)
    read = BlogAddress.read(name)
    assert (read[0], node_of(*read)) == (service, node_of(service, node))
    assert is_typed(name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("trains", ("", "", "trains")),
        ("bob@example.org/trains", ("bob@example.org", "", "trains")),
        ("//trains", ("", "", "trains")),
        ("/diary/trains", ("", "diary", "trains")),
        ("pubsub.example.org/news/1", ("pubsub.example.org", "news", "1")),
        ("a@b/urn:x:comments/1/2", ("a@b", "urn:x:comments/1", "2")),
        ("xmpp:a@b?;node=a%2Fb;item=c%2Fd", ("a@b", "a/b", "c/d")),
        ("XMPP:a@b?pubsub;action=retrieve;node=n;item=i", ("a@b", "n", "i")),
    ],
)
def test_an_entry_is_named_in_several_ways(text, found):
    assert EntryAddress.read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bob@example.org", ("bob@example.org", "")),
        ("/diary", ("", "diary")),
        ("pubsub.example.org/a/b", ("pubsub.example.org", "a/b")),
        ("xmpp:a@b?;node=n;item=i", ("a@b", "n")),
    ],
)
def test_a_blog_is_named_in_several_ways(text, found):
    assert BlogAddress.read(text) == found


@pytest.mark.parametrize(
    "text", ["", " ", "/", "a@b/", "xmpp:", "xmpp:?;node=n;item=i", "xmpp:a@b?;node=%00;item=i"]
)
def test_what_names_nothing_is_refused(text):
    for kind in (BlogAddress, EntryAddress):
        with pytest.raises(ValueError, match="is"):
            kind.read(text)


def test_the_own_blog_of_an_account_needs_no_node():
    assert blog_name("a@b", MICROBLOG) == "a@b"
    assert blog_name("a@b", "diary") == "a@b/diary"
    assert blog_name("pubsub.b", MICROBLOG) == f"pubsub.b/{MICROBLOG}"
