"""Files from client to client (XEP-0234): offered to contacts, taken and refused."""

import asyncio
import os
from xml.etree.ElementTree import fromstring

import pytest

from backendd.api import attachments, names
from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError, NotAllowed, NotSupported
from tests.features.test_uploads import send, transfer, transfers, until_state

CONTENT = os.urandom(300_000)
OFFER = (
    "<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='s'>"
    "<content creator='initiator' name='file' senders='initiator'>"
    "<description xmlns='urn:xmpp:jingle:apps:file-transfer:5'>"
    "<file><name>{name}</name><size>5</size></file></description>"
    "<transport xmlns='urn:xmpp:jingle:transports:ibb:1' sid='i' block-size='4096'/>"
    "</content></jingle>"
)
METHODS = ["jingle-s5b", "jingle-ibb"]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a letter.txt"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def make_friends(make_home):
    """Call it for two homes that see each other, and are online."""

    async def make():
        one, other = [await (await make_home()).online() for _ in range(2)]
        for us, them in ((one, other), (other, one)):
            await us.call(names.ROSTER, "subscribe", them.jid)
        for us, them in ((one, other), (other, one)):
            await us.until(lambda us=us, them=them: _is_asked(us, them))
            await us.call(names.ROSTER, "approve", them.jid)
        for us, them in ((one, other), (other, one)):
            await us.until(lambda us=us, them=them: _is_seen(us, them))
        return one, other

    return make


async def _is_asked(us, them):
    asked = await us.call(names.ROSTER, "requests")
    listed = {each.jid: each for each in await us.call(names.ROSTER, "list")}
    return them.jid in {each.jid for each in asked} or _sees_us(listed.get(them.jid))


def _sees_us(contact):
    return contact is not None and contact.subscription in ("from", "both")


async def _is_seen(us, them):
    for each in await us.call(names.ROSTER, "list"):
        if each.jid == them.jid and each.resources and _sees_us(each):
            return True
    return False


async def until_offered(home):
    async def is_there():
        found = [each for each in await transfers(home) if each.state == "offered"]
        return found[0] if found else None

    return await home.until(is_there)


@pytest.mark.every_server
@pytest.mark.parametrize("method", METHODS)
async def test_a_file_goes_from_one_program_to_the_other(make_friends, file, tmp_path, method):
    one, other = await make_friends()
    id = await send(one, other.jid, file, method=method)
    offer = await until_offered(other)
    assert (offer.name, offer.size, offer.peer) == (file.name, len(CONTENT), one.jid)
    assert (offer.direction, offer.method, offer.mime) == ("in", method, "text/plain")
    assert (await transfer(one, id)).state == "offered"
    await other.call(names.FILES, "accept", offer.id, str(tmp_path))
    received = await until_state(other, offer.id, "done")
    assert received.path == str(tmp_path / "a letter (2).txt")
    assert (tmp_path / "a letter (2).txt").read_bytes() == CONTENT
    sent = await until_state(one, id, "done")
    assert (sent.done, received.done) == (len(CONTENT), len(CONTENT))
    assert sent.method == received.method == method
    assert received.hash.startswith("sha-256:")


async def test_a_description_is_offered_with_a_file(make_friends, file):
    one, other = await make_friends()
    with Descriptor(os.open(file, os.O_RDONLY)) as opened:
        options = {"method": "jingle-s5b", "description": "as promised"}
        await one.call(names.FILES, "send_handle", other.jid, opened, "b.txt", options)
    await until_offered(other)
    for us, them in ((one, other), (other, one)):
        (line,) = await us.messages(them.jid)
        assert [each.description for each in attachments.of(line)] == ["as promised"]


async def test_a_file_that_is_refused_has_failed_for_who_sent_it(make_friends, file):
    one, other = await make_friends()
    id = await send(one, other.jid, file, method="jingle-s5b")
    offer = await until_offered(other)
    await other.call(names.FILES, "reject", offer.id)
    assert (await transfer(other, offer.id)).state == "cancelled"
    failed = await until_state(one, id, "failed")
    assert failed.error == ("NotAllowed", f"{other.jid} declined the file")
    with pytest.raises(NotAllowed):
        await other.call(names.FILES, "accept", offer.id, "")


async def test_a_file_that_was_refused_can_be_offered_again(make_friends, file, tmp_path):
    one, other = await make_friends()
    id = await send(one, other.jid, file, method="jingle-s5b")
    await other.call(names.FILES, "reject", (await until_offered(other)).id)
    await until_state(one, id, "failed")
    await one.call(names.FILES, "resume", id)
    offer = await until_offered(other)
    await other.call(names.FILES, "accept", offer.id, str(tmp_path))
    await until_state(one, id, "done")


async def test_an_offer_that_is_taken_back_waits_no_longer(make_friends, file):
    one, other = await make_friends()
    id = await send(one, other.jid, file, method="jingle-s5b")
    offer = await until_offered(other)
    await one.call(names.FILES, "cancel", id)
    failed = await until_state(other, offer.id, "failed")
    assert failed.error == ("NotAllowed", f"{one.jid} cancelled the transfer")


async def test_a_file_is_received_into_one_that_is_open(make_friends, file, tmp_path):
    one, other = await make_friends()
    await send(one, other.jid, file, method="jingle-s5b")
    offer = await until_offered(other)
    target = tmp_path / "target"
    with Descriptor(os.open(target, os.O_WRONLY | os.O_CREAT)) as opened:
        await other.call(names.FILES, "accept_handle", offer.id, opened)
        received = await until_state(other, offer.id, "done")
    assert target.read_bytes() == CONTENT
    assert received.path == ""


async def test_a_file_that_is_given_open_is_offered(make_friends, file, tmp_path):
    one, other = await make_friends()
    with Descriptor(os.open(file, os.O_RDONLY)) as opened:
        options = {"method": "jingle-s5b"}
        await one.call(names.FILES, "send_handle", other.jid, opened, "../b.txt", options)
    offer = await until_offered(other)
    assert offer.name == "b.txt"
    await other.call(names.FILES, "accept", offer.id, str(tmp_path))
    await until_state(other, offer.id, "done")
    assert (tmp_path / "b.txt").read_bytes() == CONTENT


async def test_where_nothing_can_be_written_the_offer_stands(make_friends, file, tmp_path):
    one, other = await make_friends()
    await send(one, other.jid, file, method="jingle-s5b")
    offer = await until_offered(other)
    with pytest.raises(FileError):
        await other.call(names.FILES, "accept", offer.id, str(tmp_path / "nowhere"))
    await other.call(names.FILES, "accept", offer.id, str(tmp_path))
    await until_state(other, offer.id, "done")


async def test_who_may_not_see_us_can_offer_nothing(make_home, make_peer):
    home, stranger = await (await make_home()).online(), await make_peer()
    with pytest.raises(NotSupported):
        await stranger.ask("set", home.inside.stream.full_jid, OFFER.format(name="a"))
    assert await transfers(home) == []


async def test_into_rooms_and_to_who_isnt_there_nothing_goes_directly(make_home, make_peer, file):
    home, peer = await (await make_home()).online(), await make_peer()
    with pytest.raises(NotSupported, match="isn't online with a program"):
        await send(home, peer.jid, file, method="jingle-s5b")
    assert await transfers(home) == []


async def test_a_large_file_goes_directly_where_it_can_and_else_by_the_server(
    make_friends, make_peer, tmp_path, monkeypatch
):
    monkeypatch.setattr("backendd.features.transfers.service.LARGE", 1000)
    one, other = await make_friends()
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(bytes(999))
    large.write_bytes(bytes(1000))
    methods = {}
    for name, path, to in (
        ("small", small, other.jid),
        ("large", large, other.jid),
        ("away", large, (await make_peer(announce=False)).jid),
    ):
        methods[name] = (await transfer(one, await send(one, to, path))).method
    assert methods == {"small": "http", "large": "jingle-s5b", "away": "http"}


async def test_what_is_offered_is_called_by_a_name_and_nothing_more(make_friends):
    one, other = await make_friends()
    offer = fromstring(OFFER.format(name="../../.bashrc&#x202e;"))
    await one.inside.stream.request("set", other.inside.stream.full_jid, offer)
    assert (await until_offered(other)).name == "bashrc"


async def test_a_file_that_two_frontends_take_at_the_same_moment_comes_once(
    make_friends, file, tmp_path
):
    one, other = await make_friends()
    await send(one, other.jid, file, method="jingle-s5b")
    offered = await until_offered(other)
    places = [tmp_path / name for name in ("here", "there")]
    for each in places:
        each.mkdir()
    answers = await asyncio.gather(
        *(other.call(names.FILES, "accept", offered.id, str(each)) for each in places),
        return_exceptions=True,
    )
    (refused,) = filter(None, answers)
    assert isinstance(refused, NotAllowed)
    taken, left = places[answers.index(None)], places[answers.index(refused)]
    done = await until_state(other, offered.id, "done")
    assert done.path == str(taken / file.name)
    assert [each.read_bytes() for each in taken.iterdir()] == [CONTENT]
    assert list(left.iterdir()) == []
