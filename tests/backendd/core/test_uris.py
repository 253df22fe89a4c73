"""Links to nodes and items."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.core import uris
from backendd.core.uris import ItemAddress


def test_a_link_to_an_item_is_written_as_it_is_read_elsewhere() -> None:
    address = ItemAddress("juliet@capulet.example", "urn:xmpp:microblog:0", "a/b c")
    written = "xmpp:juliet@capulet.example?;node=urn%3Axmpp%3Amicroblog%3A0;item=a%2Fb%20c"
    assert uris.encode(address) == written
    assert uris.decode(written) == address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("xmpp:a.example?;node=b", ItemAddress("a.example", "b")),
        ("XMPP:a.example?;node=b", ItemAddress("a.example", "b")),
        ("xmpp:a.example?node=b;item=c", ItemAddress("a.example", "b", "c")),
        ("xmpp:a.example?;node=b&item=c", ItemAddress("a.example", "b", "c")),
        ("xmpp:a.example?pubsub;action=subscribe;node=b", ItemAddress("a.example", "b")),
        ("xmpp:a.example?;\n      node=b;\n      item=c", ItemAddress("a.example", "b", "c")),
        ("xmpp:a@b.example/c?;node=d", ItemAddress("a@b.example", "d")),
        ("xmpp:A@B.example?;node=d", ItemAddress("a@b.example", "d")),
        ("xmpp:a%40b.example?;node=%C3%A9", ItemAddress("a@b.example", "é")),
        ("xmpp:a.example?;node=a=b", ItemAddress("a.example", "a=b")),
    ],
)
def test_links_are_read_as_they_come(written: str, address: ItemAddress) -> None:
    assert uris.decode(written) == address


@pytest.mark.parametrize(
    "written",
    [
        "",
        "https://a.example?;node=b",
        "xmpp:a.example",
        "xmpp:a.example?join",
        "xmpp:a.example?;node=",
        "xmpp:?;node=b",
        "xmpp:@?;node=b",
        "xmpp:a.example?;node=" + "b" * 5000,
    ],
)
def test_what_leads_to_no_node_is_none(written: str) -> None:
    assert uris.decode(written) is None


@given(st.text())
def test_any_text_is_read_or_not(written: str) -> None:
    uris.decode(written)
    uris.decode(f"xmpp:{written}")


@given(node=st.text(min_size=1, max_size=50), item=st.text(max_size=50))
def test_whatever_a_node_is_called_it_is_found_again(node: str, item: str) -> None:
    try:
        written = uris.encode(ItemAddress("a.example", node, item))
    except UnicodeEncodeError:  # what no stanza can hold either
        return
    assert uris.decode(written) == ItemAddress("a.example", node, item)
