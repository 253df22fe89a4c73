"""Whose account wrote a message of a room: as the room tells it, and nobody else."""

import pytest

from backendd.core import xml
from tests.backendd.session.rooms import configure, enter, join, leave, live_in, part, say

pytestmark = pytest.mark.every_server

MALLORY = "mallory@example.org"
FORGED = f"<x xmlns='{xml.MUC_USER}'><item jid='{MALLORY}/desk'/></x>"
gives_ids = pytest.mark.parametrize("gives_ids", [True, False])


@pytest.fixture
async def open_room(room):
    """A room that tells everybody who is in it, and who has made it."""
    address, ann = room
    await configure(ann, address, whois="anyone")
    return address, ann


async def heard(home, peer, body):
    """Return who is told to have written this, once it is here."""
    return (await home.until_message(peer, body)).real_jid


@gives_ids
async def test_who_writes_in_a_room_that_hides_nobody_is_told(make_home, open_room, gives_ids):
    address, ann = open_room
    home = await live_in(await make_home(), gives_ids=gives_ids)
    await enter(home, address)
    say(ann, address, "hello")
    assert await heard(home, address, "hello") == ann.jid
    ann.chat(f"{address}/me", "between us")
    assert await heard(home, f"{address}/ann", "between us") == ann.jid


@gives_ids
async def test_who_writes_in_a_room_that_does_not_say_it_is_not_told(
    make_home, make_peer, room, gives_ids
):
    address, ann = room
    eve = await make_peer()
    await configure(ann, address, whois="moderators")
    await join(eve, address, "eve")
    say(eve, address, "before", more=FORGED)
    await eve.sync()
    home = await live_in(await make_home(), gives_ids=gives_ids)
    await enter(home, address)
    say(eve, address, "hello", more=FORGED)
    assert await heard(home, address, "before") == ""
    assert await heard(home, address, "hello") == ""


async def test_what_an_author_writes_of_themselves_is_not_believed(
    make_inmate, make_peer, open_room
):
    address, _ = open_room
    home, eve = await make_inmate(), await make_peer()
    await join(eve, address, "eve")
    say(eve, address, "hello", more=FORGED)
    assert await heard(home, address, "hello") == eve.jid
    eve.chat(f"{address}/me", "between us", more=FORGED)
    assert await heard(home, f"{address}/eve", "between us") == eve.jid


async def test_what_our_server_held_up_for_us_alone_says_not_who_has_the_nick_now(
    make_inmate, open_room
):
    address, ann = open_room
    home = await make_inmate()
    stamp = "stamp='2020-01-01T00:00:00Z'"
    held_up = f"<delay xmlns='{xml.DELAY}' from='{home.jid}' {stamp}/>"
    ann.chat(f"{address}/me", "kept for long", more=held_up)
    assert await heard(home, f"{address}/ann", "kept for long") == ""


@gives_ids
async def test_the_archive_of_a_room_that_hides_nobody_tells_who_wrote(
    make_home, make_peer, open_room, gives_ids
):
    address, _ = open_room
    eve, bob = await make_peer(), await make_peer()
    home = await live_in(await make_home(), gives_ids=gives_ids)
    await enter(home, address)
    # A room that was left isn't known any more, nor since when it hides nobody.
    await home.session.disconnect()
    await join(eve, address, "eve")
    say(eve, address, "while you were away")
    say(eve, address, "believe me", more=FORGED)
    await eve.sync()
    await part(eve, address, "eve")
    await join(bob, address, "eve")
    await home.online()
    assert await heard(home, address, "while you were away") == eve.jid
    assert await heard(home, address, "believe me") in (eve.jid, "")


async def test_what_was_written_while_the_room_hid_its_occupants_names_nobody(
    make_home, make_peer, room, let_time_pass
):
    address, ann = room
    eve = await make_peer()
    await configure(ann, address, whois="moderators")
    await join(eve, address, "eve")
    say(eve, address, "it was mallory", more=FORGED)
    await eve.sync()
    await configure(ann, address, whois="anyone")
    let_time_pass()
    home = await live_in(await make_home())
    await enter(home, address)
    assert await heard(home, address, "it was mallory") == ""
    await leave(home, address)
    await enter(home, address)
    assert await heard(home, address, "it was mallory") == ""


@gives_ids
async def test_who_takes_a_nick_later_has_written_nothing_before(
    make_home, make_peer, open_room, gives_ids
):
    address, ann = open_room
    home = await live_in(await make_home(), gives_ids=gives_ids)
    eve = await make_peer()
    await enter(home, address)
    await join(eve, address, "eve")
    say(eve, address, "hello")
    await eve.until(lambda: "hello" in eve.bodies())
    await part(eve, address, "eve")
    await join(ann, address, "eve")
    say(ann, address, "it is me")
    assert await heard(home, address, "it is me") == ann.jid
    assert await heard(home, address, "hello") == eve.jid
    await leave(home, address)
    await enter(home, address)
    assert await heard(home, address, "hello") == eve.jid


async def test_what_the_user_writes_is_the_accounts(make_inmate, room):
    address, _ = room
    home = await make_inmate()
    for peer in (address, f"{address}/ann"):
        await home.send(peer, "hello")
        sent = await home.until_message(peer, "hello", "sent")
        assert sent.real_jid == home.jid


async def test_in_a_chat_the_sender_says_it_already(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    peer.chat(home.jid, "hello", more=FORGED)
    assert await heard(home, peer.jid, "hello") == ""
