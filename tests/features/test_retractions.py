"""Retractions (XEP-0424) and moderation (XEP-0425): of ours and of theirs, on a real server."""

from dataclasses import replace

import pytest

from backendd.api import names
from backendd.api.errors import NotAllowed, NotConnected, NotSupported, UnknownMessage
from backendd.core import xml
from backendd.core.messages import MessagesRemoved
from backendd.features.retractions.inbound import RETRACTED
from backendd.features.retractions.stanza import FASTEN, OLD_RETRACT, RETRACT
from backendd.inbound import INBOUND
from backendd.session.missing import PATIENCE
from tests.backendd.session.rooms import NICK, Saying, enter, join, live_in, say
from tests.backendd.session.stages import STAGE, Stage

THEIR = f"<retract xmlns='{RETRACT}' id='{{}}'/><store xmlns='urn:xmpp:hints'/>"
THUMB = "👍"


async def retract(home, message_id):
    await home.call(names.MESSAGES, "retract", message_id, {})


async def moderate(home, room, message_id, reason=""):
    await home.call(names.ROOMS, "moderate", room, message_id, reason, {})


async def edits(home, message_id):
    return await home.call(names.MESSAGES, "edits", message_id, {})


async def sent(home, peer, body):
    """Return a message of ours that the server has."""
    await home.send(peer, body)
    return await home.until_message(peer, body, "sent", "delivered")


def retracted(peer):
    """Return by which names the peer was told to retract something, of the newer and older kind."""
    found = []
    for message in peer.messages():
        retract = xml.child(message, RETRACT, "retract")
        fastened = xml.child(message, FASTEN, "apply-to")
        if retract is not None and fastened is not None:
            assert xml.child(fastened, OLD_RETRACT, "retract") is not None
            found.append((retract.get("id"), fastened.get("id")))
    return found


def is_moderation(message):
    retract = xml.child(message, RETRACT, "retract")
    return retract is not None and xml.child(retract, xml.MODERATE, "moderated") is not None


# -- ours


@pytest.mark.every_server
async def test_ours_is_erased_at_once_and_the_peer_is_asked_to_do_so(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    message = await sent(home, peer.jid, "secret")
    await home.call(names.MESSAGES, "correct", message.id, "secret, too", {})
    await home.call(names.MESSAGES, "react", message.id, [THUMB], {})
    await retract(home, message.id)
    (after,) = await home.messages(peer.jid)
    assert (after.id, after.body) == (message.id, "")
    assert after.more == {"retracted": True, "retracted_by": home.jid}
    assert await edits(home, message.id) == []
    assert await home.call(names.MESSAGES, "search", "secret", {}) == []
    assert await home.count("reaction") == await home.count("edit") == 0
    assert (await home.conversation(peer.jid)).last.body == ""
    await peer.until(lambda: retracted(peer) == [(message.message_id, message.origin_id)])
    said = peer.messages()[-1]
    assert xml.child(said, "urn:xmpp:fallback:0", "fallback").get("for") == RETRACT
    assert xml.child(said, xml.RECEIPTS, "request") is None
    await retract(home, message.id)  # again it is nothing
    await sent(home, peer.jid, "after")
    await peer.until(lambda: "after" in peer.bodies())
    assert len(retracted(peer)) == 1


async def test_what_was_said_offline_and_waits_to_be_corrected_is_never_said(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    message = await sent(home, peer.jid, "one")
    await home.session.disconnect()
    await home.call(names.MESSAGES, "correct", message.id, "secret", {})
    await retract(home, message.id)
    await home.crash()
    await home.come_back()
    await home.online()
    await peer.until(lambda: len(retracted(peer)) == 1)
    assert "secret" not in peer.bodies()


async def test_a_message_that_nobody_has_yet_is_removed(make_home, make_peer):
    home, peer = await make_home(), await make_peer()
    message = await home.send(peer.jid, "secret")
    await home.send(peer.jid, "after")
    await retract(home, message)
    assert await home.bodies(peer.jid) == ["after"]
    assert [each.ids for each in home.hub.of(MessagesRemoved)] == [[message]]
    await home.online()
    await peer.until(lambda: peer.bodies() == ["after"])
    assert retracted(peer) == []


async def test_one_that_may_be_on_its_way_is_not_sent_again(make_home, make_peer):
    home, peer = await make_home(), await make_peer()
    message = await home.send(peer.jid, "secret")
    await home.execute(
        "UPDATE outbox SET state = 'uncertain', tries = 1, composed = 1, sm_id = 'gone'"
    )
    await retract(home, message)
    assert await home.bodies(peer.jid) == [""]
    await home.online()
    await peer.until(lambda: len(retracted(peer)) == 1)
    assert "secret" not in peer.bodies()


async def test_only_ours_is_retracted_and_only_what_can_be_named(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    peer.chat(home.jid, "theirs")
    theirs = await home.until_message(peer.jid, "theirs")
    with pytest.raises(NotAllowed):
        await retract(home, theirs.id)
    with pytest.raises(UnknownMessage):
        await retract(home, 999_999)
    ours = await sent(home, peer.jid, "ours")
    await home.execute(
        "UPDATE message SET message_id = '', origin_id = '', dedupe = '' WHERE id = ?", ours.id
    )
    with pytest.raises(NotSupported):
        await retract(home, ours.id)
    assert await home.bodies(peer.jid) == ["theirs", "ours"]


async def test_what_is_retracted_is_neither_corrected_nor_asked_for(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    message = await sent(home, peer.jid, "one")
    await retract(home, message.id)
    with pytest.raises(NotAllowed, match="retracted"):
        await home.call(names.MESSAGES, "correct", message.id, "two", {})


async def test_who_refuses_ours_is_named_and_here_it_stays_erased(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    message = await sent(home, peer.jid, "one")
    await retract(home, message.id)
    await peer.until(lambda: len(retracted(peer)) == 1)
    refused = peer.messages()[-1].get("id")
    peer.write(
        f"<message to='{home.inside.stream.full_jid}' type='error' id='{refused}'>"
        "<error type='modify'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
        "</error></message>"
    )
    await home.until(lambda: [each.word for each in home.inside.warnings] == ["retraction"])
    (warning,) = home.inside.warnings
    assert peer.jid in warning.text
    assert await home.bodies(peer.jid) == [""]


async def test_that_ours_can_not_be_sent_is_told(make_home, make_peer):
    home, peer = await make_home(), await make_peer()
    await home.restart_with(PATIENCE, more=[STAGE])
    await home.online()
    message = await sent(home, peer.jid, "one")
    (stage,) = [part for part in home.session.parts if isinstance(part, Stage)]
    refusal = NotAllowed("there is no key for this peer")
    stage.errors |= dict.fromkeys((await _instead(home, peer),), refusal)
    await retract(home, message.id)
    await home.until(lambda: [each.word for each in home.inside.warnings] == ["retraction"])


async def _instead(home, peer):
    """Return the text that stands in for a retraction."""
    message = await sent(home, peer.jid, "to be told by")
    await retract(home, message.id)
    await peer.until(lambda: len(retracted(peer)) == 1)
    return peer.bodies()[-1]


# -- theirs


@pytest.mark.every_server
async def test_theirs_is_erased_and_is_no_message(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    peer.chat(home.jid, "secret", id="m")
    await home.until_message(peer.jid, "secret")
    peer.chat(home.jid, "/me retracted it", id="r", more=THEIR.format("m"))
    await home.until_bodies(peer.jid, [""])
    (message,) = await home.messages(peer.jid)
    assert message.more == {"retracted": True, "retracted_by": peer.jid}
    assert (await home.conversation(peer.jid)).unread == 0


@pytest.mark.every_server
async def test_what_another_client_of_ours_retracts_is_erased(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    message = await sent(home, peer.jid, "secret")
    other = await make_peer(home.account, resource="other")
    other.chat(peer.jid, "retracted", id="r", more=THEIR.format(message.message_id))
    await home.until_bodies(peer.jid, [""])


@pytest.mark.every_server
async def test_what_was_retracted_while_away_is_erased_with_its_message(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    peer.chat(home.jid, "before")
    await home.until_message(peer.jid, "before")
    await home.session.disconnect()
    peer.chat(home.jid, "secret", id="m")
    peer.chat(home.jid, "retracted", id="r", more=THEIR.format("m"))
    peer.chat(home.jid, "after")
    await peer.sync()
    await home.online()
    await home.until_bodies(peer.jid, ["before", "", "after"])


# -- in rooms


async def test_ours_in_a_room_is_named_by_the_id_of_the_room(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    message = await sent(home, address, "secret")
    await retract(home, message.id)
    (after,) = await home.messages(address)
    assert after.more["retracted_by"] == f"{address}/{NICK}"
    await peer.until(lambda: retracted(peer) == [(message.stanza_id, message.stanza_id)])


async def test_who_moderates_has_a_room_retract_what_others_said(make_home, make_peer, room):
    address, owner = room
    eve = await make_peer()
    home = await live_in(await make_home(owner.jid.partition("@")[0]))
    await enter(home, address, "mod")
    await join(eve, address, "eve")
    say(eve, address, "spam", id="m")
    message = await home.until_message(address, "spam")
    await moderate(home, address, message.id, "spam it is")
    await home.until_bodies(address, [""])
    (after,) = await home.messages(address)
    assert after.more == {
        "retracted": True, "retracted_by": f"{address}/mod", "moderated": True,
        "reason": "spam it is",
    }  # fmt: skip
    await eve.until(lambda: [each for each in eve.messages() if is_moderation(each)])


async def test_what_we_moderate_is_gone_here_with_who_and_why_whatever_the_room_tells(
    make_home, make_peer, room
):
    address, owner = room
    eve = await make_peer()
    deaf = [each for each in INBOUND.messages if each is not RETRACTED]
    home = await make_home(owner.jid.partition("@")[0])
    home = await live_in(home, inbound=replace(INBOUND, messages=tuple(deaf)))
    await enter(home, address, "mod")
    await join(eve, address, "eve")
    say(eve, address, "spam", id="m")
    message = await home.until_message(address, "spam")
    await moderate(home, address, message.id, "spam it is")
    after = await home.call(names.MESSAGES, "get", message.id, {})
    assert after.body == ""
    assert after.more == {
        "retracted": True, "retracted_by": f"{address}/mod", "moderated": True,
        "reason": "spam it is",
    }  # fmt: skip


async def test_a_room_of_the_older_kind_is_asked_in_its_way(make_home, make_peer, room):
    address, owner = room
    eve = await make_peer()
    home = await live_in(await make_home(owner.jid.partition("@")[0]))
    await enter(home, address, "mod")
    await join(eve, address, "eve")
    say(eve, address, "spam", id="m")
    message = await home.until_message(address, "spam")
    home.inside.disco = Saying(home.inside.disco, less={xml.MODERATE})
    await moderate(home, address, message.id, "spam it is")
    await home.until_bodies(address, [""])
    (after,) = await home.messages(address)
    assert after.more["reason"] == "spam it is"
    assert not any(map(is_moderation, eve.messages()))


@pytest.mark.parametrize("lacks", [(), (xml.MODERATE,), (xml.MODERATE, xml.OLD_MODERATE)])
async def test_whether_moderators_can_have_a_room_retract_something_is_in_its_record(
    make_home, room, lacks
):
    address, _ = room
    home = await live_in(await make_home())
    home.inside.disco = Saying(home.inside.disco, less=set(lacks))
    await enter(home, address)
    (record,) = await home.call(names.ROOMS, "list", {})
    assert record.retracts == (len(lacks) < 2)


async def test_who_may_not_moderate_is_told_so(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    say(peer, address, "here", id="m")
    message = await home.until_message(address, "here")
    with pytest.raises(NotAllowed, match="only moderators of"):
        await moderate(home, address, message.id)
    with pytest.raises(UnknownMessage):
        await moderate(home, address, 999_999)
    with pytest.raises(UnknownMessage):
        await moderate(home, "other@conference.x.localhost", message.id)
    await home.session.disconnect()
    with pytest.raises(NotConnected):
        await moderate(home, address, message.id)
    assert await home.bodies(address) == ["here"]


async def test_what_is_retracted_before_it_is_here_leaves_nothing_of_what_it_brought(
    make_home, make_peer
):
    home, peer = await (await make_home()).online(), await make_peer()
    peer.chat(home.jid, "hello", id="h")
    peer.chat(home.jid, "gone", more=THEIR.format("s"))
    brought = (
        "<spoiler xmlns='urn:xmpp:spoiler:0'>the butler</spoiler>"
        "<reply xmlns='urn:xmpp:reply:0' id='h'/>"
        "<x xmlns='jabber:x:oob'><url>https://x.example/butler.jpg</url></x>"
    )
    peer.chat(home.jid, f"{home.jid} see https://x.example/butler.jpg", id="s", more=brought)
    peer.chat(home.jid, "next")
    await home.until_message(peer.jid, "next")
    _, message, _ = await home.messages(peer.jid)
    assert message.more == {"retracted": True, "retracted_by": peer.jid}
    for table in ("appearance", "reply", "attachment", "mention"):
        assert await home.count(table) == 0
