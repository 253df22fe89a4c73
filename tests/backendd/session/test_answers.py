"""What an answer settles: known when it comes, asked for when it was lost, and never guessed."""

import uuid

import pytest

from backendd.api.errors import ServerError
from backendd.core import pubsub, xml
from backendd.core.messages import OutboxDoubted
from backendd.core.pubsub import Item
from backendd.session.feature import Feature
from backendd.session.missing import Patience
from backendd.session.part import Part
from backendd.store import doubts, outbox, settling
from backendd.store.ledger import Owner
from backendd.store.outbox import Terms
from backendd.xmpp import parser
from tests.backendd.session.partial import PEER, PUBSUB, Partial
from tests.backendd.xmpp.scripted import DOMAIN

NODE = "urn:example:diary"
LANE = f"node {NODE}"


class Diary(Part):
    """Publishes entries, as features to come will: they are known by their items."""

    def __init__(self, home):
        self._home = home
        home.events.subscribe(OutboxDoubted, self._on_doubted)

    async def publish(self, text, *, service=""):
        item_id = uuid.uuid4().hex
        entry = Item(item_id, xml.element(NODE, "entry", text=text))
        iq = xml.element(
            xml.CLIENT, "iq", {"type": "set", "id": f"q-{item_id}"}, [pubsub.publish(NODE, entry)]
        )
        if service:
            iq.set("to", service)
        terms = Terms("answer", "ask", service, item_id, "diary")
        await self._home.store.write(
            lambda ledger: outbox.add(ledger, iq, 0, lane=LANE, terms=terms)
        )
        return item_id

    async def set_up(self, *, resumed):
        await self._ask()

    def _on_doubted(self, event):
        if LANE in event.lanes:
            self._home.do_soon(self._ask(), name="ask for entries")

    async def _ask(self):
        for asked in await self._home.store.read(lambda view: doubts.to_ask(view, LANE)):
            is_there = await self._is_there(asked)
            decide = settling.settle if is_there else doubts.send_again
            await self._home.store.write(lambda ledger, d=decide, a=asked: d(ledger, [a.id]))

    async def _is_there(self, asked):
        wanted = pubsub.items(NODE, ids=[asked.item])
        try:
            answer = await self._home.stream.request("get", asked.resolver or None, wanted)
        except ServerError as error:
            if error.condition == "item-not-found":
                return False
            raise
        return bool(pubsub.decode_items(answer).items)


def note(ledger, stanza_id, why="settled"):
    ledger.db.execute("INSERT INTO diary (entry, ended) VALUES (?, ?)", (stanza_id, str(why)))


DIARY = Feature("diary", Diary, owns={"diary": Owner(settled=note, failed=note)})


class Shelf:
    """A service that keeps what is published, and notes each time that it was."""

    def __init__(self):
        self.entries = {}
        self.published = []

    def __call__(self, iq):
        item = next(iq.iter(f"{{{pubsub.PUBSUB}}}item"), None)
        if item is None:
            return None  # it has nothing else
        if iq.get("type") == "get":
            if item.get("id") not in self.entries:
                return None
            return (
                f"<pubsub xmlns='{pubsub.PUBSUB}'><items node='{NODE}'><item id='{item.get('id')}'>"
                f"<entry xmlns='{NODE}'/></item></items></pubsub>"
            )
        self.keep(item)
        return ""

    def keep(self, item):
        self.entries[item.get("id")] = item[0].text
        self.published.append(item[0].text)


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        server.pubsub = Shelf()
        yield server


@pytest.fixture
async def home(make_home, partial):
    home = await make_home("user", server=partial)
    await home.execute("CREATE TABLE diary (entry TEXT, ended TEXT)")
    await home.restart_with(Patience(short_s=0.2), more=[DIARY])
    return await home.online()


def diary(home):
    return next(part for part in home.session.parts if isinstance(part, Diary))


async def states(home):
    rows = await home.database.read(
        lambda db: db.execute("SELECT state FROM outbox ORDER BY id").fetchall()
    )
    return [state for (state,) in rows]


async def until_states(home, *wanted):
    async def are_so():
        return await states(home) == list(wanted)

    await home.until(are_so)


async def accepted(home, partial, text="entry"):
    """Publish what the server acknowledges, but doesn't answer; return the item."""
    partial.silent.add(PUBSUB)
    item_id = await diary(home).publish(text)
    await partial.until(lambda: partial.count(PUBSUB) == 1)
    # Who acknowledges this has acknowledged what was before it.
    await home.send(PEER, "a message")
    await home.until_message(PEER, "a message", "sent")
    assert await states(home) == ["accepted"]
    return item_id


async def test_an_acknowledgement_is_no_answer_and_an_answer_settles(home, partial):
    await accepted(home, partial)
    await partial.answer(PUBSUB)
    await until_states(home)
    assert partial.pubsub.published == ["entry"]


async def test_only_who_was_asked_can_answer(home, partial):
    item_id = await accepted(home, partial)
    for sender in ("evil@x.localhost", "evil@x.localhost/r", "x.localhost"):
        partial.client.send(f"<iq type='result' id='q-{item_id}' from='{sender}'/>")
    partial.client.send(f"<message from='{PEER}/x' type='chat'><body>after them</body></message>")
    await home.until_message(PEER, "after them")
    assert await states(home) == ["accepted"]


async def test_an_answer_that_refuses_ends_it(home, partial):
    partial.refused[PUBSUB] = ("forbidden", "auth")
    await diary(home).publish("entry")
    await until_states(home)
    assert partial.pubsub.published == []


@pytest.mark.parametrize("service", [DOMAIN, f"user@{DOMAIN}", f"Pubsub.{DOMAIN}"])
async def test_whom_it_was_sent_to_may_answer_however_that_is_written(home, partial, service):
    await diary(home).publish("entry", service=service)
    await until_states(home)
    assert partial.pubsub.published == ["entry"]


async def test_an_answer_too_large_to_be_kept_says_still_that_it_is_one(home, partial, monkeypatch):
    monkeypatch.setattr(parser, "IQ_BYTES", 10_000)
    crowd = "<b/>" * 1000
    partial.pubsub = lambda iq: f"<pubsub xmlns='{pubsub.PUBSUB}'>{crowd}</pubsub>"
    taken = await diary(home).publish("taken")
    await until_states(home)
    partial.pubsub = lambda iq: f"<error type='cancel'>{crowd}</error>"
    refused = await diary(home).publish("refused")
    await until_states(home)
    assert [entry for entry, _ in await ended(home)] == [f"q-{taken}", f"q-{refused}"]
    assert [why == "settled" for _, why in await ended(home)] == [True, False]


async def ended(home):
    return await home.database.read(lambda db: db.execute("SELECT * FROM diary").fetchall())


async def test_who_queued_a_stanza_is_told_how_it_ends_with_what_ends_it(home, partial):
    item_id = await diary(home).publish("entry")
    await until_states(home)
    assert await ended(home) == [(f"q-{item_id}", "settled")]
    partial.refused[PUBSUB] = ("forbidden", "auth")
    refused = await diary(home).publish("another")
    await until_states(home)
    (_, (entry, why)) = await ended(home)
    assert entry == f"q-{refused}"
    assert "forbidden" in why or "not allowed" in why


async def test_what_arrived_though_its_answer_was_lost_is_asked_for_and_not_sent_again(
    home, partial
):
    await accepted(home, partial)
    (_, publish) = partial.asked[-1]
    partial.pubsub.keep(next(publish.iter(f"{{{pubsub.PUBSUB}}}item")))
    partial.silent.clear()
    partial.script.resume = "refuse"
    home.cut()
    await until_states(home)
    assert partial.pubsub.published == ["entry"]


async def test_what_was_lost_is_sent_again_as_it_was(home, partial):
    item_id = await accepted(home, partial)
    partial.silent.clear()
    partial.script.resume = "refuse"
    home.cut()
    await until_states(home)
    assert partial.pubsub.entries == {item_id: "entry"}
    asked = [xml.written(iq) for word, iq in partial.asked if iq.get("id") == f"q-{item_id}"]
    assert len(asked) == 2
    assert len(set(asked)) == 1


async def test_what_is_behind_it_waits_until_it_was_asked_for_and_another_lane_does_not(
    home, partial
):
    await accepted(home, partial)
    partial.script.resume = "refuse"
    home.cut()
    await partial.until(lambda: len(partial.clients) == 2 and partial.is_seen())
    await diary(home).publish("second")
    await home.send(PEER, "meanwhile")
    await home.until_message(PEER, "meanwhile", "sent")
    assert await states(home) == ["uncertain", "fresh"]
    await partial.answer(PUBSUB)
    await until_states(home)
    assert partial.pubsub.published == ["entry", "second"]


@pytest.mark.parametrize("resume", ["accept", "refuse"])
async def test_an_answer_that_comes_to_another_process_settles_as_well(home, partial, resume):
    item_id = await accepted(home, partial)
    await home.crash()
    partial.script.resume = resume
    if resume == "accept":
        await home.come_back()
        await home.online()
        assert await states(home) == ["accepted"]
        partial.client.send(f"<iq type='result' id='q-{item_id}'/>")
    else:
        partial.silent.clear()
        await home.come_back()
        await home.online()
    await until_states(home)
