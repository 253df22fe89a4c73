"""Texts that their authors change and erase, on a real server and in its rooms."""

import pytest

from backendd.core.messages import HistoryAnswered
from backendd.features.corrections.stanza import NAMESPACE as CORRECT
from backendd.features.retractions.stanza import RETRACT
from tests.backendd.session.rooms import enter, join, live_in, make_room, part, rename, say

REPLACE = f"<replace xmlns='{CORRECT}' id='{{}}'/>"


@pytest.fixture(params=[True, False], ids=["with ids", "without ids"])
def gives_ids(request):
    return request.param


@pytest.fixture
def make_editor(make_home):
    """Call it for a home that understands corrections and retractions."""

    async def make(*, gives_ids=True, **history):
        home = await make_home(**history)
        await live_in(home, gives_ids=gives_ids)
        # What comes while the archive is read comes out of it as well.
        await home.until(lambda: not home.inside.is_syncing)
        return home

    return make


async def test_in_a_room_an_author_corrects_under_whatever_nick_and_nobody_else_does(
    make_editor, make_peer, gives_ids
):
    ann, eve = await make_peer(), await make_peer()
    room = await make_room(ann, "ann")
    home = await make_editor(gives_ids=gives_ids)
    await enter(home, room)
    say(ann, room, "one", id="m")
    await home.until_bodies(room, ["one"])
    await rename(ann, room, "bea")
    say(ann, room, "two", id="c", more=REPLACE.format("m"))
    await home.until_bodies(room, ["two"])
    await join(eve, room, "ann")
    say(eve, room, "forged", id="f", more=REPLACE.format("m"))
    await home.until_bodies(room, ["two", "forged"])
    await part(ann, room, "bea")
    await join(ann, room, "bea")
    say(ann, room, "three", id="d", more=REPLACE.format("m"))
    # Only an id outlasts that one leaves.
    await home.until_bodies(room, ["three", "forged"] if gives_ids else ["two", "forged", "three"])


async def test_ours_in_a_room_is_corrected_by_our_other_client(make_editor, make_peer):
    ann = await make_peer()
    room = await make_room(ann, "ann")
    home = await make_editor()
    await enter(home, room)
    await home.send(room, "one")
    sent = await home.until_message(room, "one", "sent")
    other = await make_peer(home.account, resource="other")
    await join(other, room, "us too")
    say(other, room, "two", id="c", more=REPLACE.format(sent.message_id))
    await home.until_bodies(room, ["two"])
    assert (await home.messages(room))[0].id == sent.id


async def test_a_long_correction_that_is_read_before_its_message_is_its_text(
    make_editor, make_peer
):
    peer = await make_peer()
    text = "long " * 10_000
    home = await make_editor(archive_page=5)
    await home.session.disconnect()
    peer.chat(home.jid, "one", id="m")
    peer.chat(home.jid, "secret", id="s")
    for number in range(8):
        peer.chat(home.jid, f"m{number}")
    peer.chat(home.jid, text, id="c", more=REPLACE.format("m"))
    peer.chat(home.jid, "retracted", id="r", more=f"<retract xmlns='{RETRACT}' id='s'/>")
    await peer.sync()
    await home.execute("DELETE FROM archive")
    await home.online()
    await home.until_message(peer.jid, text)  # until the other is here it stands for itself
    older = "server"
    while older == "server":
        home.hub.events.clear()
        _, older, _ = await home.page(peer.jid)
        if older == "server":
            (answered,) = await home.until(lambda: home.hub.of(HistoryAnswered))
            older = answered.older
    assert await home.bodies(peer.jid) == [text, "", *(f"m{number}" for number in range(8))]


async def test_what_was_changed_and_erased_stays_so_when_the_archive_brings_it(
    make_editor, make_peer
):
    peer = await make_peer()
    home = await make_editor()
    peer.chat(home.jid, "one", id="m")
    peer.chat(home.jid, "secret", id="s")
    peer.chat(home.jid, "two", id="c", more=REPLACE.format("m"))
    peer.chat(home.jid, "retracted", id="r", more=f"<retract xmlns='{RETRACT}' id='s'/>")
    await home.until_bodies(peer.jid, ["two", ""])
    await home.session.disconnect()
    # As if the archive were new to us.
    await home.execute("UPDATE archive SET cursor = '', cursor_time = 0")
    await home.execute("DELETE FROM archived")
    peer.chat(home.jid, "after")
    await peer.sync()
    await home.online()
    await home.until_bodies(peer.jid, ["two", "", "after"])
