"""Files to and from programs that do it their own way."""

import asyncio
import base64
import hashlib
from dataclasses import replace

import pytest

from backendd.api.errors import FileError, HostUnreachable, NotAllowed, NotSupported, ServerError
from backendd.jingle import names
from tests.backendd.jingle.kit import (
    IN_BAND_ONLY,
    JULIET,
    QUICK,
    ROMEO,
    Data,
    End,
    Kept,
    noise,
)
from tests.backendd.jingle.stranger import (
    Listener,
    Stranger,
    closing,
    connect,
    described,
    ibb,
    offered,
    opening,
    piece,
    s5b,
    sha1,
)

S5B = f"{{{names.SOCKS5}}}"


@pytest.fixture
async def juliet(wire):
    return Stranger(wire, JULIET, ROMEO)


async def test_candidates_that_are_named_after_the_accept_are_tried(wire, juliet):
    """As by programs that first accept and then look for their own addresses."""
    romeo = End(wire, ROMEO, patience=replace(QUICK, trickle=20))
    server = Listener()
    port = await server.start()
    sending = romeo.send(Data(b"abc"))
    sid, transport = await _hear_offer(juliet)
    stream = transport.get("sid")
    await juliet.transport("session-accept", sid, s5b(stream))
    candidate = (
        f"<candidate cid='c' host='127.0.0.1' port='{port}' jid='{JULIET}' priority='9' "
        "type='direct'/>"
    )
    await juliet.transport("transport-info", sid, s5b(stream, candidate))
    used = await juliet.hear("transport-info")
    assert used.find(f".//{S5B}candidate-used").get("cid") == "c"
    await juliet.transport("transport-info", sid, s5b(stream, "<candidate-error/>"))
    name, reader, _ = await server.connected
    assert name == sha1(stream + JULIET + ROMEO)
    assert await reader.readexactly(3) == b"abc"
    await juliet.hear("session-info")
    await juliet.jingle("session-terminate", sid, "<reason><success/></reason>")
    await sending
    await server.close()
    await romeo.close()


async def test_the_receiver_may_connect_to_our_candidate_and_speak_of_nothing_else(romeo, juliet):
    sending = romeo.send(Data(noise(300_000)))
    sid, transport = await _hear_offer(juliet)
    stream = transport.get("sid")
    assert transport.get("dstaddr") == sha1(stream + ROMEO + JULIET)
    assert transport.get("mode") == "tcp"
    candidate = transport.find(f"{S5B}candidate")
    assert (candidate.get("type"), candidate.get("jid")) == ("direct", ROMEO)
    await juliet.transport("session-accept", sid, s5b(stream))
    host, port = candidate.get("host"), int(candidate.get("port"))
    reader, writer = await connect(host, port, transport.get("dstaddr"))
    cid = candidate.get("cid")
    await juliet.transport("transport-info", sid, s5b(stream, f"<candidate-used cid='{cid}'/>"))
    await juliet.hear("transport-info")
    assert await reader.readexactly(300_000) == noise(300_000)
    await juliet.jingle("session-terminate", sid, "<reason><success/></reason>")
    await sending
    writer.close()
    await writer.wait_closed()


async def test_the_other_side_chooses_smaller_blocks(romeo, juliet):
    sending = romeo.send(Data(noise(10_000)), methods=IN_BAND_ONLY)
    sid, transport = await _hear_offer(juliet)
    await juliet.transport("session-accept", sid, ibb(transport.get("sid"), 1000))
    opened = await juliet.hear("open")
    assert (opened.get("block-size"), opened.get("sid")) == ("1000", transport.get("sid"))
    await juliet.hear("close")
    assert juliet.data == noise(10_000)
    await juliet.jingle("session-terminate", sid, "<reason><success/></reason>")
    await sending


async def test_who_only_says_received_is_bidden_farewell(romeo, juliet):
    """As by programs that leave it to the sender to end the session."""
    sending = romeo.send(Data(b"abc"), methods=IN_BAND_ONLY)
    sid, transport = await _hear_offer(juliet)
    await juliet.transport("session-accept", sid, ibb(transport.get("sid")))
    await juliet.hear("open")
    await juliet.hear("close")
    checksum = await juliet.hear("session-info")
    (told,) = checksum.iter(f"{{{names.HASHES}}}hash")
    assert base64.b64decode(told.text) == hashlib.sha256(b"abc").digest()
    received = f"<received xmlns='{names.FILES}' creator='initiator' name='file'/>"
    await juliet.jingle("session-info", sid, received)
    await sending
    ended = await juliet.hear("session-terminate")
    assert ended.find(f".//{{{names.JINGLE}}}success") is not None


async def test_who_has_the_file_before_it_is_sent_has_it(romeo, juliet):
    sending = romeo.send(Data(b"abc"), methods=IN_BAND_ONLY)
    sid, _ = await _hear_offer(juliet)
    received = f"<received xmlns='{names.FILES}' creator='initiator' name='file'/>"
    await juliet.jingle("session-info", sid, received)
    await juliet.jingle("session-terminate", sid, "<reason><success/></reason>")
    await sending


async def test_another_program_is_told_that_the_file_is_here_already(romeo, juliet):
    content = offered(described("a.txt", 3), ibb("i"))
    await juliet.jingle("session-initiate", "s", content)
    await (await romeo.offer()).note_whole()
    told = await juliet.hear("session-info")
    assert (told[0].tag, told[0].get("name")) == (f"{{{names.FILES}}}received", "file")
    ended = await juliet.hear("session-terminate")
    assert ended.find(f".//{{{names.JINGLE}}}success") is not None


async def test_who_sends_can_not_say_for_us_that_we_have_the_file(romeo, juliet):
    content = offered(described("a.txt", 3), ibb("i"))
    await juliet.jingle("session-initiate", "s", content)
    target = Kept()
    receiving = romeo.accept(await romeo.offer(), target)
    await juliet.hear("session-accept")
    received = f"<received xmlns='{names.FILES}' creator='initiator' name='file'/>"
    await juliet.jingle("session-info", "s", received)
    await juliet.say(f"<open xmlns='{names.BLOCKS}' sid='i' block-size='4096' stanza='iq'/>")
    await juliet.say(f"<close xmlns='{names.BLOCKS}' sid='i'/>")
    await juliet.jingle("session-terminate", "s", "<reason><success/></reason>")
    with pytest.raises(HostUnreachable, match="ended within the file"):
        await receiving
    assert not target.is_finished


class Unhashed(Data):
    """A file whose hashes take their time."""

    def __init__(self, data):
        super().__init__(data)
        self.is_counted = asyncio.Event()

    async def hashes(self, algorithms):
        await self.is_counted.wait()
        return await super().hashes(algorithms)


async def test_who_has_the_file_before_we_can_tell_its_hash_has_it(wire, juliet):
    romeo, data = End(wire, ROMEO, patience=replace(QUICK, farewell=0)), Unhashed(b"abc")
    sending = romeo.send(data, methods=IN_BAND_ONLY)
    sid, transport = await _hear_offer(juliet)
    await juliet.transport("session-accept", sid, ibb(transport.get("sid")))
    await juliet.hear("open")
    await romeo.has_begun.wait()
    await juliet.jingle("session-terminate", sid, "<reason><success/></reason>")
    data.is_counted.set()
    await sending
    await romeo.close()


async def test_a_program_that_refuses_the_fallback_ends_the_file_with_a_sentence(wire, juliet):
    romeo = End(wire, ROMEO, addresses=())
    sending = romeo.send(Data(b"abc"))
    sid, transport = await _hear_offer(juliet)
    stream = transport.get("sid")
    await juliet.transport("session-accept", sid, s5b(stream))
    await juliet.hear("transport-info")
    await juliet.transport("transport-info", sid, s5b(stream, "<candidate-error/>"))
    replaced = await juliet.hear("transport-replace")
    refused = replaced[0][0].get("sid")
    await juliet.transport("transport-reject", sid, ibb(refused))
    with pytest.raises(HostUnreachable, match="no connection"):
        await sending
    ended = await juliet.hear("session-terminate")
    assert ended.find(f".//{{{names.JINGLE}}}connectivity-error") is not None
    await romeo.close()


async def test_a_way_that_the_other_side_wants_while_we_choose_ours_loses(wire, juliet):
    """Both see at once that there is no connection: it is who offered that says how to go on."""
    romeo = End(wire, ROMEO, addresses=())
    sending = romeo.send(Data(b"abc"))
    sid, transport = await _hear_offer(juliet)
    stream = transport.get("sid")
    await juliet.transport("session-accept", sid, s5b(stream))
    await juliet.hear("transport-info")
    await juliet.transport("transport-info", sid, s5b(stream, "<candidate-error/>"))
    replaced = await juliet.hear("transport-replace")
    with pytest.raises(ServerError) as refused:
        await juliet.transport("transport-replace", sid, ibb("theirs"))
    assert (refused.value.condition, refused.value.detail) == (
        "conflict",
        f"{{{names.ERRORS}}}tie-break",
    )
    await juliet.transport("transport-accept", sid, ibb(replaced[0][0].get("sid")))
    await juliet.hear("open")
    await juliet.hear("close")
    assert juliet.data == b"abc"
    await juliet.jingle("session-terminate", sid, "<reason><success/></reason>")
    await sending
    await romeo.close()


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("<decline/>", NotAllowed),
        ("<busy/>", NotAllowed),
        ("<gone/>", HostUnreachable),
        ("<unsupported-applications/>", NotSupported),
        ("<media-error/><text>it is&#x202e; broken</text>", FileError),
    ],
)
async def test_why_somebody_takes_no_file_is_told_as_they_say_it(romeo, juliet, reason, kind):
    sending = romeo.send(Data(b"abc"))
    sid, _ = await _hear_offer(juliet)
    await juliet.jingle("session-terminate", sid, f"<reason>{reason}</reason>")
    with pytest.raises(kind) as failed:
        await sending
    assert "juliet@capulet.example" in str(failed.value)
    assert "\u202e" not in str(failed.value)


async def test_an_offer_in_blocks_of_any_size_is_taken_in_ours(romeo, juliet):
    """As of a program that offers in-band alone, in larger blocks, and gives no hash."""
    await juliet.jingle("session-initiate", "s", offered(described("a", 6), ibb("i", 65535)))
    offer = await romeo.offer()
    target = Kept()
    receiving = romeo.accept(offer, target)
    accepted = await juliet.hear("session-accept")
    size = int(accepted[0][1].get("block-size"))
    assert size < 65535
    await juliet.say(opening("i", size))
    await juliet.say(piece("i", 0, b"abc"))
    await juliet.say(piece("i", 1, b"def"))
    await receiving
    assert target.data == b"abcdef"
    await juliet.hear("session-info")
    await juliet.hear("session-terminate")


async def test_a_block_out_of_order_ends_nothing_but_is_refused(romeo, juliet):
    await juliet.jingle("session-initiate", "s", offered(described("a", 6), ibb("i")))
    target = Kept()
    receiving = romeo.accept(await romeo.offer(), target)
    await juliet.hear("session-accept")
    with pytest.raises(ServerError, match="item not found"):
        await juliet.say(piece("i", 0, b"abc"))
    await juliet.say(opening("i"))
    for block in (piece("i", 1, b"abc"), piece("i", 0, b"x" * 4097), piece("i", 0, "not*base64")):
        with pytest.raises(ServerError):
            await juliet.say(block)
    await juliet.say(piece("i", 0, b"abc"))
    await juliet.say(piece("i", 1, b"def"))
    await receiving
    assert target.data == b"abcdef"


async def test_a_larger_block_size_than_was_agreed_on_is_refused(romeo, juliet):
    await juliet.jingle("session-initiate", "s", offered(described("a", 6), ibb("i")))
    receiving = romeo.accept(await romeo.offer(), Kept())
    await juliet.hear("session-accept")
    with pytest.raises(ServerError, match="resource constraint"):
        await juliet.say(opening("i", 5000))
    receiving.cancel()
    await asyncio.wait({receiving})


async def test_a_stream_nobody_waits_for_is_refused(romeo, juliet):
    for payload, condition in (
        (opening("i"), "not-acceptable"),
        (piece("i", 0, b"a"), "item-not-found"),
        (closing("i"), "item-not-found"),
    ):
        with pytest.raises(ServerError) as refused:
            await juliet.say(payload)
        assert refused.value.condition == condition


async def test_a_file_that_ends_too_soon_is_not_taken_for_whole(romeo, juliet):
    await juliet.jingle("session-initiate", "s", offered(described("a", 6), ibb("i")))
    target = Kept()
    receiving = romeo.accept(await romeo.offer(), target)
    await juliet.hear("session-accept")
    await juliet.say(opening("i"))
    await juliet.say(piece("i", 0, b"abc"))
    await juliet.say(closing("i"))
    with pytest.raises(HostUnreachable, match="within the file"):
        await receiving
    assert not target.is_finished


async def test_a_sender_who_calls_it_a_success_before_its_last_byte_came_is_waited_for(
    romeo, juliet
):
    await juliet.jingle("session-initiate", "s", offered(described("a", 6), s5b("b")))
    target = Kept()
    receiving = romeo.accept(await romeo.offer(), target)
    accepted = await juliet.hear("session-accept")
    candidate = accepted.find(f".//{S5B}candidate")
    port = int(candidate.get("port"))
    name = sha1("b" + ROMEO + JULIET)
    reader, writer = await connect(candidate.get("host"), port, name)
    used = s5b("b", f"<candidate-used cid='{candidate.get('cid')}'/>")
    await juliet.transport("transport-info", "s", used)
    writer.write(b"abc")
    await romeo.has_begun.wait()
    await juliet.jingle("session-terminate", "s", "<reason><success/></reason>")
    writer.write(b"def")
    await receiving
    assert target.data == b"abcdef"
    assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()


async def test_a_hash_that_comes_after_the_file_is_held_against_it(romeo, juliet):
    later = f"<hash-used xmlns='{names.HASHES}' algo='sha-256'/>"
    await juliet.jingle("session-initiate", "s", offered(described("a", 3, later), ibb("i")))
    receiving = romeo.accept(await romeo.offer(), Kept())
    await juliet.hear("session-accept")
    await juliet.say(opening("i"))
    await juliet.say(piece("i", 0, b"abc"))
    wrong = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    checksum = (
        f"<checksum xmlns='{names.FILES}' creator='initiator' name='file'><file>"
        f"<hash xmlns='{names.HASHES}' algo='sha-256'>{wrong}</hash></file></checksum>"
    )
    await juliet.jingle("session-info", "s", checksum)
    with pytest.raises(FileError, match="announced"):
        await receiving
    ended = await juliet.hear("session-terminate")
    assert ended.find(f".//{{{names.JINGLE}}}media-error") is not None


async def _hear_offer(juliet):
    """Return the id of the session and the transport that is offered."""
    offer = await juliet.hear("session-initiate")
    assert offer.get("initiator") == ROMEO
    content = offer[0]
    assert content.attrib == {"creator": "initiator", "name": "file", "senders": "initiator"}
    return offer.get("sid"), content[1]
