"""Blogs at a service that has their entries in the order one asks for (XEP-0413).

No server here has that: it is a scripted one, which without being asked has what was changed last.
"""

import pytest

from backendd.api import names
from backendd.core import pubsub, xml
from backendd.core.entries import MICROBLOG
from tests.backendd.session.partial import PEER, PUBSUB, Partial
from tests.features.test_blogs import entry

BLOG = names.BLOG


class Ordered:
    """A service with one blog, in pages; `written` and `changed` are titles by the ids of items."""

    def __init__(self):
        self.written = {}
        self.changed = {}

    def write(self, id, title):
        self.written.setdefault(id, len(self.written))
        self.changed.pop(id, None)
        self.changed[id] = title

    def __call__(self, iq):
        items = iq.find(f".//{{{pubsub.PUBSUB}}}items")
        if items is None or items.get("node") != MICROBLOG:
            return None
        order = iq.find(f".//{{{pubsub.ORDER_BY}}}order")
        by = order.get("by") if order is not None else "modification"
        ids = list(self.written if by == "creation" else self.changed)
        size = int(iq.findtext(f".//{{{xml.RSM}}}max"))
        before = iq.findtext(f".//{{{xml.RSM}}}before")
        end = ids.index(before) if before else len(ids)
        start = max(0, end - size)
        return self._page(ids[start:end], start)

    def _page(self, ids, start):
        found = "".join(
            f"<item id='{id}'>{entry(self.changed[id], hours=self.written[id])}</item>"
            for id in ids
        )
        ends = f"<first index='{start}'>{ids[0]}</first><last>{ids[-1]}</last>" if ids else ""
        page = f"<set xmlns='{xml.RSM}'>{ends}<count>{len(self.written)}</count></set>"
        node = f"<items node='{MICROBLOG}'>{found}</items>"
        return f"<pubsub xmlns='{pubsub.PUBSUB}'>{node}{page}</pubsub>"


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        server.clients_can[PEER] = (
            "<query xmlns='http://jabber.org/protocol/disco#info'>"
            f"<feature var='{pubsub.ORDERS_ITEMS}'/></query>"
        )
        server.pubsub = Ordered()
        for number in range(130):
            server.pubsub.write(f"n{number:03}", f"n{number:03}")
        yield server


@pytest.fixture
async def home(make_home, partial):
    home = await (await make_home("user", server=partial)).online()
    await home.until(lambda: not home.inside.missing.words)
    return home


async def pages(home, limit):
    found, after = [], ""
    while True:
        entries, page = await home.call(BLOG, "list", PEER, "", {"limit": limit, "after": after})
        found.append([each.title for each in entries])
        after = page["next"]
        if not after:
            return found


async def test_an_old_entry_that_was_changed_hides_none_of_those_between(home, partial):
    for number in range(40):
        partial.pubsub.write(f"n{number:03}", f"changed {number}")
    titles = [f"n{number:03}" for number in range(129, 39, -1)]
    titles += [f"changed {number}" for number in range(39, -1, -1)]
    found = await pages(home, 45)
    assert [each for page in found for each in page] == titles
    assert found[0] == titles[:45]


async def test_what_was_changed_since_is_read_however_old_it_is(home, partial):
    await pages(home, 100)
    partial.pubsub.write("n003", "changed")
    partial.pubsub.write("new", "new")
    asked = partial.count(PUBSUB)
    entries, _ = await home.call(BLOG, "list", PEER, "", {"limit": 1})
    assert [each.title for each in entries] == ["new"]
    assert partial.count(PUBSUB) == asked + 2  # the newest, and what was changed
    found = await home.call(BLOG, "get", PEER, "", "n003", {})
    assert found.title == "changed"
