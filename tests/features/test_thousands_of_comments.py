"""Nodes with thousands of comments on a real Prosody, which knows no pages and does one thing."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.api import names
from backendd.core import uris
from backendd.core.entries import COMMENTS
from backendd.core.uris import ItemAddress
from backendd.xmpp import parser
from tests.features.test_blogs import entry, item, open_blog
from tests.lab.prosody import Prosody

BLOG = names.BLOG
NODE = f"{COMMENTS}post"
POST = "post"
SETTINGS = "pep_max_items = 20000"


def discuss(server, count, *, who="carol"):
    """Have an account own a node in which so many comments were published, the last as last."""
    jid = server.jid(who)
    kept = {
        f"c{each}": (jid, fromstring(entry(f"n{each}", hours=each // 10, author=jid)))
        for each in range(count)
    }
    options = {"access_model": "open", "publish_model": "open", "max_items": "max"}
    server.keep(who, NODE, kept, **options)
    return uris.encode(ItemAddress(jid, NODE))


async def post(peer, href):
    """Have a peer write a post whose comments are there."""
    await open_blog(peer)
    link = f"<link rel='replies' title='comments' href='{href}'/>"
    await peer.ask("set", None, item(POST, entry("post", inner=link, author=peer.jid)))


@pytest.fixture
def server(tmp_path):
    with Prosody(tmp_path / "server", settings=SETTINGS) as own:
        yield own


async def pages(home, peer, most=1 << 30):
    """Return what the comments say page by page, the newest first, down to so many of them."""
    found, after = [], ""
    while len(found) < most:
        said, page = await home.call(BLOG, "comments", peer.jid, "", POST, {"after": after})
        found += [each.title for each in said]
        after = page["next"]
        if not after:
            break
    return found


async def test_two_thousand_are_read_to_the_first(server, make_home, make_peer):
    href = discuss(server, 2_000)
    home = await (await make_home("alice", server=server)).online()
    peer = await make_peer("bob", server=server)
    await post(peer, href)
    assert await pages(home, peer) == [f"n{each}" for each in reversed(range(2_000))]


async def test_what_is_too_large_for_one_answer_is_read_on_by_ids(
    server, make_home, make_peer, monkeypatch
):
    server.befriend("alice", "carol")  # it tells ids to nobody else
    href = discuss(server, 220)
    home = await (await make_home("alice", server=server)).online()
    peer = await make_peer("bob", server=server)
    await post(peer, href)
    monkeypatch.setattr(parser, "IQ_BYTES", 120_000)
    assert await pages(home, peer) == [f"n{each}" for each in reversed(range(220))]


async def test_ten_thousand_cost_neither_the_connection_nor_what_else_goes_on(
    server, make_home, make_peer
):
    href = discuss(server, 10_000)
    home = await (await make_home("alice", server=server)).online()
    peer = await make_peer("bob", server=server)
    await post(peer, href)
    stream = home.inside.stream.current.sm_id
    found = await pages(home, peer, 1_000)
    assert found == [f"n{each}" for each in range(9_999, 9_999 - len(found), -1)]
    await home.send(peer.jid, "still here")
    await peer.until(lambda: "still here" in peer.bodies())
    assert home.inside.stream.current.sm_id == stream
