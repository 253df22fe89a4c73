"""Nodes that come whole whatever page of them is asked for: pages are made of them here."""

import pytest

from backendd.api.errors import TooLarge, UnknownItem
from backendd.core import disco, pubsub
from backendd.core.rsm import Wanted
from backendd.session import pageless
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

    def __init__(self, *, count=7, filling="", tells=True, is_reversed=False, gives=0):
        self.asked = []
        self.ids = [f"n{number}" for number in range(count)]
        self.tells = tells  # their ids
        self.is_reversed = is_reversed  # where it tells them
        self.gives = gives  # at most, of the newest; 0: as many as one wants
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
        most = min(newest, self.gives or newest)
        shown = [each for each in self.ids if not chosen or each in chosen][-most:]
        found = "".join(f"<item id='{each}'><e xmlns='urn:x'>{self.filling}</e></item>"
                        for each in shown)  # fmt: skip
        return f"<pubsub xmlns='{pubsub.PUBSUB}'><items node='{NODE}'>{found}</items></pubsub>"

    def named(self):
        if not self.tells:
            return None
        self.asked.append("ids")
        told = reversed(self.ids) if self.is_reversed else self.ids
        named = "".join(f"<item jid='s.localhost' name='{each}'/>" for each in told)
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

        async def pages(wanted=NEWEST, *, had=0, once=False):
            found = []
            while wanted is not None:
                page = await home.inside.pubsub.items.page(NODE, wanted, had=had)
                found.append([item.id for item in page.items])
                had += len(page.items)
                wanted = None if once else page.next
            return found

        return pages

    return start


async def test_what_is_older_is_had_by_asking_for_twice_as_many_of_the_newest(reading):
    service = Whole(count=20)
    pages = await reading(service)
    assert await pages() == [service.ids[17:], service.ids[14:17], service.ids[8:14],
                             service.ids[:8]]  # fmt: skip
    assert service.asked == ["newest 3", "newest 6", "newest 12", "newest 24", "ids"]


async def test_no_more_than_some_are_asked_for_beside_those_that_are_here(reading, monkeypatch):
    monkeypatch.setattr(pageless, "STEP", 4)
    service = Whole(count=14)
    await (await reading(service))()
    assert service.asked == ["newest 3", "newest 6", "newest 10", "newest 14", "newest 18", "ids"]


async def test_who_begins_in_the_middle_finds_the_way_without_the_whole(reading):
    service = Whole(count=20)
    pages = await reading(service)
    assert await pages(Wanted(3, before="n10"), had=9) == [service.ids[2:10], service.ids[:2]]
    assert service.asked == ["newest 1", "newest 18", "newest 34", "ids"]
    # Without knowing how far that is as well.
    found = await pages(Wanted(3, before="n10"))
    assert sorted(each for page in found for each in page) == sorted(service.ids[:10])


async def test_what_is_published_meanwhile_hides_nothing_older(reading):
    service = Whole()
    pages = await reading(service)
    first = await pages(once=True)
    service.ids += [f"new{number}" for number in range(20)]
    assert first == [IDS[4:]]
    found = await pages(Wanted(3, before="n4"), had=3)
    assert sorted(each for page in found for each in page) == IDS[:4]


async def test_an_item_to_go_on_from_that_is_gone_is_said_to_be(reading):
    service = Whole()
    pages = await reading(service)
    await pages(once=True)
    service.ids.remove("n4")
    with pytest.raises(UnknownItem):
        await pages(Wanted(3, before="n4"), had=3)


async def test_what_was_published_since_is_on_the_newest_page(reading):
    service = Whole()
    pages = await reading(service)
    await pages()
    service.ids.append("new")
    assert await pages() == [["n5", "n6", "new"], ["n2", "n3", "n4"], ["n0", "n1"]]


async def test_a_node_whose_ids_are_told_to_nobody_is_read_as_well(reading):
    pages = await reading(Whole(tells=False))
    assert await pages() == PAGES


async def test_a_service_that_gives_only_so_many_of_the_newest_is_asked_for_the_others_by_id(
    reading,
):
    service = Whole(gives=5)
    pages = await reading(service)
    assert await pages() == [IDS[4:], IDS[2:4], IDS[:2]]
    assert service.asked == ["newest 3", "newest 6", "ids", "some"]


async def test_what_is_read_from_its_beginning_is_read_at_once(reading):
    service = Whole()
    pages = await reading(service)
    assert await pages(Wanted(3)) == [IDS]
    assert service.asked == ["all"]


@pytest.mark.parametrize("is_reversed", [False, True], ids=["oldest first", "newest first"])
async def test_a_node_too_large_for_one_answer_is_read_by_its_ids_however_they_are_told(
    reading, monkeypatch, is_reversed
):
    service = Whole(filling="x" * 3000, is_reversed=is_reversed)
    pages = await reading(service)
    monkeypatch.setattr(parser, "IQ_BYTES", 10_000)
    assert await pages() == PAGES
    assert service.asked == ["newest 3", "newest 6", "ids", "newest 1", "some", "some"]
    assert await pages(Wanted(3)) == [IDS[:3], IDS[3:6], IDS[6:]]


async def test_a_node_too_large_for_one_answer_whose_ids_are_told_to_nobody_is_said_to_be(
    reading, monkeypatch
):
    pages = await reading(Whole(filling="x" * 3000, tells=False))
    monkeypatch.setattr(parser, "IQ_BYTES", 10_000)
    with pytest.raises(TooLarge):
        await pages()


async def test_of_more_ids_than_are_kept_it_is_the_newest(reading, monkeypatch):
    pages = await reading(Whole(filling="x" * 3000))
    monkeypatch.setattr(parser, "IQ_BYTES", 10_000)
    monkeypatch.setattr(pageless, "MOST", 5)
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
