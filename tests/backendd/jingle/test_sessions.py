"""What may be said in a session when, and what of it is refused with which error."""

import asyncio
from xml.etree.ElementTree import Element

import pytest

from backendd.api.errors import HostUnreachable, ServerError
from backendd.jingle import elements, names, peers
from backendd.jingle.refusals import Refused
from tests.backendd.jingle.kit import IN_BAND_ONLY, JULIET, ROMEO, Data, Kept
from tests.backendd.jingle.stranger import Stranger, block, described, ibb, offered, s5b

OFFER = offered(described("a", 6), ibb("i"))
IN_BAND = ibb("i")
OPEN_BY_MESSAGE = f"<open xmlns='{names.BLOCKS}' sid='i' block-size='4096' stanza='message'/>"


@pytest.fixture
async def juliet(wire):
    return Stranger(wire, JULIET, ROMEO)


@pytest.mark.parametrize(
    "action",
    ["session-accept", "session-info", "session-terminate", "transport-info", "transport-replace"],
)
async def test_nothing_can_be_said_in_a_session_there_is_none_of(romeo, juliet, action):
    await _refused(juliet.transport(action, "none", IN_BAND), "item-not-found", "unknown-session")


async def test_nobody_else_can_say_anything_in_a_session(wire, romeo, juliet):
    sending = romeo.send(Data(b"abc"))
    offer = await juliet.hear("session-initiate")
    for who in (
        "juliet@capulet.example/chamber",
        "juliet@capulet.example",
        "mallory@evil.example/x",
    ):
        other = Stranger(wire, who, ROMEO)
        said = other.jingle("session-terminate", offer.get("sid"), "<reason><cancel/></reason>")
        await _refused(said, "item-not-found", "unknown-session")
    assert not sending.done()
    await _end(sending)


async def test_a_session_cant_be_begun_twice(romeo, juliet):
    await juliet.jingle("session-initiate", "s", OFFER)
    await _refused(juliet.jingle("session-initiate", "s", OFFER), "conflict", "tie-break")


async def test_an_id_of_one_is_another_session_than_the_same_of_somebody_else(wire, romeo, juliet):
    nurse = Stranger(wire, "nurse@capulet.example/hall", ROMEO)
    await juliet.jingle("session-initiate", "s", OFFER)
    await nurse.jingle("session-initiate", "s", OFFER)
    assert {(await romeo.offer()).peer, (await romeo.offer()).peer} == {JULIET, nurse.jid}


@pytest.mark.parametrize("action", ["session-accept", "transport-accept", "transport-reject"])
async def test_who_offers_accepts_nothing(romeo, juliet, action):
    await juliet.jingle("session-initiate", "s", OFFER)
    await _refused(juliet.transport(action, "s", IN_BAND), "unexpected-request", "out-of-order")


async def test_a_session_is_accepted_once(romeo, juliet):
    sending = romeo.send(Data(b"abc"), methods=IN_BAND_ONLY)
    offer = await juliet.hear("session-initiate")
    sid, stream = offer.get("sid"), offer[0][1].get("sid")
    await juliet.transport("session-accept", sid, ibb(stream))
    again = juliet.transport("session-accept", sid, ibb(stream))
    await _refused(again, "unexpected-request", "out-of-order")
    await _end(sending)


async def test_another_way_is_not_asked_for_before_the_file_is_accepted(romeo, juliet):
    await juliet.jingle("session-initiate", "s", OFFER)
    replaced = juliet.transport("transport-replace", "s", ibb("other"))
    await _refused(replaced, "unexpected-request", "out-of-order")


async def test_a_ping_in_a_session_is_answered_and_unknown_news_are_refused(romeo, juliet):
    await juliet.jingle("session-initiate", "s", OFFER)
    await juliet.jingle("session-info", "s")
    ringing = "<ringing xmlns='urn:xmpp:jingle:apps:rtp:info:1'/>"
    said = juliet.jingle("session-info", "s", ringing)
    await _refused(said, "feature-not-implemented", "unsupported-info")


@pytest.mark.parametrize("action", ["content-modify", "security-info", "dance"])
async def test_what_we_cant_do_in_a_session_is_refused(romeo, juliet, action):
    await juliet.jingle("session-initiate", "s", OFFER)
    await _refused(juliet.transport(action, "s", IN_BAND), "feature-not-implemented", "")


@pytest.mark.parametrize("action", ["content-remove", "content-reject"])
async def test_a_session_without_its_file_has_ended(romeo, juliet, action):
    await juliet.jingle("session-initiate", "s", OFFER)
    offer = await romeo.offer()
    await juliet.transport(action, "s", "")
    await offer.withdrawn()
    said = juliet.jingle("session-info", "s")
    await _refused(said, "item-not-found", "unknown-session")


@pytest.mark.parametrize(
    "offer",
    [
        "",
        offered(described("a", 6), ""),
        offered("", IN_BAND),
        offered("<description xmlns='urn:xmpp:jingle:apps:file-transfer:5'/>", IN_BAND),
        offered(described("a", -1), IN_BAND),
        offered(described("a", 10**30), IN_BAND),
        offered(described("a", 6, "<range offset='x'/>"), IN_BAND),
        offered(described("a", 6), ibb("i", 0)),
        offered(described("a", 6), ibb("i", 70000)),
        offered(described("a", 6), ibb("")),
        offered(described("a", 6), s5b("b", more="mode='udp'")),
        offered(described("a", 6), s5b("b", more=f"dstaddr='{'x' * 300}'")),
        offered(described("a", 6), IN_BAND + IN_BAND),
        offered(described("a", 6), IN_BAND, senders="senders='nobody'"),
        "<content creator='initiator'/>",
        OFFER * 30,
    ],
)
async def test_an_offer_that_cant_be_read_is_refused_and_nobody_is_asked(romeo, juliet, offer):
    with pytest.raises(ServerError):
        await juliet.jingle("session-initiate", "s", offer)
    assert romeo.offers.empty()


@pytest.mark.parametrize(
    ("offer", "reason"),
    [
        (offered("<description xmlns='urn:xmpp:jingle:apps:rtp:1'/>", IN_BAND),
         "unsupported-applications"),
        (offered(described("a", 6), "<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1'/>"),
         "unsupported-transports"),
        (offered(described("a", 6), IN_BAND + "<security xmlns='urn:xmpp:jingle:jet:0'/>"),
         "security-error"),
        (offered(described("a", 6), IN_BAND, senders="senders='both'"),
         "failed-application"),
    ],
)  # fmt: skip
async def test_a_session_we_cant_have_is_acknowledged_and_ended(romeo, juliet, offer, reason):
    await juliet.jingle("session-initiate", "s", offer)
    ended = await juliet.hear("session-terminate")
    assert ended.find(f".//{{{names.JINGLE}}}{reason}") is not None
    assert romeo.offers.empty()


async def test_of_one_account_no_more_offers_stand_than_there_is_room_for(wire, romeo, juliet):
    for n in range(peers.MOST_OF_ONE):
        await juliet.jingle("session-initiate", str(n), OFFER)
    again = Stranger(wire, "juliet@capulet.example/chamber", ROMEO)
    await _refused(again.jingle("session-initiate", "s", OFFER), "resource-constraint", "")
    (await romeo.offer()).decline()
    await again.jingle("session-initiate", "s", OFFER)


async def test_what_an_offer_is_called_can_be_shown(romeo, juliet):
    name = "&#x202e;gpj.exe&#10;" + "a" * 5000
    await juliet.jingle("session-initiate", "s", offered(described(name, 6), IN_BAND))
    shown = (await romeo.offer()).file.name
    assert shown.startswith("gpj.exe a")
    assert len(shown) <= 1000


@pytest.mark.parametrize(
    "attributes", [{}, {"sid": "s"}, {"action": "session-info"}, {"action": "a", "sid": "s" * 300}]
)
def test_an_element_without_its_attributes_is_refused(attributes):
    with pytest.raises(Refused):
        elements.decode(Element(names.TAG, attributes))


async def test_what_comes_in_messages_is_taken_as_well(romeo, juliet):
    await juliet.jingle("session-initiate", "s", offered(described("a", 6), IN_BAND))
    target = Kept()
    receiving = romeo.accept(await romeo.offer(), target)
    await juliet.hear("session-accept")
    await juliet.say(OPEN_BY_MESSAGE)
    for number, data in enumerate((b"abc", b"def")):
        romeo.peers.on_message(block(JULIET, "i", number, data))
    await receiving
    assert target.data == b"abcdef"


async def test_of_what_comes_in_messages_no_more_is_held_than_there_is_room_for(romeo, juliet):
    many = 1000
    await juliet.jingle("session-initiate", "s", offered(described("a", many * 4096), IN_BAND))
    target = Kept()
    receiving = romeo.accept(await romeo.offer(), target)
    await juliet.hear("session-accept")
    await juliet.say(OPEN_BY_MESSAGE)
    for number in range(many):  # before anybody takes a single one
        romeo.peers.on_message(block(JULIET, "i", number, bytes(4096)))
    with pytest.raises(HostUnreachable, match="within the file"):
        await receiving
    assert len(target.data) == 1 << 20


async def _refused(said, condition: str, detail: str) -> None:
    with pytest.raises(ServerError) as refused:
        await said
    assert refused.value.condition == condition
    assert refused.value.detail == (f"{{{names.ERRORS}}}{detail}" if detail else "")


async def _end(sending) -> None:
    sending.cancel()
    await asyncio.wait({sending})
