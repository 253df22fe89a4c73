"""Files from client to client that break off: gone on with where they were, or not at all."""

import asyncio
import os
import shutil
from contextlib import suppress
from xml.etree.ElementTree import fromstring, tostring

import pytest

from backendd.api import attachments, names
from backendd.api.errors import HostUnreachable, NotAllowed
from backendd.core.transfers import TransfersChanged
from backendd.files import room
from backendd.files.wanted import Wanted
from backendd.jingle import names as jingle
from tests.features.test_direct_choice import until_shown
from tests.features.test_downloads import coming, left
from tests.features.test_offers import OFFER, make_friends, until_offered
from tests.features.test_uploads import send, transfer, transfers, until_state

__all__ = ["make_friends"]

CONTENT = os.urandom(6_000_000)
REQUEST = (
    "<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='of {name}'>"
    "<content creator='initiator' name='file' senders='responder'>"
    "<description xmlns='urn:xmpp:jingle:apps:file-transfer:5'>"
    "<file><name>{name}</name><size>{size}</size></file></description>"
    "<transport xmlns='urn:xmpp:jingle:transports:ibb:1' sid='i' block-size='4096'/>"
    "</content></jingle>"
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "sent" / "summit.raw"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def place(tmp_path):
    path = tmp_path / "received"
    path.mkdir()
    return path


@pytest.fixture
def begun(make_friends, file, place):
    """Call it for two friends, a file half way between them, and what it is to either."""

    async def begin():
        one, other = await make_friends()
        id = await send(one, other.jid, file, method="jingle-ibb")
        offer = await until_offered(other)
        await other.call(names.FILES, "accept", offer.id, str(place))
        await coming(other)(100_000)
        return one, other, id, offer.id

    return begin


async def come_back(home):
    """Have a backend killed, and begin anew."""
    await home.crash()
    await home.come_back()
    # A server may be deaf to who was cut off within a stanza; it is tried once more then.
    with suppress(HostUnreachable):
        await home.session.connect()
    await home.until(lambda: home.session.is_set_up)


def told(home, id):
    """Return how far a transfer was, each time that was told while it ran."""
    return [
        each.done
        for event in home.hub.of(TransfersChanged)
        for each in event.transfers
        if each.id == id and each.state == "running" and each.done
    ]


async def ends_behind(one, other, id, received):
    """Wait until a file is whole, of which the beginning did not come once more; return it."""
    before = max(told(other, received))
    seen = len(told(other, received))
    done = await until_state(other, received, "done")
    # What comes so quickly that it was all told by now tells nothing more.
    assert min(told(other, received)[seen:], default=before) >= before
    assert (await until_state(one, id, "done")).done == done.done == done.size
    return done


async def arrives_behind(one, other, id, received, place):
    """Wait until a file is whole in a directory, as `ends_behind` does."""
    done = await ends_behind(one, other, id, received)
    assert left(place) == ["summit.raw"]
    assert (place / "summit.raw").read_bytes() == CONTENT
    assert done.path == str(place / "summit.raw")


@pytest.mark.every_server
async def test_a_file_that_its_sender_pauses_goes_on_where_it_was(begun, place):
    one, other, id, received = await begun()
    await one.call(names.FILES, "pause", id)
    held = await until_state(other, received, "paused")
    assert held.error == ("NotAllowed", f"paused by {one.jid}")
    await one.call(names.FILES, "resume", id)
    await arrives_behind(one, other, id, received, place)
    files = [each for each in await other.messages(one.jid) if attachments.of(each)]
    assert len(files) == 1


async def test_a_file_for_which_a_disk_has_no_room_goes_on_once_it_has(begun, place, monkeypatch):
    one, other, id, received = await begun()
    await other.call(names.FILES, "pause", received)
    with monkeypatch.context() as full:
        full.setattr(room, "_SHARE", 1)
        full.setattr(room, "_RESERVE", 1 << 62)
        await other.call(names.FILES, "resume", received)
        failed = await until_state(other, received, "failed")
    assert failed.error[0] == "FileError"
    assert "no room" in failed.error[1]
    await other.call(names.FILES, "resume", received)
    await arrives_behind(one, other, id, received, place)


async def test_a_file_goes_on_by_itself_when_its_sender_was_killed(begun, place):
    one, other, id, received = await begun()
    await come_back(one)
    await arrives_behind(one, other, id, received, place)
    # It was to go in-band, and who asks for the rest doesn't know that.
    assert (await transfer(one, id)).method == "jingle-ibb"
    assert (await transfer(other, received)).method == "jingle-ibb"


async def test_a_file_goes_on_by_itself_when_its_receiver_was_killed(begun, place):
    one, other, id, received = await begun()
    before = max(told(other, received))
    await come_back(other)
    await until_state(other, received, "done")
    assert (await until_state(one, id, "done")).done == len(CONTENT)
    assert min(told(other, received)) >= before
    assert (place / "summit.raw").read_bytes() == CONTENT


async def test_a_file_goes_on_by_itself_when_both_were_killed(begun, place):
    one, other, id, received = await begun()
    await asyncio.gather(come_back(one), come_back(other))
    await until_state(other, received, "done")
    await until_state(one, id, "done")
    assert (place / "summit.raw").read_bytes() == CONTENT


@pytest.mark.every_server
async def test_what_its_receiver_paused_goes_on_when_they_want(begun, place):
    one, other, id, received = await begun()
    await other.call(names.FILES, "pause", received)
    held = await until_state(one, id, "paused")
    assert held.error == ("NotAllowed", f"paused by {other.jid}")
    await other.call(names.FILES, "resume", received)
    await arrives_behind(one, other, id, received, place)


async def test_what_its_sender_paused_is_not_to_be_had_before_they_want(begun, place):
    one, other, id, received = await begun()
    await one.call(names.FILES, "pause", id)
    held = await until_state(other, received, "paused")
    assert held.done > 0
    await other.call(names.FILES, "resume", received)
    again = await until_state(other, received, "paused")
    assert again.error == ("NotAllowed", f"paused by {one.jid}")
    assert again.done >= held.done
    assert (await transfer(one, id)).state == "paused"
    await one.call(names.FILES, "resume", id)
    await arrives_behind(one, other, id, received, place)


async def test_a_file_is_as_far_as_it_was_when_it_is_paused_before_anything_comes(begun):
    one, other, id, received = await begun()
    await other.call(names.FILES, "pause", received)
    was = (await transfer(other, received)).done
    await until_state(one, id, "paused")
    await other.call(names.FILES, "resume", received)
    await other.call(names.FILES, "pause", received)
    assert (await transfer(other, received)).done >= was > 0


async def test_the_rest_of_what_breaks_off_is_asked_for_when_they_are_back(begun, place):
    one, other, id, received = await begun()
    one.inside.stream.send(fromstring("<presence xmlns='jabber:client' type='unavailable'/>"))
    await until_state(one, id, "failed")
    assert (await transfer(other, received)).state == "running"
    one.inside.stream.send(fromstring("<presence xmlns='jabber:client'/>"))
    await arrives_behind(one, other, id, received, place)


async def test_of_who_is_not_there_when_the_rest_is_wanted_that_is_said_at_once(begun, monkeypatch):
    monkeypatch.setattr("backendd.features.jingle.clients._RETURNS_S", 3600.0)
    one, other, id, received = await begun()
    await other.call(names.FILES, "pause", received)
    await until_state(one, id, "paused")
    await one.session.disconnect()
    await until_shown(other, one.jid)
    monkeypatch.setattr("backendd.features.jingle.clients._SETTLES_S", 0.0)
    await other.call(names.FILES, "resume", received)
    failed = await until_state(other, received, "failed")
    assert "isn't online with a program" in failed.error[1]


async def test_how_far_a_file_is_is_told_of_what_it_is_by_now(begun):
    one, other, id, received = await begun()
    for home, which in ((one, id), (other, received)):
        await coming(home)(0)
        told = [
            each
            for event in home.hub.of(TransfersChanged)
            for each in event.transfers
            if each.id == which
        ]
        revisions = [each.revision for each in told]
        assert revisions == sorted(revisions)
        assert {each.state for each in told if each.done} == {"running"}


async def test_nobody_gets_what_was_not_offered_to_them_or_is_cancelled(begun, make_peer):
    one, other, id, received = await begun()
    await one.call(names.FILES, "cancel", id)
    await until_state(other, received, "failed")
    asking, answers = await make_peer(other.account), asyncio.Queue()

    async def hear(iq):
        answers.put_nowait(tostring(iq[0]).decode())

    asking.stream.on_request("set", jingle.TAG, hear)
    answered = {("summit.raw", len(CONTENT)): "<ns0:cancel", ("passwd", 2000): "file-not-available"}
    for (name, size), reason in answered.items():
        asked = REQUEST.format(name=name, size=size)
        await asking.ask("set", one.inside.stream.full_jid, asked)
        assert reason in await answers.get()
    assert [each.state for each in await transfers(one)] == ["cancelled"]


@pytest.mark.every_server
async def test_who_asks_for_what_was_cancelled_reads_that_it_was(begun, place):
    one, other, id, received = await begun()
    await one.call(names.FILES, "cancel", id)
    await until_state(other, received, "failed")
    await other.call(names.FILES, "resume", received)
    failed = await until_state(other, received, "failed")
    assert failed.error[0] == "NotAllowed"
    assert f"{one.jid} cancelled the transfer" in failed.error[1]
    await one.call(names.FILES, "resume", id)
    await arrives_behind(one, other, id, received, place)


async def test_who_asks_for_what_has_changed_reads_that_it_has(begun, file):
    one, other, id, received = await begun()
    await other.call(names.FILES, "pause", received)
    await until_state(one, id, "paused")
    file.write_bytes(CONTENT[::-1])
    await other.call(names.FILES, "resume", received)
    failed = await until_state(other, received, "failed")
    why = f"{one.jid} can't go on with the file (it can't be read, or has changed)"
    assert failed.error == ("FileError", why)
    assert (await until_state(one, id, "failed")).error[0] == "FileChanged"


async def test_what_its_receiver_paused_waits_to_be_taken_again(begun, place):
    one, other, id, received = await begun()
    await other.call(names.FILES, "pause", received)
    assert (await transfer(other, received)).state == "paused"
    await until_state(one, id, "paused")
    await one.call(names.FILES, "resume", id)
    await until_state(other, received, "offered")
    await other.call(names.FILES, "accept", received, "")
    await arrives_behind(one, other, id, received, place)


async def test_another_file_of_its_name_is_an_offer_of_its_own(begun, file, place):
    one, other, id, received = await begun()
    await one.call(names.FILES, "cancel", id)
    await until_state(other, received, "failed")
    file.write_bytes(CONTENT[::-1])
    await send(one, other.jid, file, method="jingle-ibb")
    assert (await until_offered(other)).id > received


async def test_what_is_no_beginning_of_the_file_is_noticed_and_gone(begun, place):
    one, other, id, received = await begun()
    await one.call(names.FILES, "pause", id)
    await until_state(other, received, "paused")
    (part,) = place.iterdir()
    with part.open("r+b") as opened:
        opened.write(b"something else")
    await one.call(names.FILES, "resume", id)
    failed = await until_state(one, id, "failed")
    assert failed.error[0] == "FileError"
    why = (await until_state(other, received, "failed")).error[1]
    assert "is not the file that was announced" in why
    assert left(place) == []
    await one.call(names.FILES, "resume", id)
    assert (await until_offered(other)).id > received


async def test_of_what_the_receiver_cancels_nothing_is_kept(begun, place):
    one, other, id, received = await begun()
    await other.call(names.FILES, "cancel", received)
    await until_state(one, id, "failed")
    assert left(place) == []
    await one.call(names.FILES, "resume", id)
    assert (await until_offered(other)).id > received
    assert [each.state for each in await transfers(other)] == ["cancelled", "offered"]


async def test_what_broke_off_may_be_taken_to_another_place(begun, place, tmp_path):
    one, other, id, received = await begun()
    await other.call(names.FILES, "pause", received)
    await until_state(one, id, "paused")
    await one.call(names.FILES, "resume", id)
    await until_state(other, received, "offered")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    await other.call(names.FILES, "accept", received, str(elsewhere))
    await until_state(other, received, "done")
    assert (elsewhere / "summit.raw").read_bytes() == CONTENT
    assert left(place) == []


async def test_a_directory_that_is_removed_ends_what_goes_there_at_once_and_truly(begun, place):
    one, other, id, received = await begun()
    shutil.rmtree(place)
    failed = await until_state(other, received, "failed")
    assert failed.error[0] == "FileError"
    assert failed.error[1].endswith("removed while it was received")
    assert failed.done < len(CONTENT)
    failed = await until_state(one, id, "failed")
    why = f"{other.jid} can't go on with the file (it can't be stored)"
    assert failed.error == ("FileError", why)


async def test_a_directory_that_is_gone_when_a_file_goes_on_is_no_refusal(begun, place):
    one, other, id, received = await begun()
    await one.call(names.FILES, "pause", id)
    await until_state(other, received, "paused")
    shutil.rmtree(place)
    await one.call(names.FILES, "resume", id)
    failed = await until_state(one, id, "failed")
    assert failed.error[1] == f"{other.jid} can't go on with the file (it can't be stored)"


async def test_a_file_that_changes_while_it_goes_is_told_of_its_sender(begun, file, place):
    one, other, id, received = await begun()
    os.truncate(file, 10)
    failed = await until_state(one, id, "failed")
    assert "has changed" in failed.error[1]
    failed = await until_state(other, received, "failed")
    why = f"{one.jid} can't go on with the file (it can't be read, or has changed)"
    assert failed.error == ("FileError", why)
    assert left(place) == []


async def test_who_leaves_with_an_offer_open_is_not_told_that_the_other_has(make_friends, file):
    one, other = await make_friends()
    id = await send(one, other.jid, file, method="jingle-ibb")
    await until_offered(other)
    await one.session.disconnect()
    await until_state(one, id, "queued")
    assert {each.error for each in await transfers(one)} == {("", "")}


async def test_what_is_cancelled_as_it_is_taken_says_who_has(
    make_friends, file, place, monkeypatch
):
    one, other = await make_friends()
    await send(one, other.jid, file, method="jingle-ibb")
    offer = await until_offered(other)
    opened, is_open = Wanted.open, asyncio.Event()

    async def slow(*args):
        is_open.set()
        await other.until(lambda: is_cancelled())
        return await opened(*args)

    async def is_cancelled():
        return (await transfer(other, offer.id)).state == "cancelled"

    async def cancel():
        await is_open.wait()
        await other.call(names.FILES, "cancel", offer.id)

    monkeypatch.setattr(Wanted, "open", slow)
    taking = other.call(names.FILES, "accept", offer.id, str(place))
    with pytest.raises(NotAllowed, match="you cancelled it"):
        await asyncio.gather(taking, cancel())


async def test_what_could_not_be_stored_is_asked_for_anew(begun, place):
    one, other, id, received = await begun()
    shutil.rmtree(place)
    await until_state(other, received, "failed")
    await until_state(one, id, "failed")
    await other.call(names.FILES, "resume", received)
    await until_state(other, received, "done")
    await until_state(one, id, "done")
    assert (place / "summit.raw").read_bytes() == CONTENT


@pytest.mark.parametrize("answer", ["reject", "cancel"])
async def test_what_one_did_not_want_can_be_had_after_all(
    make_friends, file, place, monkeypatch, answer
):
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(place))
    one, other = await make_friends()
    id = await send(one, other.jid, file, method="jingle-ibb")
    offer = await until_offered(other)
    await other.call(names.FILES, answer, offer.id)
    await until_state(one, id, "failed")
    await other.call(names.FILES, "resume", offer.id)
    done = await until_state(other, offer.id, "done")
    assert done.path == str(place / "summit.raw")
    assert (place / "summit.raw").read_bytes() == CONTENT


async def test_of_what_nobody_says_how_long_it_is_nothing_can_be_asked(make_friends, make_peer):
    one, other = await make_friends()
    peer = await make_peer(one.account)
    offer = OFFER.format(name="endless").replace("<size>5</size>", "")
    await peer.ask("set", other.inside.stream.full_jid, offer)
    offered = await until_offered(other)
    await other.call(names.FILES, "reject", offered.id)
    with pytest.raises(NotAllowed, match="send it once more"):
        await other.call(names.FILES, "resume", offered.id)
