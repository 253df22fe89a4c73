"""How stanzas pass the stages: apart from each other, in order, and away from what is alive."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import FunctionType
from xml.etree.ElementTree import Element

import pytest

from backendd.api.errors import NotAllowed
from backendd.core.authors import Occupancy
from backendd.core.contacts import ContactsChanged
from backendd.core.conversations import Peer
from backendd.core.jid import Jid
from backendd.features.roster.inbound import PUSHES
from backendd.inbound import INBOUND
from backendd.session.stages import Inbound, IqStage, MessageStage, PresenceStage
from backendd.store import conversations
from tests.backendd.session.passing import ME, PEER, Passing

OTHER = "b@x"


def message(body: str, *, sender: str = PEER, kind: str = "chat") -> str:
    return (
        f"<message from='{sender}/r' to='{ME}' type='{kind}' id='{body}'>"
        f"<body>{body}</body></message>"
    )


def presence(sender: str, *, kind: str = "", show: str = "away") -> str:
    attribute = f" type='{kind}'" if kind else ""
    return f"<presence from='{sender}'{attribute}><show>{show}</show></presence>"


def push(peer: str, *, sender: str = ME) -> str:
    return (
        f"<iq type='set' id='push' from='{sender}'><query xmlns='jabber:iq:roster'>"
        f"<item jid='{peer}' subscription='both'/></query></iq>"
    )


class Log:
    """Stages that write down what reaches them, and refuse what is `bad`."""

    def __init__(self) -> None:
        self.written: list[object] = []

    @property
    def presence(self) -> PresenceStage[str]:
        def find(context: object, stanza: Element, sender: Jid) -> str:
            return sender.full

        def store(ledger: object, context: object, found: object) -> None:
            self.written.append(list(found))  # type: ignore[call-overload]
            if any("bad" in each for each in self.written[-1]):  # type: ignore[attr-defined]
                raise ValueError("bad")

        return PresenceStage("log", find, store)

    @property
    def message(self) -> MessageStage[str]:
        def take(ledger: object, context: object, envelope: object, body: str) -> None:
            self.written.append(body)

        return MessageStage(
            "log", lambda context, envelope: envelope.new.body if envelope.new else None, take
        )


@pytest.fixture
async def passing(tmp_path: Path) -> AsyncIterator[Passing]:
    passing = await Passing(tmp_path / "x.db", INBOUND).open()
    yield passing
    await passing.database.close()


@pytest.fixture
async def logged(tmp_path: Path) -> AsyncIterator[tuple[Passing, Log]]:
    log = Log()
    order = replace(INBOUND, presence=(log.presence,), messages=(log.message,))
    passing = await Passing(tmp_path / "y.db", order).open()
    yield passing, log
    await passing.database.close()


# -- presence


async def test_presence_is_written_together_and_before_the_next_message_of_its_sender(logged):
    passing, log = logged
    await passing.take(
        presence(f"{PEER}/1"),
        presence(f"{OTHER}/1"),
        message("of somebody else", sender="c@x"),
        presence(f"{PEER}/2"),
        message("hi"),
        presence(f"{OTHER}/2"),
    )
    assert log.written == [
        "of somebody else",
        [f"{PEER}/1", f"{OTHER}/1", f"{PEER}/2"],
        "hi",
        [f"{OTHER}/2"],
    ]


async def test_presence_that_can_not_be_written_together_is_written_one_by_one(logged):
    passing, log = logged
    await passing.take(presence(f"{PEER}/1"), presence(f"{PEER}/bad"), presence(f"{PEER}/2"))
    assert log.written[1:] == [[f"{PEER}/1"], [f"{PEER}/bad"], [f"{PEER}/2"]]


async def test_of_presence_the_last_word_counts(passing):
    await passing.take(push(PEER), push(OTHER))
    told = []
    passing.hub.subscribe(ContactsChanged, lambda event: told.append(len(event.contacts)))
    await passing.take(
        presence(f"{PEER}/1"),
        presence(f"{PEER}/1", show="dnd"),
        presence(f"{PEER}/2", kind="unavailable"),
        presence(f"{OTHER}/1"),
        presence(OTHER, kind="unavailable"),
        presence(f"{OTHER}/2", show="xa"),
    )
    rows = await passing.rows("SELECT jid, resource, show FROM presence ORDER BY jid")
    assert rows == [(PEER, "1", "dnd"), (OTHER, "2", "xa")]
    assert told == [2]


async def test_presence_that_says_nothing_new_is_not_told(passing):
    await passing.take(push(PEER))
    await passing.take(presence(f"{PEER}/1"))
    told = []
    passing.hub.subscribe(ContactsChanged, told.append)
    await passing.take(presence(f"{PEER}/1"), presence(f"{PEER}/9", kind="unavailable"))
    assert told == []


# -- iqs


async def test_a_push_settles_in_the_batch_and_is_answered_afterwards(passing):
    answers = await passing.take(message("before"), push(PEER), handled=2)
    assert [(each.request.get("id"), each.error) for each in answers] == [("push", None)]
    assert await passing.rows("SELECT jid FROM contact") == [(PEER,)]
    assert await passing.rows("SELECT handled FROM stream") == [(2,)]


async def test_a_push_of_somebody_else_is_refused_and_changes_nothing(passing):
    (answer,) = await passing.take(push(PEER, sender="evil@x"))
    assert isinstance(answer.error, NotAllowed)
    assert await passing.rows("SELECT jid FROM contact") == []


async def test_a_push_that_can_not_be_stored_is_not_answered_as_if_it_were(tmp_path):
    def fail(ledger, context, change):
        raise ValueError("no")

    failing = replace(PUSHES, take=fail)
    passing = await Passing(tmp_path / "x.db", replace(INBOUND, iqs=(failing,))).open()
    (answer,) = await passing.take(push(PEER))
    assert answer.error is not None
    await passing.take(message("after"))
    assert await passing.bodies() == ["after"]
    await passing.database.close()


async def test_an_answer_that_a_row_waits_for_settles_in_the_batch(tmp_path):
    taken = []
    answers = IqStage(
        "answers", "answer", "", lambda context, iq: iq.get("id"),
        lambda ledger, context, stanza_id: taken.append(stanza_id),
    )  # fmt: skip
    passing = await Passing(tmp_path / "x.db", replace(INBOUND, iqs=(answers,))).open()
    assert await passing.take("<iq type='result' id='row-1'/>") == []
    assert taken == ["row-1"]
    await passing.database.close()


# -- kinds

NOTICES = (
    "<received xmlns='urn:xmpp:receipts' id='{id}'/><displayed xmlns='urn:xmpp:chat-markers:0'"
    " id='{id}'/><composing xmlns='http://jabber.org/protocol/chatstates'/>"
)


@pytest.mark.parametrize(("kind", "sender"), [("groupchat", "room@x/nick"), ("chat", "x")])
async def test_receipts_and_markers_count_only_between_people(passing, kind, sender):
    bare = sender.partition("/")[0]
    await passing.write(lambda ledger: conversations.ensure(ledger, Peer(bare, "chat"), active=1))
    text = NOTICES.format(id="never")
    await passing.take(f"<message from='{sender}' to='{ME}' type='{kind}'>{text}</message>")
    assert await passing.rows("SELECT * FROM reference") == []


@pytest.mark.parametrize(("rooms", "kept"), [({}, 1), ({"cave@x": Occupancy("me")}, 0)])
async def test_occupants_of_rooms_are_never_taken_for_contacts(passing, rooms, kept):
    # Until the roster is here, anybody may be on it.
    await passing.take(presence("cave@x/ann"), rooms=rooms, missing=["roster"])
    assert len(await passing.rows("SELECT * FROM presence")) == kept


async def test_what_a_stage_finds_out_about_a_message_counts_for_those_after_it(passing, tmp_path):
    def claim(ledger, context, envelope, new):
        new = replace(new, direction="out", state="sent", sender=ME)
        return envelope._replace(direction="out", new=new)

    ours = MessageStage("ours", lambda context, envelope: envelope.new, claim)
    before = replace(INBOUND, messages=(ours, *INBOUND.messages))
    claiming = await Passing(tmp_path / "claiming.db", before).open()
    await claiming.take(message("mine"))
    assert await claiming.rows("SELECT direction, state FROM message") == [("out", "sent")]
    await claiming.database.close()


# -- what is alive


def parts_of(order: Inbound) -> Iterator[Callable[..., object]]:
    yield from (*order.unwrap, order.read)
    for stage in (*order.messages, *order.iqs):
        yield from (stage.find, stage.take)
    for stage in order.presence:
        yield from (stage.find, stage.store)


def test_stages_are_functions_that_hold_values_at_most_and_so_nothing_that_is_alive():
    # `lint-imports` holds what they can import, and that core knows nothing of what is alive.
    for each in parts_of(INBOUND):
        assert isinstance(each, FunctionType)
        assert each.__module__.rpartition(".")[2] == "inbound"
        held = [cell.cell_contents for cell in each.__closure__ or ()]
        assert [x for x in held if not type(x).__module__.startswith("backendd.core.")] == []
        assert each.__defaults__ is None
        assert each.__kwdefaults__ is None
