"""Who answers on another client has read what stood before the answer."""

import pytest

from backendd.api import names
from tests.backendd.session.rooms import NICK, join, say


async def until_stored(home, peer, bodies):
    await home.until_bodies(peer.jid, bodies)
    return {m.body: m for m in await home.messages(peer.jid)}


async def states(home, peer):
    return {m.body: m.state for m in await home.messages(peer.jid) if m.direction == "in"}


@pytest.fixture
async def three(make_home, make_peer):
    """Return somebody, a home and another client of its account."""
    peer = await make_peer()
    home = await (await make_home()).online()
    return peer, home, await make_peer(home.account, resource="other")


@pytest.mark.every_server
async def test_an_answer_of_another_client_makes_read_what_stood_before_it(three):
    peer, home, other = three
    peer.chat(home.jid, "how are you?")
    await home.until_message(peer.jid, "how are you?", "unread")
    other.chat(peer.jid, "well")
    await home.until_message(peer.jid, "how are you?", "read")
    assert (await home.conversation(peer.jid)).unread == 0
    peer.chat(home.jid, "good")
    await home.until_message(peer.jid, "good", "unread")
    answer = await home.until_message(peer.jid, "well")
    assert (await home.conversation(peer.jid)).read_up_to == answer.id


@pytest.mark.every_server
async def test_what_was_answered_while_away_is_read_when_it_is_caught_up(three):
    peer, home, other = three
    await home.session.disconnect()
    for sender, to, body in (
        (peer, home, "how are you?"), (other, peer, "well"), (peer, home, "good"),
    ):  # fmt: skip
        sender.chat(to.jid, body)
        await sender.sync()
    await home.online()
    await until_stored(home, peer, ["how are you?", "well", "good"])
    assert await states(home, peer) == {"how are you?": "read", "good": "unread"}


async def test_what_comes_after_its_answer_is_read_too(three):
    peer, home, other = three
    peer.chat(home.jid, "how are you?")
    await home.until_message(peer.jid, "how are you?")
    other.chat(peer.jid, "well")
    await home.until_message(peer.jid, "well")
    await home.session.disconnect()
    # As if the answer had come while the archive was still being read.
    await home.execute("DELETE FROM message WHERE direction = 'in'")
    await home.execute("UPDATE archive SET cursor = '', cursor_time = 1, began = 0")
    await home.online()
    await until_stored(home, peer, ["how are you?", "well"])
    assert await states(home, peer) == {"how are you?": "read"}


async def test_what_the_user_marked_unread_stays_so_until_the_user_reads_it(three):
    peer, home, other = three
    for body in ("one", "two", "three"):
        peer.chat(home.jid, body)
    found = await until_stored(home, peer, ["one", "two", "three"])
    await home.call(names.MESSAGES, "mark_unread", peer.jid, found["two"].id, {})
    peer.chat(home.jid, "four")
    await home.until_message(peer.jid, "four")
    other.chat(peer.jid, "answer")
    await home.until_message(peer.jid, "answer")
    assert await states(home, peer) == {
        "one": "read", "two": "unread", "three": "unread", "four": "read",
    }  # fmt: skip
    conversation = await home.conversation(peer.jid)
    assert (conversation.unread, conversation.first_unread) == (2, found["two"].id)
    await home.call(names.MESSAGES, "mark_read", peer.jid, found["two"].id, {})
    other.chat(peer.jid, "again")
    await home.until_message(peer.jid, "again")
    assert (await states(home, peer))["three"] == "unread"
    await home.call(names.MESSAGES, "mark_read", peer.jid, found["three"].id, {})
    assert set((await states(home, peer)).values()) == {"read"}


async def test_what_is_sent_from_here_makes_nothing_read(three):
    peer, home, _ = three
    peer.chat(home.jid, "how are you?")
    await home.until_message(peer.jid, "how are you?")
    await home.send(peer.jid, "a script wrote this")
    await home.until_message(peer.jid, "a script wrote this", "sent")
    assert await states(home, peer) == {"how are you?": "unread"}


async def test_what_we_say_in_a_room_from_another_client_makes_read_what_stood_before_it(
    make_inmate, make_peer, room
):
    address, ann = room
    home = await make_inmate()
    for body in ("first", "second"):
        say(ann, address, body)
        await home.until_message(address, body, "unread")
    _, second = await home.messages(address)
    await home.call(names.MESSAGES, "mark_unread", address, second.id, {})
    client = await make_peer(home.account, resource="other")
    await join(client, address, NICK)
    say(client, address, "well")
    await home.until_message(address, "first", "read")
    assert (await home.until_message(address, "well")).direction == "out"
    assert (await home.until_message(address, "second")).state == "unread"


async def test_who_takes_our_nick_when_we_have_left_reads_nothing_for_us(
    make_inmate, make_peer, room
):
    address, ann = room
    home = await make_inmate()
    say(ann, address, "first")
    await home.until_message(address, "first", "unread")
    await home.call(names.ROOMS, "set_nick", address, "another")
    impostor = await make_peer()
    await join(impostor, address, NICK)
    say(impostor, address, "well")
    assert (await home.until_message(address, "well")).direction == "in"
    assert (await home.until_message(address, "first")).state == "unread"
