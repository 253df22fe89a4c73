"""Files that nobody has answered yet when one of both goes: offered again once both are there."""

import asyncio
import os

import pytest

from backendd.api import attachments, names
from backendd.api.descriptors import Descriptor
from backendd.core import disco, xml
from backendd.core.transfers import TransfersChanged
from backendd.jingle import names as jingle
from tests.features.test_direct_choice import until_shown
from tests.features.test_interrupted_offers import come_back
from tests.features.test_offers import file, make_friends, until_offered
from tests.features.test_uploads import send, transfer, transfers, until_state

__all__ = ["file", "make_friends"]


GONE = (
    "<iq type='set' to='{to}' id='gone{id}'>"
    "<jingle xmlns='urn:xmpp:jingle:1' action='session-terminate' sid='{sid}'>"
    "<reason><gone/></reason></jingle></iq>"
)


@pytest.fixture
def place(tmp_path):
    path = tmp_path / "received"
    path.mkdir()
    return path


@pytest.fixture
def another(tmp_path):
    path = tmp_path / "another.txt"
    path.write_bytes(b"another")
    return path


@pytest.fixture
def offered(make_friends, file):
    """Call it for two friends, a file that the one offers the other, and what it is to either."""

    async def begin():
        one, other = await make_friends()
        id = await send(one, other.jid, file, method="jingle-s5b")
        return one, other, id, (await until_offered(other)).id

    return begin


async def until_waits(home, id):
    async def is_there():
        found = await transfer(home, id)
        return found if found.state == "queued" and found.error[1] else None

    return await home.until(is_there)


async def arrives(one, other, id, known, place):
    """Have what is offered again be taken: it is the same transfer, and the same line."""
    again = await until_offered(other)
    assert (again.id, again.error) == (known, ("", ""))
    assert (await transfer(one, id)).error == ("", "")
    await other.call(names.FILES, "accept", known, str(place))
    await until_state(one, id, "done")
    done = await until_state(other, known, "done")
    assert os.listdir(place) == [done.name]
    for home, peer in ((one, other), (other, one)):
        assert len(await transfers(home)) == 1
        assert len([each for each in await home.messages(peer.jid) if attachments.of(each)]) == 1


async def offer(one, other, path):
    """Have a file be offered as soon as they are seen: what was to come before that has."""

    async def is_there():
        listed = await one.call(names.ROSTER, "list")
        return [each for each in listed if each.jid == other.jid and each.resources]

    await one.until(is_there)
    await send(one, other.jid, path, method="jingle-s5b")
    return await until_offered(other)


WHO = ["sender", "receiver", "both"]


def named(who, one, other):
    return {"sender": [one], "receiver": [other], "both": [one, other]}[who]


@pytest.mark.every_server
@pytest.mark.parametrize("who", WHO)
async def test_what_was_not_answered_is_offered_again_when_both_are_there(offered, place, who):
    one, other, id, known = await offered()
    gone = named(who, one, other)
    for each in gone:
        await each.session.disconnect()
    await until_state(one, id, "queued")
    await until_state(other, known, "failed")
    for each in gone:
        await each.online()
    await arrives(one, other, id, known, place)


@pytest.mark.parametrize("who", WHO)
async def test_it_is_offered_again_when_a_backend_was_started_anew(offered, place, who):
    one, other, id, known = await offered()
    gone = named(who, one, other)
    for each in gone:
        await each.leave()
    for each in gone:
        await each.come_back()
        await each.online()
    await arrives(one, other, id, known, place)


@pytest.mark.every_server
@pytest.mark.parametrize("who", WHO)
async def test_it_is_offered_again_when_a_backend_was_killed(offered, place, who):
    one, other, id, known = await offered()
    await asyncio.gather(*(come_back(each) for each in named(who, one, other)))
    # Either hears that the session is gone, or has that found out by itself.
    noticed = {"failed"} if who == "sender" else {"failed", "offered"}
    await other.until(lambda: noticed.intersection(states(other, known)))
    await arrives(one, other, id, known, place)


def states(home, id):
    """Return in which states a transfer was told of."""
    told = home.hub.of(TransfersChanged)
    return [each.state for event in told for each in event.transfers if each.id == id]


async def test_who_has_offered_a_file_reads_for_whom_it_waits(offered):
    one, other, id, _ = await offered()
    await other.session.disconnect()
    waits = await until_waits(one, id)
    said = f"{other.jid} is away; it is offered again once they are back"
    assert waits.error == ("HostUnreachable", said)
    (line,) = [each for each in await one.messages(other.jid) if attachments.of(each)]
    assert line.state == "pending"


async def test_a_backend_that_begins_while_they_are_away_says_so_at_once(offered, place):
    one, other, id, known = await offered()
    await other.session.disconnect()
    await one.leave()
    await one.come_back()
    await one.online()
    await until_waits(one, id)
    await other.online()
    await arrives(one, other, id, known, place)


async def test_what_is_cancelled_while_it_waits_is_not_offered_again(offered, another):
    one, other, id, known = await offered()
    await other.session.disconnect()
    await until_waits(one, id)
    await one.call(names.FILES, "cancel", id)
    await other.online()
    assert (await offer(one, other, another)).name == another.name
    assert (await transfer(one, id)).state == "cancelled"
    assert (await transfer(other, known)).state == "failed"


async def test_what_was_declined_is_not_offered_again(offered, another):
    one, other, id, known = await offered()
    await other.call(names.FILES, "reject", known)
    await until_state(one, id, "failed")
    await other.session.disconnect()
    await other.online()
    assert (await offer(one, other, another)).name == another.name
    assert (await transfer(one, id)).state == "failed"
    assert (await transfer(other, known)).state == "cancelled"


async def test_what_is_paused_while_it_waits_is_offered_again_when_it_is_resumed(offered, place):
    one, other, id, known = await offered()
    await other.session.disconnect()
    await until_waits(one, id)
    await one.call(names.FILES, "pause", id)
    await one.call(names.FILES, "resume", id)
    await until_waits(one, id)
    await other.online()
    await arrives(one, other, id, known, place)


async def test_what_was_given_open_is_offered_again(make_friends, file, place):
    one, other = await make_friends()
    with Descriptor(os.open(file, os.O_RDONLY)) as opened:
        options = {"method": "jingle-s5b"}
        id = await one.call(names.FILES, "send_handle", other.jid, opened, file.name, options)
    known = (await until_offered(other)).id
    await other.session.disconnect()
    await until_waits(one, id)
    await other.online()
    await arrives(one, other, id, known, place)
    assert (place / file.name).read_bytes() == file.read_bytes()


async def test_another_file_of_its_name_is_an_offer_of_its_own(offered, file):
    one, other, id, known = await offered()
    await one.session.disconnect()
    await until_state(other, known, "failed")
    await one.call(names.FILES, "cancel", id)
    file.write_bytes(file.read_bytes()[::-1])
    os.utime(file, (1, 1))
    await one.online()
    assert (await offer(one, other, file)).id > known


async def test_whom_one_does_not_see_any_more_is_not_waited_for(offered, monkeypatch):
    one, other, id, _ = await offered()
    await other.session.disconnect()
    await until_waits(one, id)
    monkeypatch.setattr("backendd.features.jingle.clients._RETURNS_S", 0.0)
    await one.call(names.ROSTER, "remove", other.jid)
    failed = await until_state(one, id, "failed")
    assert "isn't online with a program that takes files directly" in failed.error[1]


async def test_who_says_that_it_is_gone_and_is_there_is_asked_once_more_and_no_further(
    make_friends, make_peer, file
):
    one, other = await make_friends()
    peer, asked = await make_peer(other.account), []

    async def tell(iq):
        features = [xml.element(disco.INFO, "feature", {"var": each}) for each in jingle.FEATURES]
        return xml.element(disco.INFO, "query", {}, features)

    async def leave(iq):
        if iq[0].get("action") == "session-initiate":
            asked.append(iq[0].get("sid"))
            gone = GONE.format(to=one.inside.stream.full_jid, sid=asked[-1], id=len(asked))
            peer.write(gone)

    peer.stream.on_request("get", disco.QUERY, tell)
    peer.stream.on_request("set", jingle.TAG, leave)
    peer.write("<presence><priority>9</priority></presence>")
    await until_shown(one, other.jid, "online", "online")
    await send(one, other.jid, file, method="jingle-s5b")
    await until_offered(other)
    assert len(set(asked)) == len(asked) == 2
