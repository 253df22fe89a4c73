"""Files that broke off, asked for by another program, and of one (XEP-0234 6.2)."""

import base64
import hashlib
from dataclasses import replace

import pytest

from backendd.api.errors import BackendError, FileError, NotSupported, Timeout, UnknownItem
from backendd.jingle import names
from backendd.jingle.descriptions import File
from tests.backendd.jingle.kit import IN_BAND_ONLY, JULIET, QUICK, ROMEO, Data, End, Kept
from tests.backendd.jingle.stranger import (
    Stranger,
    described,
    ibb,
    offered,
    opening,
    piece,
)

ASKED = "senders='responder'"
FILE = f"{{{names.FILES}}}"


@pytest.fixture
async def juliet(wire):
    return Stranger(wire, JULIET, ROMEO)


def checksum(data):
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    return (
        f"<checksum xmlns='{names.FILES}' creator='initiator' name='file'><file>"
        f"<hash xmlns='{names.HASHES}' algo='sha-256'>{digest}</hash></file></checksum>"
    )


async def ask(romeo, juliet, target, *, offset=0):
    """Have us ask for a file of six bytes; return the task, the session, and what juliet heard."""
    file = File("a.txt", 6)
    asking = romeo.fetch(target, file, JULIET, methods=IN_BAND_ONLY, offset=offset)
    heard = await juliet.hear("session-initiate")
    return asking, heard.get("sid"), heard[0]


async def accept(juliet, sid, content):
    stream = content[1].get("sid")
    promised = f"<hash-used xmlns='{names.HASHES}' algo='sha-256'/>"
    description = described("a.txt", 6, promised)
    await juliet.jingle(
        "session-accept", sid, offered(description, ibb(stream, 4096), senders=ASKED)
    )
    assert (await juliet.hear("open")).get("sid") == stream
    return stream


async def bring(juliet, stream, data):
    await juliet.say(piece(stream, 0, data))


async def test_another_program_gets_what_it_asks_for_behind_what_it_has(romeo, juliet):
    selected = described("a.txt", 6, "<range offset='2'/>")
    await juliet.jingle("session-initiate", "s", offered(selected, ibb("i"), senders=ASKED))
    request = await romeo.request()
    assert (request.peer, request.file.name, request.file.range.offset) == (JULIET, "a.txt", 2)
    answer = request.answer(Data(b"abcdef"), File("a.txt"), romeo.told)
    sending = romeo.tasks.start(answer, name="answer")
    accepted = await juliet.hear("session-accept")
    assert accepted[0].get("senders") == "responder"
    assert accepted[0].find(f".//{FILE}range").get("offset") == "2"
    await juliet.say(opening("i"))
    await juliet.hear("close")
    assert juliet.data == b"cdef"
    told = await juliet.hear("session-info")
    digest = base64.b64encode(hashlib.sha256(b"abcdef").digest()).decode()
    assert told.find(f".//{{{names.HASHES}}}hash").text == digest
    await juliet.jingle("session-terminate", "s", "<reason><success/></reason>")
    await sending


async def test_what_we_ask_for_of_another_program_comes_behind_what_is_here(romeo, juliet):
    target = Kept(b"abc")
    asking, sid, content = await ask(romeo, juliet, target, offset=3)
    assert (content.get("senders"), content.find(f".//{FILE}name").text) == ("responder", "a.txt")
    assert content.find(f".//{FILE}range").get("offset") == "3"
    stream = await accept(juliet, sid, content)
    await bring(juliet, stream, b"def")
    await juliet.jingle("session-info", sid, checksum(b"abcdef"))
    await asking
    assert target.data == b"abcdef"
    assert target.is_finished


async def test_a_rest_that_is_of_another_file_is_refused(romeo, juliet):
    target = Kept(b"xyz")
    asking, sid, content = await ask(romeo, juliet, target, offset=3)
    stream = await accept(juliet, sid, content)
    await bring(juliet, stream, b"def")
    await juliet.jingle("session-info", sid, checksum(b"abcdef"))
    with pytest.raises(FileError, match="is not the file that was announced"):
        await asking
    assert not target.is_finished


async def test_a_program_that_can_not_be_asked_says_so_in_a_sentence(romeo, juliet):
    juliet.refuse["session-initiate"] = "feature-not-implemented"
    with pytest.raises(NotSupported):
        await romeo.fetch(Kept(), File("a.txt", 6), JULIET, methods=IN_BAND_ONLY)


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        (f"<failed-application/><file-not-available xmlns='{names.FILE_ERRORS}'/>", UnknownItem),
        ("<unsupported-applications/>", NotSupported),
        ("<decline/>", BackendError),
    ],
)
async def test_why_nothing_is_got_is_told(romeo, juliet, reason, kind):
    asking, sid, _ = await ask(romeo, juliet, Kept())
    await juliet.jingle("session-terminate", sid, f"<reason>{reason}</reason>")
    with pytest.raises(kind, match=r"juliet@capulet.example"):
        await asking


async def test_nobody_waits_for_ever_for_what_is_not_answered(wire, juliet):
    romeo = End(wire, ROMEO, patience=replace(QUICK, negotiate=0.05))
    asking, sid, _ = await ask(romeo, juliet, Kept())
    with pytest.raises(Timeout, match="doesn't answer"):
        await asking
    ended = await juliet.hear("session-terminate")
    assert ended.get("sid") == sid
    await romeo.close()


async def test_what_nobody_asked_for_is_no_answer(romeo, juliet):
    asking, sid, content = await ask(romeo, juliet, Kept())
    stream = await accept(juliet, sid, content)
    await bring(juliet, stream, b"much more than six bytes")
    with pytest.raises(BackendError, match="more than the file is said to have"):
        await asking
