"""Corrections (XEP-0308): of ours and of theirs, on the way out and in."""

import asyncio

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument, NotAllowed, NotSupported, TooLarge, UnknownMessage
from backendd.core import xml
from backendd.core.messages import BODY_LIMIT
from backendd.features.corrections.stanza import NAMESPACE
from backendd.session.missing import PATIENCE
from tests.backendd.session.stages import STAGE, Stage

REPLACE = f"<replace xmlns='{NAMESPACE}' id='{{}}'/>"


class Gate(asyncio.Event):
    """Keeps whoever comes to it, and says that somebody did."""

    def __init__(self):
        super().__init__()
        self.reached = asyncio.Event()

    async def wait(self):
        self.reached.set()
        return await super().wait()


async def correct(home, message_id, body):
    await home.call(names.MESSAGES, "correct", message_id, body, {})


async def edits(home, message_id):
    found = await home.call(names.MESSAGES, "edits", message_id, {})
    assert [each.time for each in found] == sorted(each.time for each in found)
    return [each.body for each in found]


async def sent(home, peer, body):
    """Return a message of ours that the server has."""
    await home.send(peer.jid, body)
    return await home.until_message(peer.jid, body, "sent", "delivered")


def heard(peer):
    """Return what the peer was told: pairs of a text and the id that it corrects, if it does."""
    found = []
    for message in peer.messages():
        body = xml.child_text(message, xml.CLIENT, "body")
        replace = xml.child(message, NAMESPACE, "replace")
        if body:
            found.append((body, replace.get("id") if replace is not None else None))
    return found


async def until_arrived(home, peer):
    """Return once the server has all that was corrected."""

    async def are_told():
        return not any("edited_pending" in each.more for each in await home.messages(peer.jid))

    await home.until(are_told)


# -- ours


@pytest.mark.every_server
async def test_ours_counts_at_once_and_reaches_the_peer_who_is_asked_for_nothing(
    make_home, make_peer
):
    home, peer = await (await make_home()).online(), await make_peer()
    before = await sent(home, peer, "smal talk")
    await correct(home, before.id, "small talk")
    (after,) = await home.messages(peer.jid)
    assert (after.id, after.body, after.time) == (before.id, "small talk", before.time)
    assert after.more["edited"]
    assert after.revision > before.revision
    assert await edits(home, before.id) == ["smal talk"]
    await peer.until(lambda: heard(peer)[1:] == [("small talk", before.message_id)])
    said = peer.messages()[-1]
    assert said.get("type") == "chat"
    assert said.get("id") != before.message_id
    assert xml.child(said, xml.RECEIPTS, "request") is None
    assert xml.child(said, xml.MARKERS, "markable") is None
    await until_arrived(home, peer)
    assert (await home.messages(peer.jid))[0].more == {"edited": True}


async def test_any_of_ours_is_corrected_again_and_again_by_its_own_id(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    first = await sent(home, peer, "one")
    await sent(home, peer, "other")
    for body in ("two", "three"):
        await correct(home, first.id, body)
        await until_arrived(home, peer)
    await peer.until(lambda: len(heard(peer)) == 4)
    assert heard(peer)[2:] == [("two", first.message_id), ("three", first.message_id)]
    assert await home.bodies(peer.jid) == ["three", "other"]
    assert await edits(home, first.id) == ["one", "two"]


async def test_what_is_said_offline_goes_out_later_and_only_the_last_of_it(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    message = await sent(home, peer, "one")
    await home.session.disconnect()
    await correct(home, message.id, "two")
    await correct(home, message.id, "three")
    assert await edits(home, message.id) == ["one"]
    assert (await home.messages(peer.jid))[0].more == {"edited": True, "edited_pending": True}
    await home.crash()
    await home.come_back()
    await home.online()
    await until_arrived(home, peer)
    await sent(home, peer, "after")
    await peer.until(lambda: ("after", None) in heard(peer))
    assert heard(peer)[1:] == [("three", message.message_id), ("after", None)]


async def test_what_was_corrected_back_before_it_went_out_is_never_sent(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    message = await sent(home, peer, "one")
    await home.session.disconnect()
    await correct(home, message.id, "two")
    await correct(home, message.id, "one")
    assert await home.count("outbox") == 0
    assert (await home.messages(peer.jid))[0].more == {}


async def test_a_message_that_nobody_has_yet_is_sent_corrected_and_in_its_place(
    make_home, make_peer
):
    home, peer = await make_home(), await make_peer()
    first = await home.send(peer.jid, "on")
    await home.send(peer.jid, "two")
    await correct(home, first, "one")
    (message, _) = await home.messages(peer.jid)
    assert (message.body, message.more) == ("one", {})
    assert await edits(home, first) == []
    await home.online()
    await peer.until(lambda: heard(peer) == [("one", None), ("two", None)])


async def test_one_that_is_corrected_while_it_is_made_ready_is_sent_corrected(make_home, make_peer):
    home, peer = await make_home(), await make_peer()
    await home.restart_with(PATIENCE, more=[STAGE])
    await home.online()
    (stage,) = [part for part in home.session.parts if isinstance(part, Stage)]
    gate = stage.gates["on"] = Gate()
    message = await home.send(peer.jid, "on")
    await gate.reached.wait()
    await correct(home, message, "one")
    gate.set()
    await peer.until(lambda: heard(peer) == [("one", None)])


async def test_a_correction_of_ours_that_comes_back_is_no_message(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    message = await sent(home, peer, "one")
    await correct(home, message.id, "two")
    await until_arrived(home, peer)
    await home.session.disconnect()
    # As if the archive were new to us.
    await home.execute("UPDATE archive SET cursor = '', cursor_time = 0")
    await home.execute("DELETE FROM archived")
    peer.chat(home.jid, "after")
    await peer.sync()
    await home.online()
    await home.until_bodies(peer.jid, ["two", "after"])
    assert await edits(home, message.id) == ["one"]


@pytest.mark.parametrize("later", [False, True], ids=["the last", "one before"])
async def test_one_that_is_refused_counts_no_more_and_that_is_told(make_home, make_peer, later):
    home, peer = await (await make_home()).online(), await make_peer()
    message = await sent(home, peer, "one")
    await correct(home, message.id, "two")
    await peer.until(lambda: len(heard(peer)) == 2)
    refused = peer.messages()[-1].get("id")
    await until_arrived(home, peer)
    if later:
        await correct(home, message.id, "three")
        await peer.until(lambda: len(heard(peer)) == 3)
    peer.write(
        f"<message to='{home.inside.stream.full_jid}' type='error' id='{refused}'>"
        "<error type='modify'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
        "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>too late</text></error></message>"
    )
    await home.until(lambda: [each.word for each in home.inside.warnings] == ["correction"])
    (warning,) = home.inside.warnings
    assert "too late" in warning.text
    (now,) = await home.messages(peer.jid)
    assert now.body == ("three" if later else "one")
    assert now.state != "failed"
    assert now.more.get("edited", False) is later
    assert await edits(home, message.id) == (["one"] if later else [])
    await correct(home, message.id, "four")
    assert not list(home.inside.warnings)


async def test_one_that_can_not_be_sent_counts_no_more(make_home, make_peer):
    home, peer = await make_home(), await make_peer()
    await home.restart_with(PATIENCE, more=[STAGE])
    await home.online()
    message = await sent(home, peer, "one")
    (stage,) = [part for part in home.session.parts if isinstance(part, Stage)]
    stage.errors["two"] = NotAllowed("there is no key for this peer")
    await correct(home, message.id, "two")
    await home.until_bodies(peer.jid, ["one"])
    await home.until(lambda: [each.word for each in home.inside.warnings] == ["correction"])


async def test_only_texts_of_ours_are_corrected_and_only_by_texts(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    peer.chat(home.jid, "theirs")
    theirs = await home.until_message(peer.jid, "theirs")
    ours = await sent(home, peer, "ours")
    for message_id, body, error in (
        (999_999, "x", UnknownMessage),
        (theirs.id, "x", NotAllowed),
        (ours.id, " \n", InvalidArgument),
        (ours.id, "x" * (BODY_LIMIT + 1), TooLarge),
    ):
        with pytest.raises(error):
            await correct(home, message_id, body)
    with pytest.raises(UnknownMessage):
        await edits(home, 999_999)
    await home.execute("UPDATE message SET message_id = '', origin_id = '' WHERE id = ?", ours.id)
    with pytest.raises(NotSupported):
        await correct(home, ours.id, "x")
    await home.execute("UPDATE message SET state = 'failed' WHERE id = ?", ours.id)
    with pytest.raises(NotAllowed, match="failed"):
        await correct(home, ours.id, "x")


async def test_ours_in_a_room_comes_back_once_and_is_found_by_the_id_of_the_room(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    await home.send(address, "one")
    message = await home.until_message(address, "one", "sent")
    await correct(home, message.id, "two")
    await peer.until(lambda: ("two", message.message_id) in heard(peer))
    said = next(
        each for each in peer.messages() if xml.child_text(each, xml.CLIENT, "body") == "two"
    )
    name = xml.child(said, xml.STANZA_IDS, "stanza-id").get("id")
    peer.write(
        f"<message to='{address}' type='groupchat'><reactions xmlns='urn:xmpp:reactions:0' "
        f"id='{name}'><reaction>👍</reaction></reactions><store xmlns='urn:xmpp:hints'/></message>"
    )

    async def is_reacted_to():
        (now,) = await home.messages(address)
        return "reactions" in now.more and now.body == "two"

    await home.until(is_reacted_to)


# -- theirs


@pytest.mark.every_server
async def test_theirs_is_the_text_of_their_message_and_makes_nothing_new(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    peer.chat(home.jid, "one", id="m")
    message = await home.until_message(peer.jid, "one")
    await home.call(names.MESSAGES, "mark_read", peer.jid, message.id, {})
    peer.chat(home.jid, "two", id="c", more=REPLACE.format("m"))
    await home.until_bodies(peer.jid, ["two"])
    conversation = await home.conversation(peer.jid)
    assert (conversation.unread, conversation.last.body) == (0, "two")
    assert conversation.last.more == {"edited": True}
    assert await edits(home, message.id) == ["one"]


@pytest.mark.every_server
async def test_what_another_client_of_ours_corrects_is_corrected(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    message = await sent(home, peer, "one")
    other = await make_peer(home.account, resource="other")
    other.chat(peer.jid, "two", id="c", more=REPLACE.format(message.message_id))
    await home.until_bodies(peer.jid, ["two"])
    await correct(home, message.id, "three")
    await peer.until(lambda: heard(peer)[-1] == ("three", message.message_id))
    assert await edits(home, message.id) == ["one", "two"]


@pytest.mark.every_server
async def test_what_was_corrected_while_away_is_caught_up_within_one_page(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    peer.chat(home.jid, "before")
    await home.until_message(peer.jid, "before")
    await home.session.disconnect()
    peer.chat(home.jid, "one", id="m")
    peer.chat(home.jid, "two", id="c", more=REPLACE.format("m"))
    peer.chat(home.jid, "three", id="d", more=REPLACE.format("m"))
    await peer.sync()
    await home.online()
    await home.until_bodies(peer.jid, ["before", "three"])
    message = await home.until_message(peer.jid, "three")
    assert await edits(home, message.id) == ["one", "two"]
