"""Ten thousand comments at a service that gives a node whole, whatever page is asked for."""

import pytest

from backendd.api import names
from backendd.core import disco, pubsub, uris
from backendd.core.entries import COMMENTS, MICROBLOG
from backendd.core.uris import ItemAddress
from tests.backendd.session.partial import PEER, Partial
from tests.features.test_blogs import entry

BLOG = names.BLOG
NODE = f"{COMMENTS}post"
COUNT = 10_000


class Crowded:
    """A blog with one entry, on which many have commented, the last of them last."""

    def __init__(self):
        href = uris.encode(ItemAddress(PEER, NODE))
        link = f"<link rel='replies' title='comments' href='{href}'/>"
        self._post = f"<item id='post'>{entry('post', inner=link)}</item>"
        self._comments = {
            f"c{each}": f"<item id='c{each}'>{entry(f'n{each}', hours=each // 10)}</item>"
            for each in range(COUNT)
        }

    def __call__(self, iq):
        if iq[0].tag == f"{{{disco.ITEMS}}}query":
            named = "".join(f"<item jid='{PEER}' name='{each}'/>" for each in self._comments)
            return f"<query xmlns='{disco.ITEMS}'>{named}</query>"
        items = iq.find(f".//{{{pubsub.PUBSUB}}}items")
        node = items.get("node") if items is not None else ""
        if node not in (MICROBLOG, NODE):
            return None
        found = self._post
        if node == NODE:
            wanted = [each.get("id") for each in items] or list(self._comments)
            newest = int(items.get("max_items", "0"))
            found = "".join(self._comments[each] for each in wanted[-newest:])
        return f"<pubsub xmlns='{pubsub.PUBSUB}'><items node='{node}'>{found}</items></pubsub>"


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        server.pubsub = Crowded()
        yield server


async def test_the_newest_of_them_are_read_first_and_the_others_page_by_page(make_home, partial):
    home = await (await make_home("user", server=partial)).online()
    await home.until(lambda: not home.inside.missing.words)
    seen, after = [], ""
    for _ in range(3):
        found, page = await home.call(BLOG, "comments", PEER, "", "post", {"after": after})
        seen += [each.title for each in found]
        after = page["next"]
    assert seen == [f"n{each}" for each in range(COUNT - 1, COUNT - 151, -1)]
    assert after
