"""Texts that are changed and erased later, by their authors alone, in whatever order it comes."""

import itertools

import pytest

from backendd.core import clock, words
from backendd.core.authors import Occupancy
from backendd.core.conversations import Peer
from backendd.core.inbound import Arrival
from backendd.core.messages import (
    BODY_LIMIT,
    ConversationsChanged,
    MessagesChanged,
    MessagesRemoved,
)
from backendd.features.corrections import store as corrections
from backendd.features.corrections.model import MOST
from backendd.features.corrections.stanza import NAMESPACE as CORRECT
from backendd.features.retractions.stanza import RETRACT
from backendd.features.search import store as search
from backendd.inbound import INBOUND
from backendd.store import conversations, pages
from backendd.store.places import PlaceAbove, PlaceFirst
from tests.backendd.session.passing import ME, PEER, Passing, stanza

ROOM = "cave@x"
IN_ROOM = {"rooms": {ROOM: Occupancy("me", "ours", gives_ids=True)}, "archives": (ROOM, ME)}
REPLACE = f"<replace xmlns='{CORRECT}' id='{{}}'/>"
OCCUPANT = "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='{}'/>"
BY_ROOM = f"<stanza-id xmlns='urn:xmpp:sid:0' by='{ROOM}' id='{{}}'/>"
THUMB = "👍"


@pytest.fixture
async def passing(tmp_path):
    passing = await Passing(tmp_path / "x.db", INBOUND).open()
    yield passing
    await passing.database.close()


def chat(body, id, more="", *, sender=PEER, to=ME):
    return (
        f"<message from='{sender}/phone' to='{to}' type='chat' id='{id}'>"
        f"<body>{body}</body>{more}</message>"
    )


def corrects(target, body, id, **more):
    return chat(body, id, REPLACE.format(target), **more)


def retracts(target, id="r", sender=PEER):
    retract = f"<retract xmlns='{RETRACT}' id='{target}'/>"
    return chat("it was retracted", id, retract, sender=sender)


def reacts(target):
    return (
        f"<message from='{PEER}/phone' to='{ME}' type='chat' id='e'>"
        f"<reactions xmlns='urn:xmpp:reactions:0' id='{target}'><reaction>{THUMB}</reaction>"
        "</reactions></message>"
    )


def public(nick, occupant_id, body, id, more=""):
    notes = OCCUPANT.format(occupant_id) + BY_ROOM.format(f"{occupant_id}-{id}")
    return (
        f"<message from='{ROOM}/{nick}' to='{ME}/here' type='groupchat' id='{id}'>"
        f"<body>{body}</body>{notes}{more}</message>"
    )


class Archive:
    """Gives what is said in it an id and a time, and gives it in whatever order."""

    def __init__(self, *said):
        start = clock.now_us() // 1_000_000
        self.all = [
            Arrival(stanza(each), "catch_up", (start + number) * 1_000_000, archive=ME,
                    archive_id=f"a{number}")
            for number, each in enumerate(said)
        ]  # fmt: skip

    def upwards(self):
        placing = PlaceAbove(0)
        return [self._as(each, "catch_up", placing) for each in self.all]

    def backwards(self):
        placing = PlaceFirst()
        return [self._as(each, "past", placing) for each in reversed(self.all)]

    def _as(self, each, way, placing):
        return Arrival(
            each.stanza, way, each.time, archive=ME, archive_id=each.archive_id, placing=placing
        )


async def record(passing, body, peer=PEER):
    """Return the one message of the conversation, which says this."""
    page = await passing.read(lambda view: pages.page(view, peer, {}, 50))
    (message,) = page.messages
    assert message.body == body
    return message


async def edits(passing, peer=PEER):
    """Return what the one message of the conversation said before."""
    page = await passing.read(lambda view: pages.page(view, peer, {}, 50))
    (message,) = page.messages
    return [each.body for each in await passing.read(lambda v: corrections.edits(v, message.id))]


async def found(passing, query):
    terms = words.parse(query)
    return await passing.read(
        lambda view: [each.body for each in search.find(view, terms, limit=10)]
    )


# -- corrections


async def test_a_correction_is_the_text_of_its_message_wherever_that_is_read(passing):
    await passing.take(chat("smal talk", "m"))
    before = await record(passing, "smal talk")
    told: list[object] = []
    passing.hub.subscribe(MessagesChanged, told.append)
    passing.hub.subscribe(ConversationsChanged, told.append)
    await passing.take(corrects("m", "small talk", "c"))
    after = await record(passing, "small talk")
    assert (after.id, after.order, after.time) == (before.id, before.order, before.time)
    assert after.revision > before.revision
    assert after.more == {"edited": True}
    assert await edits(passing) == ["smal talk"]
    assert (await found(passing, "small"), await found(passing, "smal talk")) == (
        ["small talk"], [],
    )  # fmt: skip
    (changed,) = [each for each in told if isinstance(each, MessagesChanged)]
    assert [each.body for each in changed.messages] == ["small talk"]
    (listed,) = [each for each in told if isinstance(each, ConversationsChanged)]
    assert listed.conversations[0].last.body == "small talk"
    assert listed.conversations[0].unread == 1
    changes, *_ = await passing.read(lambda view: pages.changed_since(view, before.revision, 50))
    assert [each.body for each in changes] == ["small talk"]


ORIGINAL = chat("one", "m")
CHAINS = {
    "each names the original": (corrects("m", "two", "c"), corrects("m", "three", "d")),
    "each names the one before": (corrects("m", "two", "c"), corrects("c", "three", "d")),
    "with the id of the original": (corrects("m", "two", "m"), corrects("m", "three", "m")),
}


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
@pytest.mark.parametrize("how", ["live", "in one page", "backwards in one", "backwards"])
async def test_a_chain_of_corrections_is_one_message_with_the_latest_text(passing, chain, how):
    archive = Archive(ORIGINAL, *chain)
    if how == "live":
        await passing.take(ORIGINAL, *chain)
    elif how == "in one page":
        await passing.take(*archive.upwards())
    elif how == "backwards in one":
        await passing.take(*archive.backwards())
    else:
        for each in archive.backwards():
            await passing.take(each)
    await record(passing, "three")
    assert await edits(passing) == ["one", "two"]
    assert await passing.rows("SELECT * FROM reference") == []


@pytest.mark.parametrize("order", [*itertools.permutations(range(3))])
async def test_in_whatever_order_corrections_are_read_the_latest_counts(passing, order):
    archive = Archive(ORIGINAL, *CHAINS["each names the original"]).backwards()
    for index in order:
        await passing.take(archive[index])
    await record(passing, "three")
    assert await edits(passing) == ["one", "two"]


async def test_what_is_read_of_the_past_takes_nothing_from_what_came_since(passing):
    archive = Archive(ORIGINAL, *CHAINS["each names the original"])
    await passing.take(archive.upwards()[0], corrects("m", "now", "e"))
    await passing.take(archive.backwards()[1])
    await record(passing, "now")
    assert sorted(await edits(passing)) == ["one", "two"]


async def test_copies_of_a_correction_and_of_its_original_are_no_messages(passing):
    correction = corrects("m", "two", "c")
    archive = Archive(ORIGINAL, correction)
    await passing.take(ORIGINAL, correction)
    before = await record(passing, "two")
    removed: list[object] = []
    passing.hub.subscribe(MessagesRemoved, removed.append)
    for each in archive.upwards():
        await passing.take(each)
    await passing.take(correction)
    assert removed == []  # it was never there
    after = await record(passing, "two")
    assert (after.time, after.id) == (before.time, before.id)
    for each in archive.upwards():
        await passing.take(each)
    await record(passing, "two")
    assert await edits(passing) == ["one"]


async def test_a_correction_by_somebody_else_is_a_message_of_theirs(passing):
    other = "b@x"
    await passing.take(chat("hi", "other", sender=other), ORIGINAL)
    await passing.take(corrects("m", "forged", "c", sender=other))
    await passing.take(corrects("m", "forged", "f", sender=ME, to=PEER))
    assert await passing.bodies() == ["hi", "one", "forged", "forged"]


async def test_until_its_original_is_here_a_correction_of_any_length_is_a_message(passing):
    text = "long " * (BODY_LIMIT // 5)
    archive = Archive(ORIGINAL, corrects("m", text, "c")).backwards()
    await passing.take(archive[0])
    assert await passing.bodies() == [text]
    await passing.take(archive[1])
    await record(passing, text)


async def test_ours_is_corrected_by_each_of_our_clients(passing):
    ours = {"sender": ME, "to": PEER}
    await passing.take(
        *Archive(chat("mine", "m", **ours), corrects("m", "ours", "c", **ours)).upwards()
    )
    assert (await record(passing, "ours")).direction == "out"


async def test_what_is_read_ends_at_a_message_that_is_there(passing):
    ours = {"sender": ME, "to": PEER}
    await passing.take(
        chat("mine", "m", **ours), chat("theirs", "t"), corrects("m", "ours", "c", **ours)
    )
    (conversation,) = await passing.read(conversations.listed)
    page = await passing.read(lambda view: pages.page(view, PEER, {}, 50))
    assert [(each.body, each.state) for each in page.messages] == [
        ("ours", "sent"), ("theirs", "read"),
    ]  # fmt: skip
    assert conversation.read_up_to == page.messages[-1].id


async def test_whoever_names_a_correction_means_its_message(passing):
    await passing.take(ORIGINAL, corrects("m", "two", "c"), reacts("c"))
    assert (await record(passing, "two")).more["reactions"] == {THUMB: [PEER]}


async def test_what_was_said_of_a_correction_goes_over_to_its_message(passing):
    archive = Archive(ORIGINAL, corrects("m", "two", "c"), reacts("c"))
    for each in archive.backwards():
        await passing.take(each)
    assert (await record(passing, "two")).more["reactions"] == {THUMB: [PEER]}


async def test_of_very_many_texts_the_first_and_the_last_are_kept(passing):
    many = [corrects("m", f"text {number}", "m") for number in range(3 * MOST)]
    await passing.take(ORIGINAL, *many)
    await record(passing, f"text {3 * MOST - 1}")
    kept = await edits(passing)
    assert len(kept) == MOST
    assert (kept[0], kept[1], kept[-1]) == ("one", f"text {2 * MOST}", f"text {3 * MOST - 2}")


@pytest.mark.parametrize(("target", "id"), [("m", "m"), ("itself", "itself")])
async def test_a_flood_of_corrections_costs_each_as_much_as_the_one_before(passing, target, id):
    steps = 0

    def count():
        nonlocal steps
        steps += 1

    async def cost(start):
        nonlocal steps
        steps = 0
        many = [corrects(target, f"text {start + number}", id) for number in range(MOST)]
        await passing.take(*many)
        return steps

    await passing.take(ORIGINAL)
    await cost(0)
    await passing.write(lambda ledger: ledger.db.set_progress_handler(count, 100))
    few = await cost(MOST)
    for number in range(2, 12):
        many = await cost(MOST * number)
    assert 0 < many < 1.5 * few


# -- in rooms


async def enter(passing):
    await passing.write(lambda ledger: conversations.ensure(ledger, Peer(ROOM, "room"), active=0))


async def test_in_a_room_a_correction_names_the_id_attribute_and_counts_by_its_author_alone(
    passing,
):
    await enter(passing)
    await passing.take(
        public("ann", "a", "one", "m"),
        public("bea", "a", "two", "c", REPLACE.format("m")),  # under another nick
        public("ann", "e", "forged", "f", REPLACE.format("m")),  # who has taken that nick
        public("ann", "a", "unknown", "u", REPLACE.format("a-m")),
        **IN_ROOM,
    )
    assert await passing.bodies() == ["two", "forged", "unknown"]


async def test_in_a_room_that_gives_other_ids_a_correction_names_the_id_of_the_author(passing):
    await enter(passing)
    by_ann = "<origin-id xmlns='urn:xmpp:sid:0' id='{}'/>".format
    await passing.take(
        public("ann", "a", "one", "r1", by_ann("m")),
        public("eve", "e", "forged", "r2", REPLACE.format("m") + by_ann("f")),
        public("ann", "a", "two", "r3", REPLACE.format("m") + by_ann("c")),
        **IN_ROOM,
    )
    assert await passing.bodies() == ["two", "forged"]


async def test_of_one_id_attribute_each_occupant_corrects_the_own_message(passing):
    await enter(passing)
    await passing.take(
        public("ann", "a", "one", "1"),
        public("eve", "e", "uno", "1"),
        public("ann", "a", "two", "2", REPLACE.format("1")),
        **IN_ROOM,
    )
    assert await passing.bodies() == ["two", "uno"]


async def test_in_a_room_whoever_names_a_correction_by_the_id_of_the_room_means_its_message(
    passing,
):
    await enter(passing)
    reaction = (
        "<reactions xmlns='urn:xmpp:reactions:0' id='a-c'><reaction>👍</reaction></reactions>"
    )
    await passing.take(
        public("ann", "a", "one", "m"),
        public("ann", "a", "two", "c", REPLACE.format("m")),
        public("eve", "e", "", "r", reaction),
        **IN_ROOM,
    )
    assert (await record(passing, "two", ROOM)).more["reactions"] == {THUMB: [f"{ROOM}/eve"]}


# -- erased


async def test_what_is_erased_is_nowhere_and_nothing_brings_it_back(passing):
    await passing.take(ORIGINAL, corrects("m", "two", "c"), reacts("m"), retracts("m"))
    message = await record(passing, "")
    assert message.more == {"retracted": True, "retracted_by": PEER}
    assert message.state == "read"
    assert await found(passing, "one") == await found(passing, "two") == []
    assert await passing.rows("SELECT * FROM edit") == []
    await passing.take(corrects("m", "three", "d"), corrects("c", "four", "e"))
    for each in Archive(ORIGINAL, corrects("m", "two", "c")).upwards():
        await passing.take(each)
    assert (await record(passing, "")).more == message.more
    assert await found(passing, "one") == await found(passing, "three") == []


@pytest.mark.parametrize("target", ["m", "c"])
async def test_what_was_erased_before_it_was_here_says_nothing(passing, target):
    for each in Archive(ORIGINAL, corrects("m", "two", "c"), retracts(target)).backwards():
        await passing.take(each)
    await passing.take(corrects("m", "three", "d"))
    await record(passing, "")
    assert await found(passing, "two") == []


async def test_nobody_erases_what_somebody_else_said_and_is_not_told(passing):
    other = "b@x"
    await passing.take(chat("hi", "other", sender=other), ORIGINAL)
    await passing.take(retracts("m", sender=other))
    assert await passing.bodies() == ["hi", "one"]


# -- quoted


def answers(target, body, id, more=""):
    return chat(body, id, f"<reply xmlns='urn:xmpp:reply:0' id='{target}'/>{more}")


async def added(passing, body):
    """Return what is added to the message that says this."""
    page = await passing.read(lambda view: pages.page(view, PEER, {}, 50))
    return next(each.more for each in page.messages if each.body == body)


async def told_quotes(passing, *stanzas):
    """Return what is told of quotations as these pass."""
    told = []
    end = passing.hub.subscribe(MessagesChanged, lambda event: told.extend(event.messages))
    await passing.take(*stanzas)
    end()
    return [each.more["quote"] for each in told if "quote" in each.more]


async def test_who_quotes_a_message_is_told_when_that_says_something_else_or_nothing(passing):
    await passing.take(ORIGINAL, answers("m", "yes", "a"))
    assert (await added(passing, "yes"))["quote"] == "one"
    assert await told_quotes(passing, corrects("m", "two", "c")) == ["two"]
    assert await told_quotes(passing, retracts("m")) == [""]
    assert (await added(passing, "yes"))["reply_to"]


async def test_an_answer_to_a_correction_answers_the_message_that_it_corrects(passing):
    await passing.take(corrects("m", "two", "c"), answers("c", "yes", "a"), ORIGINAL)
    (original,) = await passing.rows("SELECT id FROM message WHERE body = 'two'")
    assert (await added(passing, "yes"))["reply_to"] == original[0]


async def test_an_answer_that_is_corrected_still_answers(passing):
    again = answers("m", "indeed", "b", REPLACE.format("a"))
    await passing.take(ORIGINAL, answers("m", "yes", "a"), again)
    assert await passing.bodies() == ["one", "indeed"]
    assert (await added(passing, "indeed"))["quote"] == "one"


async def test_what_an_answer_quotes_is_erased_with_it(passing):
    quotation = (
        "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'>"
        "<body start='0' end='7'/></fallback>"
    )
    await passing.take(answers("never", "&gt; what\nyes", "m", quotation), retracts("m"))
    assert await passing.rows("SELECT * FROM reply") == []


@pytest.mark.parametrize("kind", ["new", "old"])
async def test_a_retraction_of_either_kind_counts_with_its_text_or_without(passing, kind):
    how = RETRACTS[kind].format("m")
    await passing.take(ORIGINAL, f"<message from='{PEER}/x' to='{ME}' id='r'>{how}</message>")
    await passing.take(chat("it was retracted", "r2", RETRACTS[kind].format("m")))
    assert (await record(passing, "")).more["retracted"]


RETRACTS = {
    "new": f"<retract xmlns='{RETRACT}' id='{{}}'/>",
    "old": (
        "<apply-to xmlns='urn:xmpp:fasten:0' id='{}'>"
        "<retract xmlns='urn:xmpp:message-retract:0'/></apply-to>"
    ),
}
MODERATES = {
    "new": (
        f"<retract xmlns='{RETRACT}' id='{{}}'><moderated xmlns='urn:xmpp:message-moderate:1' "
        f"by='{ROOM}/mod'/><reason>spam\x9f it is</reason></retract>"
    ),
    "old": (
        "<apply-to xmlns='urn:xmpp:fasten:0' id='{}'>"
        f"<moderated xmlns='urn:xmpp:message-moderate:0' by='{ROOM}/mod'>"
        "<retract xmlns='urn:xmpp:message-retract:0'/><reason>spam it is</reason>"
        "</moderated></apply-to>"
    ),
}
MODERATED = {
    "retracted": True, "retracted_by": f"{ROOM}/mod", "moderated": True, "reason": "spam it is",
}  # fmt: skip


def by_room(payload, id="r", sender=ROOM):
    return f"<message from='{sender}' to='{ME}/here' type='groupchat' id='{id}'>{payload}</message>"


@pytest.mark.parametrize("kind", MODERATES)
@pytest.mark.parametrize("order", ["after it", "before it"])
async def test_a_room_retracts_for_a_moderator_who_and_why_is_told(passing, kind, order):
    await enter(passing)
    stanzas = [public("ann", "a", "spam", "m"), by_room(MODERATES[kind].format("a-m"))]
    for each in stanzas if order == "after it" else reversed(stanzas):
        await passing.take(each, **IN_ROOM)
    assert (await record(passing, "", ROOM)).more == MODERATED


@pytest.mark.parametrize("kind", MODERATES)
async def test_nobody_in_a_room_moderates_in_its_name(passing, kind):
    await enter(passing)
    await passing.take(
        public("ann", "a", "here", "m"),
        by_room(MODERATES[kind].format("a-m"), sender=f"{ROOM}/mod"),
        public("eve", "e", "forged", "f", MODERATES[kind].format("a-m")),
        f"<message from='{ROOM}/mod' to='{ME}/here' type='chat'>"
        f"{MODERATES[kind].format('a-m')}</message>",
        f"<message from='{PEER}/x' to='{ME}' type='chat'>{MODERATES[kind].format('a-m')}</message>",
        **IN_ROOM,
    )
    assert await passing.bodies() == ["here"]


@pytest.mark.parametrize("kind", MODERATES)
async def test_nobody_moderates_where_there_is_no_room(passing, kind):
    forged = MODERATES[kind].format("m")
    await passing.take(
        chat("hello", "m"),
        f"<message from='{PEER}/x' to='{ME}' type='chat'>{forged}</message>",
        f"<message from='{PEER}' to='{ME}' type='groupchat'>{forged}</message>",
    )
    assert (await record(passing, "hello")).more == {}


@pytest.mark.parametrize(("kind", "target"), [("new", "a-m"), ("old", "m")])
@pytest.mark.parametrize("order", ["after it", "before it"])
async def test_in_a_room_an_author_retracts_by_the_id_of_the_room_or_by_the_own_one(
    passing, kind, target, order
):
    await enter(passing)
    retracts = [
        public("eve", "e", "", "f", RETRACTS[kind].format(target)),
        public("bea", "a", "gone", "r", RETRACTS[kind].format(target)),
    ]
    stanzas = [[public("ann", "a", "one", "m")], retracts]
    for each in stanzas if order == "after it" else reversed(stanzas):
        await passing.take(*each, **IN_ROOM)
    message = await record(passing, "", ROOM)
    assert message.more == {"retracted": True, "retracted_by": f"{ROOM}/bea"}


# -- tombstones of archives

TOMBSTONES = {
    "by its author": (f"<retracted xmlns='{RETRACT}' id='r'/>", {"retracted": True}),
    "by its author, old": (
        "<retracted xmlns='urn:xmpp:message-retract:0' stamp='2026-01-01T00:00:00Z'/>",
        {"retracted": True},
    ),
    "by a moderator": (
        f"<retracted xmlns='{RETRACT}'><moderated xmlns='urn:xmpp:message-moderate:1' "
        f"by='{ROOM}/mod'/><reason>spam it is</reason></retracted>",
        MODERATED,
    ),
    "by a moderator, old": (
        f"<moderated xmlns='urn:xmpp:message-moderate:0' by='{ROOM}/mod'>"
        "<retracted xmlns='urn:xmpp:message-retract:0'/><reason>spam it is</reason></moderated>",
        MODERATED,
    ),
}


def of_archive(text, archive=ROOM):
    return Arrival(stanza(text), "catch_up", clock.now_us(), archive=archive, archive_id="a-m")


@pytest.mark.parametrize(("left", "told"), TOMBSTONES.values(), ids=TOMBSTONES)
@pytest.mark.parametrize("is_here", [True, False])
async def test_what_an_archive_has_no_more_is_no_more_and_has_its_place(
    passing, left, told, is_here
):
    await enter(passing)
    if is_here:
        await passing.take(public("ann", "a", "spam", "m"), **IN_ROOM)
    gone = f"<message from='{ROOM}/ann' to='{ME}' type='groupchat' id='m'>{left}</message>"
    for _ in range(2):
        await passing.take(of_archive(gone), **IN_ROOM)
    message = await record(passing, "", ROOM)
    assert (message.more, message.type, message.state) == (told, "message", "read")
    assert await found(passing, "spam") == await found(passing, "retracted") == []


async def test_only_an_archive_leaves_tombstones(passing):
    (left, _), *_ = TOMBSTONES.values()
    await passing.take(ORIGINAL, f"<message from='{PEER}/x' to='{ME}' id='m'>{left}</message>")
    await passing.take(chat("with a text", "t", left))
    assert await passing.bodies() == ["one", "with a text"]
