"""Several files in one session, each of which is answered for itself (XEP-0234 6.3, 6.5)."""

import asyncio
import base64
import hashlib

import pytest

from backendd.api.errors import FileError, NotAllowed, ServerError, TooLarge
from backendd.jingle import names, peers
from tests.backendd.jingle.kit import IN_BAND_ONLY, JULIET, ROMEO, Data, Kept
from tests.backendd.jingle.stranger import Stranger, connect, described, ibb, offered, s5b, sha1

RTP = offered("<description xmlns='urn:xmpp:jingle:apps:rtp:1'/>", ibb("rtp"), name="voice")
CHECKSUM = (
    f"<checksum xmlns='{names.FILES}' creator='initiator' name='{{name}}'><file>"
    f"<hash xmlns='{names.HASHES}' algo='sha-256'>{{digest}}</hash></file></checksum>"
)


@pytest.fixture
async def juliet(wire):
    return Stranger(wire, JULIET, ROMEO)


def file(name: str, size: int = 3, more: str = "") -> str:
    """Return the offer of a file that is in-band, by a stream of its name."""
    return offered(described(name, size, more), ibb(name), name=name)


async def offers(romeo, juliet, *contents: str):
    """Return what is made of a session with these contents."""
    await juliet.jingle("session-initiate", "s", "".join(contents))
    return [await romeo.offer() for _ in contents]


async def begun(romeo, juliet, offer, action: str):
    """Take a file; return the task, and where it goes, once the other side was told by `action`."""
    target = Kept()
    receiving = romeo.accept(offer, target)
    accepted = await juliet.hear(action)
    assert _named(accepted) == [(offer.file.name, "initiator")]
    return receiving, target


async def bring(juliet, stream: str, data: bytes) -> None:
    await juliet.say(f"<open xmlns='{names.BLOCKS}' sid='{stream}' block-size='4096' stanza='iq'/>")
    text = base64.b64encode(data).decode()
    await juliet.say(f"<data xmlns='{names.BLOCKS}' sid='{stream}' seq='0'>{text}</data>")


async def test_each_file_of_a_session_is_offered_and_comes_by_itself(romeo, juliet):
    first, second = await offers(romeo, juliet, file("a"), file("b"))
    assert (first.file.name, second.file.name) == ("a", "b")
    receiving, b = await begun(romeo, juliet, second, "session-accept")
    await bring(juliet, "b", b"bbb")
    await receiving
    (received,) = await juliet.hear("session-info")
    assert (received.tag, received.get("name")) == (f"{{{names.FILES}}}received", "b")
    receiving, a = await begun(romeo, juliet, first, "content-accept")
    await bring(juliet, "a", b"aaa")
    await receiving
    assert (await juliet.hear("session-info"))[0].get("name") == "a"
    assert _reason(await juliet.hear("session-terminate")) == "success"
    assert (a.data, b.data) == (b"aaa", b"bbb")


async def test_files_of_a_session_come_at_the_same_time(romeo, juliet):
    """By a connection each, of which one can't be made: only that file goes another way."""
    contents = (offered(described(name, 3), s5b(name), name=name) for name in "ab")
    first, second = await offers(romeo, juliet, *contents)
    (one, a), accepted = await _begin(romeo, juliet, first, "session-accept")
    (other, b), _ = await _begin(romeo, juliet, second, "content-accept")
    await juliet.transport("transport-info", "s", s5b("b", "<candidate-error/>"), name="b")
    await juliet.transport("transport-replace", "s", ibb("b2"), name="b")
    candidate = accepted.find(f".//{{{names.SOCKS5}}}candidate")
    name = sha1("a" + ROMEO + JULIET)
    _, writer = await connect(candidate.get("host"), int(candidate.get("port")), name)
    used = s5b("a", f"<candidate-used cid='{candidate.get('cid')}'/>")
    await juliet.transport("transport-info", "s", used, name="a")
    heard = {}
    while "transport-accept" not in heard:
        said = await juliet.next()
        heard[said.get("action")] = said
    assert _named(heard["transport-accept"]) == [("b", "initiator")]
    await bring(juliet, "b2", b"bbb")
    await other
    writer.write(b"aaa")
    await one
    assert (a.data, b.data) == (b"aaa", b"bbb")
    writer.close()
    await writer.wait_closed()


async def test_who_declines_a_file_may_still_take_the_others(romeo, juliet):
    first, second = await offers(romeo, juliet, file("a"), file("b"))
    first.decline()
    removed = await juliet.hear("content-remove")
    assert (_named(removed), _reason(removed)) == ([("a", "initiator")], "decline")
    receiving, b = await begun(romeo, juliet, second, "session-accept")
    await bring(juliet, "b", b"bbb")
    await receiving
    await juliet.hear("session-info")
    assert _reason(await juliet.hear("session-terminate")) == "success"
    assert b.data == b"bbb"


async def test_who_declines_the_last_file_ends_the_session(romeo, juliet):
    for offer in await offers(romeo, juliet, file("a"), file("b")):
        offer.decline()
    assert _named(await juliet.hear("content-remove")) == [("a", "initiator")]
    assert _reason(await juliet.hear("session-terminate")) == "decline"
    await _unknown(juliet)


async def test_a_file_that_is_declined_after_one_that_came_is_told_of_it_alone(romeo, juliet):
    first, second = await offers(romeo, juliet, file("a"), file("b"))
    receiving, _ = await begun(romeo, juliet, first, "session-accept")
    await bring(juliet, "a", b"aaa")
    await receiving
    await juliet.hear("session-info")
    second.decline()
    removed = await juliet.hear("content-remove")
    assert (_named(removed), _reason(removed)) == ([("b", "initiator")], "decline")
    assert _reason(await juliet.hear("session-terminate")) == "success"


async def test_a_file_that_breaks_off_leaves_the_others_as_they_are(romeo, juliet):
    first, second = await offers(romeo, juliet, file("a"), file("b"))
    one, _ = await begun(romeo, juliet, first, "session-accept")
    other, b = await begun(romeo, juliet, second, "content-accept")
    await bring(juliet, "a", b"more than was said")
    with pytest.raises(TooLarge):
        await one
    removed = await juliet.hear("content-remove")
    assert (_named(removed), _reason(removed)) == ([("a", "initiator")], "media-error")
    await bring(juliet, "b", b"bbb")
    await other
    assert b.data == b"bbb"


async def test_a_file_that_is_added_to_a_session_is_offered(romeo, juliet):
    (first,) = await offers(romeo, juliet, file("a"))
    one, _ = await begun(romeo, juliet, first, "session-accept")
    await juliet.jingle("content-add", "s", file("b"))
    other, b = await begun(romeo, juliet, await romeo.offer(), "content-accept")
    for stream in "ab":
        await bring(juliet, stream, stream.encode() * 3)
    await asyncio.gather(one, other)
    assert b.data == b"bbb"


async def test_a_file_that_is_added_and_declined_is_rejected(romeo, juliet):
    await offers(romeo, juliet, file("a"))
    await juliet.jingle("content-add", "s", file("b"))
    (await romeo.offer()).decline()
    rejected = await juliet.hear("content-reject")
    assert (_named(rejected), _reason(rejected)) == ([("b", "initiator")], "decline")


async def test_a_program_that_knows_no_rejection_is_told_so_as_it_can_hear_it(romeo, juliet):
    """As Psi's."""
    juliet.refuse["content-reject"] = "feature-not-implemented"
    await offers(romeo, juliet, file("a"))
    await juliet.jingle("content-add", "s", file("b"))
    (await romeo.offer()).decline()
    await juliet.hear("content-reject")
    removed = await juliet.hear("content-remove")
    assert (_named(removed), _reason(removed)) == ([("b", "initiator")], "decline")


async def test_a_file_that_is_added_to_a_session_of_ours_is_offered(romeo, juliet):
    sending = romeo.send(Data(b"ours"), methods=IN_BAND_ONLY)
    offer = await juliet.hear("session-initiate")
    sid, stream = offer.get("sid"), offer[0][1].get("sid")
    theirs = offered(
        described("b", 3), ibb("b"), name="b", senders="senders='responder'", creator="responder"
    )
    await juliet.jingle("content-add", sid, theirs)
    target = Kept()
    receiving = romeo.accept(await romeo.offer(), target)
    assert _named(await juliet.hear("content-accept")) == [("b", "responder")]
    await juliet.transport("session-accept", sid, ibb(stream))
    await juliet.hear("open")
    await juliet.hear("close")
    await juliet.hear("session-info")
    received = f"<received xmlns='{names.FILES}' creator='initiator' name='file'/>"
    await juliet.jingle("session-info", sid, received)
    await sending
    await bring(juliet, "b", b"bbb")
    await receiving
    assert (juliet.data, target.data) == (b"ours", b"bbb")
    assert (await juliet.hear("session-info"))[0].get("creator") == "responder"
    assert _reason(await juliet.hear("session-terminate")) == "success"


async def test_a_file_that_is_here_already_is_taken_out_as_a_success(romeo, juliet):
    first, second = await offers(romeo, juliet, file("a"), file("b"))
    await first.note_whole()
    assert (await juliet.hear("session-info"))[0].get("name") == "a"
    removed = await juliet.hear("content-remove")
    assert (_named(removed), _reason(removed)) == ([("a", "initiator")], "success")
    await second.note_whole()
    await juliet.hear("session-info")
    assert _reason(await juliet.hear("session-terminate")) == "success"


@pytest.mark.parametrize("action", ["content-remove", "content-reject"])
async def test_a_file_that_is_taken_back_leaves_the_others(romeo, juliet, action):
    first, second = await offers(romeo, juliet, file("a"), file("b"))
    await juliet.transport(action, "s", "", name="a")
    assert isinstance(await first.withdrawn(), NotAllowed)
    receiving, b = await begun(romeo, juliet, second, "session-accept")
    await bring(juliet, "b", b"bbb")
    await receiving
    assert b.data == b"bbb"


async def test_the_last_file_that_is_taken_back_ends_the_session(romeo, juliet):
    await offers(romeo, juliet, file("a"), file("b"))
    await juliet.transport("content-remove", "s", "", name="a")
    await juliet.transport("content-remove", "s", "", name="b")
    assert _reason(await juliet.hear("session-terminate")) == "cancel"
    await _unknown(juliet)


async def test_a_session_that_ends_takes_all_its_files_back(romeo, juliet):
    first, second = await offers(romeo, juliet, file("a"), file("b"))
    await juliet.jingle("session-terminate", "s", "<reason><cancel/></reason>")
    for offer in (first, second):
        assert "cancelled" in str(await offer.withdrawn())


async def test_a_file_that_is_done_with_for_them_still_comes_to_its_end(romeo, juliet):
    """What they have taken out of the session as all sent may still be on its way."""
    first, _ = await offers(romeo, juliet, file("a", 6), file("b"))
    receiving, a = await begun(romeo, juliet, first, "session-accept")
    await bring(juliet, "a", b"aaa")
    await romeo.has_begun.wait()
    content = "<content creator='initiator' name='a'/><reason><success/></reason>"
    await juliet.jingle("content-remove", "s", content)
    await juliet.say(f"<data xmlns='{names.BLOCKS}' sid='a' seq='1'>YWFh</data>")
    await receiving
    assert a.data == b"aaaaaa"
    assert (await juliet.hear("session-info"))[0].get("name") == "a"


async def test_a_hash_is_held_against_the_file_that_it_names(romeo, juliet):
    later = f"<hash-used xmlns='{names.HASHES}' algo='sha-256'/>"
    first, second = await offers(romeo, juliet, file("a", 3, later), file("b", 3, later))
    one, _ = await begun(romeo, juliet, first, "session-accept")
    other, b = await begun(romeo, juliet, second, "content-accept")
    for name, data in (("a", b"other"), ("b", b"bbb")):
        digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
        await juliet.jingle("session-info", "s", CHECKSUM.format(name=name, digest=digest))
    for stream in "ab":
        await bring(juliet, stream, stream.encode() * 3)
    with pytest.raises(FileError, match="announced"):
        await one
    await other
    assert b.is_finished


async def test_what_we_cant_have_is_taken_out_and_the_files_are_offered(romeo, juliet):
    await juliet.jingle("session-initiate", "s", RTP + file("a"))
    removed = await juliet.hear("content-remove")
    assert (_named(removed), _reason(removed)) == (
        [("voice", "initiator")],
        "unsupported-applications",
    )
    receiving, a = await begun(romeo, juliet, await romeo.offer(), "session-accept")
    await bring(juliet, "a", b"aaa")
    await receiving
    assert a.data == b"aaa"


@pytest.mark.parametrize("contents", [file("a") * 2, file("a") + "<content name='b'/>"])
async def test_a_session_of_which_a_part_cant_be_read_is_refused(romeo, juliet, contents):
    with pytest.raises(ServerError) as refused:
        await juliet.jingle("session-initiate", "s", contents)
    assert refused.value.condition == "bad-request"
    assert romeo.offers.empty()
    await juliet.jingle("session-initiate", "s", file("a"))  # nothing of it was begun


@pytest.mark.parametrize(
    "contents", [file("a"), file("b") * 2, "", "<content creator='initiator' name='b'/>"]
)
async def test_what_cant_be_added_changes_nothing(romeo, juliet, contents):
    (offer,) = await offers(romeo, juliet, file("a"))
    with pytest.raises(ServerError) as refused:
        await juliet.jingle("content-add", "s", contents)
    assert refused.value.condition == "bad-request"
    assert romeo.offers.empty()
    receiving, a = await begun(romeo, juliet, offer, "session-accept")
    await bring(juliet, "a", b"aaa")
    await receiving
    assert a.data == b"aaa"


async def test_nothing_is_added_to_a_session_there_is_none_of(romeo, juliet):
    with pytest.raises(ServerError) as refused:
        await juliet.jingle("content-add", "s", file("a"))
    assert refused.value.condition == "item-not-found"


async def test_who_may_no_longer_offer_anything_adds_nothing(romeo, juliet):
    await offers(romeo, juliet, file("a"))
    romeo.is_open = False
    with pytest.raises(ServerError) as refused:
        await juliet.jingle("content-add", "s", file("b"))
    assert refused.value.condition == "service-unavailable"


async def test_of_one_account_no_more_files_are_offered_than_there_is_room_for(romeo, juliet):
    many = [file(str(n)) for n in range(peers.MOST_OF_ONE)]
    found = await offers(romeo, juliet, *many)
    for action, sid in (("content-add", "s"), ("session-initiate", "t")):
        with pytest.raises(ServerError) as refused:
            await juliet.jingle(action, sid, file("more"))
        assert refused.value.condition == "resource-constraint"
    found[0].decline()
    await juliet.hear("content-remove")
    await juliet.jingle("content-add", "s", file("more"))
    assert (await romeo.offer()).file.name == "more"


async def test_in_one_session_files_are_not_added_without_end(romeo, juliet):
    await offers(romeo, juliet, file("a"))

    async def add_and_remove(count):
        for n in range(count):
            await juliet.jingle("content-add", "s", file(str(n)))
            await juliet.transport("content-remove", "s", "", name=str(n))

    with pytest.raises(ServerError, match="resource constraint"):
        await add_and_remove(1000)


async def test_of_what_is_declined_nothing_more_is_heard(romeo, juliet):
    first, _ = await offers(romeo, juliet, file("a"), file("b"))
    first.decline()
    await juliet.hear("content-remove")
    with pytest.raises(ServerError) as refused:
        await juliet.transport("transport-info", "s", ibb("a"), name="a")
    assert refused.value.condition == "item-not-found"
    await juliet.transport("content-remove", "s", "", name="a")  # both at once


async def _begin(romeo, juliet, offer, action):
    """Return the task that receives a file and where it goes, and how it was accepted."""
    target = Kept()
    receiving = romeo.accept(offer, target)
    while True:
        said = await juliet.next()
        if said.get("action") == action:
            return (receiving, target), said


async def _unknown(juliet) -> None:
    with pytest.raises(ServerError) as refused:
        await juliet.jingle("session-info", "s")
    assert refused.value.condition == "item-not-found"


def _named(jingle) -> list[tuple[str, str]]:
    """Return the contents that something is about."""
    contents = jingle.findall(f"{{{names.JINGLE}}}content")
    return [(each.get("name"), each.get("creator")) for each in contents]


def _reason(jingle) -> str:
    return jingle.find(f"{{{names.JINGLE}}}reason")[0].tag.split("}")[1]
