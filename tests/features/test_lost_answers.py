"""Entries whose answer was lost with the connection: published once, whatever became of them.

A scripted server loses them; real ones are crashed at in test_publishing.
"""

from xml.etree.ElementTree import fromstring, tostring

import pytest

from backendd.api import names
from backendd.core import forms, pubsub
from backendd.core.attachments import ATTACHMENTS
from backendd.core.entries import MICROBLOG
from tests.backendd.session.partial import Partial
from tests.features.test_blogs import entry
from tests.features.test_publishing import got, publish, until_state

BLOG = names.BLOG
PAYLOAD = f"{{{pubsub.PUBSUB}}}pubsub"


class Shelf:
    """A service with one blog, which notes all that is asked of it that changes something."""

    def __init__(self):
        self.items = {}
        self.changes = []

    def __call__(self, iq):
        asked = iq[0][0]
        what = asked.tag.rpartition("}")[2]
        if asked.get("node") != MICROBLOG:
            return None
        if what in ("publish", "retract"):
            self.keep(iq)
            return ""
        if what == "configure":
            return self._configuration()
        wanted = [each.get("id") for each in asked] or list(self.items)
        found = "".join(f"<item id='{id}'>{self.items[id]}</item>"
                        for id in wanted if id in self.items)  # fmt: skip
        return f"<pubsub xmlns='{pubsub.PUBSUB}'><items node='{MICROBLOG}'>{found}</items></pubsub>"

    def keep(self, iq):
        (change,) = iq[0]
        what, item = change.tag.rpartition("}")[2], change[0]
        self.changes.append((what, item.get("id")))
        if what == "publish":
            self.items[item.get("id")] = tostring(item[0], encoding="unicode")
        else:
            self.items.pop(item.get("id"), None)

    def title(self, id):
        return fromstring(self.items[id]).findtext("{http://www.w3.org/2005/Atom}title")

    def _configuration(self):
        answers = {"pubsub#persist_items": ["1"], "pubsub#max_items": ["max"]}
        form = forms.encode_answers(answers, form_type=pubsub.NODE_CONFIG)
        form.set("type", "form")
        written = tostring(form, encoding="unicode")
        return f"<pubsub xmlns='{pubsub.OWNER}'><configure>{written}</configure></pubsub>"


def changes(iq):
    """Return whether something is published or taken back by an iq."""
    return iq.get("type") == "set" and iq[0].tag == PAYLOAD


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        server.account_can += (ATTACHMENTS,)
        server.pubsub = Shelf()
        yield server


@pytest.fixture
async def home(make_home, partial):
    home = await (await make_home("user", server=partial)).online()
    await home.until(lambda: not home.inside.missing.words)
    return home


@pytest.fixture
def lose(home, partial):
    """Call it to have the next change not be answered, and perhaps not arrive; wait for it then."""

    def set_up(*, arrives):
        lost = []

        def leave_open(iq):
            if lost or not changes(iq):
                return False
            lost.append(iq)
            if arrives:
                partial.pubsub.keep(iq)
            return True

        partial.leaves_open = leave_open

        async def lost_by_now(how):
            await partial.until(lambda: lost)
            partial.script.resume = "refuse"
            if how == "cut":
                home.cut()
                return
            await home.crash()
            await home.come_back()
            await home.online()

        return lost_by_now

    return set_up


WHEN = pytest.mark.parametrize("how", ["cut", "killed"])
ARRIVED = pytest.mark.parametrize("arrives", [True, False], ids=["arrived", "lost"])


@WHEN
@ARRIVED
async def test_an_entry_is_published_once(home, partial, lose, arrives, how):
    is_lost = lose(arrives=arrives)
    id = await publish(home, {"title": "one", "comments": False})
    await is_lost(how)
    await until_state(home, id, "published")
    assert partial.pubsub.changes == [("publish", id)]


@WHEN
@ARRIVED
async def test_what_was_changed_meanwhile_takes_its_place(home, partial, lose, arrives, how):
    is_lost = lose(arrives=arrives)
    id = await publish(home, {"title": "one", "comments": False})
    await partial.until(lambda: any(changes(iq) for _, iq in partial.asked))
    await publish(home, {"id": id, "title": "two"})
    await is_lost(how)
    assert (await until_state(home, id, "published")).title == "two"
    assert partial.pubsub.title(id) == "two"


@WHEN
@ARRIVED
async def test_an_entry_is_taken_back_once(home, partial, lose, arrives, how):
    id = await publish(home, {"title": "one", "comments": False})
    await until_state(home, id, "published")
    is_lost = lose(arrives=arrives)
    await home.call(BLOG, "retract", "", "", id, {})
    await is_lost(how)

    async def is_gone():
        return not await home.count("entry") and not await home.count("outbox")

    await home.until(is_gone)
    assert partial.pubsub.changes == [("publish", id), ("retract", id)]


@ARRIVED
async def test_what_another_client_has_written_since_is_not_overwritten(
    home, partial, lose, arrives
):
    is_lost = lose(arrives=arrives)
    id = await publish(home, {"title": "one", "comments": False})
    await partial.until(lambda: any(changes(iq) for _, iq in partial.asked))
    partial.pubsub.items[id] = entry("by another", hours=24 * 365 * 50)
    await is_lost("cut")
    await until_state(home, id, "published")
    assert partial.pubsub.title(id) == "by another"
    await home.call(BLOG, "list", "", "", {})
    assert (await got(home, id)).title == "by another"
