"""Nodes that come whole whatever page of them is asked for: pages are made of them here."""

import pytest

from backendd.api.errors import TooLarge
from backendd.core import disco, pubsub
from backendd.core.rsm import Wanted
from backendd.session import pubsub_items
from backendd.xmpp import parser
from tests.backendd.session.partial import Partial
from tests.backendd.session.test_pubsub import NODE, nick
from tests.features.test_receipts import befriended

IDS = [f"n{number}" for number in range(7)]
PAGES = [IDS[4:], IDS[1:4], IDS[:1]]
NEWEST = Wanted(3, before="")
OPEN = {"access_model": "open", "persist_items": True, "max_items": "max"}


class Whole:
    """A service with one node of items, the newest last, which knows no pages."""

    def __init__(self, *, filling="", tells=tuple(IDS)):
        self.asked = []
        self.ids = list(IDS)
        self.tells = tells  # to disco#items; None: to nobody
        self.filling = filling

    def __call__(self, iq):
        if iq[0].tag == f"{{{disco.ITEMS}}}query":
            return self.named()
        items = iq.find(f".//{{{pubsub.PUBSUB}}}items")
        if items is None or items.get("node") != NODE:
            return None
        chosen = [each.get("id") for each in items]
        newest = int(items.get("max_items", "0"))
        self.asked.append("some" if chosen else f"newest {newest}" if newest else "all")
        shown = [each for each in self.ids if not chosen or each in chosen][-newest:]
        found = "".join(f"<item id='{each}'><e xmlns='urn:x'>{self.filling}</e></item>"
                        for each in shown)  # fmt: skip
        return f"<pubsub xmlns='{pubsub.PUBSUB}'><items node='{NODE}'>{found}</items></pubsub>"

    def named(self):
        if self.tells is None:
            return None
        self.asked.append("ids")
        named = "".join(f"<item jid='s.localhost' name='{each}'/>" for each in self.tells)
        return f"<query xmlns='{disco.ITEMS}' node='{NODE}'>{named}</query>"


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        yield server


@pytest.fixture
def reading(make_home, partial):
    """Call it with a service to come online there; return what reads pages of its node."""

    async def start(service):
        partial.pubsub = service
        home = await (await make_home("user", server=partial)).online()
        await home.until(lambda: not home.inside.missing.words)
        service.asked.clear()

        async def pages(wanted=NEWEST):
            found = []
            while wanted is not None:
                page = await home.inside.pubsub.items.page(NODE, wanted)
                found.append([item.id for item in page.items])
                wanted = page.next
            return found

        return pages

    return start


async def test_such_a_service_is_asked_for_what_is_wanted_alone_once_it_is_known(reading):
    service = Whole()
    pages = await reading(service)
    assert await pages() == PAGES
    assert service.asked == ["all", "some", "some"]
    service.asked.clear()
    assert await pages() == PAGES
    assert service.asked == ["newest 3", "ids", "newest 1", "some", "some"]


async def test_what_was_published_since_is_on_the_newest_page(reading):
    service = Whole()
    pages = await reading(service)
    await pages()
    service.ids.append("new")
    service.tells = (*IDS, "new")
    assert await pages() == [["n5", "n6", "new"], ["n2", "n3", "n4"], ["n0", "n1"]]


async def test_a_node_whose_ids_are_told_to_nobody_is_read_whole(reading):
    service = Whole(tells=None)
    pages = await reading(service)
    await pages()
    service.asked.clear()
    assert await pages() == PAGES
    assert service.asked == ["newest 3", "all", "some"]


@pytest.mark.parametrize("tells", [IDS, IDS[::-1]], ids=["oldest first", "newest first"])
async def test_a_node_too_large_for_one_answer_begins_with_its_newest_however_ids_are_told(
    reading, monkeypatch, tells
):
    pages = await reading(Whole(filling="x" * 3000, tells=tuple(tells)))
    monkeypatch.setattr(parser, "IQ_BYTES", 10_000)
    assert await pages() == PAGES
    assert await pages(Wanted(3)) == [IDS[:3], IDS[3:6], IDS[6:]]


async def test_a_node_too_large_for_one_answer_whose_ids_are_told_to_nobody_is_said_to_be(
    reading, monkeypatch
):
    pages = await reading(Whole(filling="x" * 3000, tells=None))
    monkeypatch.setattr(parser, "IQ_BYTES", 10_000)
    with pytest.raises(TooLarge):
        await pages()


async def test_of_more_ids_than_are_kept_it_is_the_newest(reading, monkeypatch):
    pages = await reading(Whole())
    monkeypatch.setattr(pubsub_items, "MOST", 5)
    assert await pages() == [IDS[4:], IDS[2:4]]


@pytest.mark.every_server
@pytest.mark.parametrize("is_contact", [True, False], ids=["contact", "stranger"])
async def test_each_time_the_newest_comes_first_on_real_servers(make_home, make_peer, is_contact):
    if is_contact:
        home, peer = await befriended(make_home, make_peer)
    else:
        home, peer = await (await make_home()).online(), await make_peer()
    await peer.stream.request("set", None, pubsub.create(NODE, OPEN))
    for each in IDS:
        await peer.stream.request("set", None, pubsub.publish(NODE, nick(each, id=each)))
    for _ in range(2):
        found, wanted = [], NEWEST
        while wanted is not None:
            page = await home.inside.pubsub.items.page(NODE, wanted, service=peer.jid)
            found.append([item.id for item in page.items])
            wanted = page.next
        assert found == PAGES
