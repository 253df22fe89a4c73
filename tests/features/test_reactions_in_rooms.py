"""Reactions in rooms (XEP-0444): by the id that the room gives, one set of each occupant."""

import pytest

from backendd.api import names
from backendd.core import inbound, xml
from backendd.core.messages import HistoryAnswered
from tests.backendd.session.rooms import (
    NICK,
    enter,
    join,
    leave,
    live_in,
    make_room,
    part,
    rename,
    say,
)
from tests.features.test_reactions import HEART, THUMB, TURTLE, heard, is_reaction, reacts

pytestmark = pytest.mark.every_server
with_ids = pytest.mark.every_server(but=["ejabberd"])  # it gives no ids of occupants


@pytest.fixture(params=[True, False], ids=["with ids", "without ids"])
def gives_ids(request):
    return request.param


@pytest.fixture
def make_inmate(make_home):
    async def make(room, *, gives_ids=True, **history):
        home = await live_in(await make_home(**history), gives_ids=gives_ids)
        await enter(home, room)
        return home

    return make


async def reacted(home, room, body="hello"):
    for message in await home.messages(room):
        if message.body == body:
            return message.more.get("reactions", {})
    return None


async def own(home, room, body="hello"):
    (said,) = [each for each in await home.messages(room) if each.body == body]
    return said.more.get("reactions_own", {})


async def until_reacted(home, room, expected, body="hello"):
    async def is_so():
        return await reacted(home, room, body) == expected

    await home.until(is_so)


async def hello(home, peer, room):
    """Return the message `hello` that the peer says."""
    say(peer, room, "hello", id="hello-id")
    message = await home.until_message(room, "hello")
    assert message.stanza_id
    return message


def react(peer, room, target, *emojis):
    reacts(peer, room, target, *emojis, type="groupchat")


async def test_theirs_names_a_message_by_the_id_of_the_room_and_shows_the_occupant(
    make_inmate, make_peer
):
    ann = await make_peer()
    room = await make_room(ann, "ann")
    home = await make_inmate(room)
    message = await hello(home, ann, room)
    react(ann, room, "hello-id", TURTLE)
    react(ann, room, message.stanza_id, THUMB)
    await until_reacted(home, room, {THUMB: [f"{room}/ann"]})


async def test_an_author_has_one_set_under_whatever_nick(make_inmate, make_peer, gives_ids):
    ann = await make_peer()
    room = await make_room(ann, "ann")
    home = await make_inmate(room, gives_ids=gives_ids)
    message = await hello(home, ann, room)
    react(ann, room, message.stanza_id, THUMB)
    await until_reacted(home, room, {THUMB: [f"{room}/ann"]})
    await rename(ann, room, "bea")
    react(ann, room, message.stanza_id, HEART)
    await until_reacted(home, room, {HEART: [f"{room}/bea"]})
    react(ann, room, message.stanza_id)
    await until_reacted(home, room, {})


async def test_who_takes_a_nick_changes_nothing_of_who_had_it(make_inmate, make_peer, gives_ids):
    ann, eve = await make_peer(), await make_peer()
    room = await make_room(ann, "ann")
    home = await make_inmate(room, gives_ids=gives_ids)
    message = await hello(home, ann, room)
    react(ann, room, message.stanza_id, THUMB)
    await part(ann, room, "ann")
    await join(eve, room, "ann")
    react(eve, room, message.stanza_id, HEART)
    both = {THUMB: [f"{room}/ann"], HEART: [f"{room}/ann"]}
    await until_reacted(home, room, both)
    react(eve, room, message.stanza_id)
    await until_reacted(home, room, {THUMB: [f"{room}/ann"]})


async def test_ours_is_under_our_occupant_and_counts_once_when_it_comes_back(
    make_inmate, make_peer, gives_ids
):
    ann = await make_peer()
    room = await make_room(ann, "ann")
    home = await make_inmate(room, gives_ids=gives_ids)
    message = await hello(home, ann, room)
    await home.call(names.MESSAGES, "react", message.id, [THUMB], {})
    assert await reacted(home, room) == {THUMB: [f"{room}/{NICK}"]}
    await ann.until(lambda: heard(ann) == [(message.stanza_id, [THUMB])])
    say(ann, room, "after")
    await home.until_message(room, "after")
    assert await reacted(home, room) == {THUMB: [f"{room}/{NICK}"]}
    (stanza,) = filter(is_reaction, ann.messages())
    assert stanza.get("type") == "groupchat"


@with_ids
async def test_what_another_client_of_ours_said_in_a_room_replaces_ours(make_inmate, make_peer):
    ann = await make_peer()
    room = await make_room(ann, "ann")
    home = await make_inmate(room)
    message = await hello(home, ann, room)
    await home.call(names.MESSAGES, "react", message.id, [THUMB], {})
    await ann.until(lambda: heard(ann) == [(message.stanza_id, [THUMB])])
    other = await make_peer(home.account, resource="other")
    await join(other, room, "us too")
    react(other, room, message.stanza_id, HEART)
    await until_reacted(home, room, {HEART: [f"{room}/us too"]})
    assert await own(home, room) == {HEART: f"{room}/us too"}


async def test_what_we_said_under_an_earlier_nick_is_known_as_ours(make_inmate, make_peer):
    ann = await make_peer()
    room = await make_room(ann, "ann")
    home = await make_inmate(room)
    message = await hello(home, ann, room)
    await home.call(names.MESSAGES, "react", message.id, [THUMB], {})
    await ann.until(lambda: heard(ann) == [(message.stanza_id, [THUMB])])  # by the first nick
    await home.call(names.ROOMS, "set_nick", room, "mole", {})
    react(ann, room, message.stanza_id, THUMB)
    await until_reacted(home, room, {THUMB: [f"{room}/{NICK}", f"{room}/ann"]})
    assert await own(home, room) == {THUMB: f"{room}/{NICK}"}
    await home.call(names.MESSAGES, "react", message.id, [], {})
    await until_reacted(home, room, {THUMB: [f"{room}/ann"]})
    assert await own(home, room) == {}


async def test_who_takes_our_nick_reacts_as_nobody_of_ours(make_inmate, make_peer, gives_ids):
    ann = await make_peer()
    room = await make_room(ann, "ann")
    home = await make_inmate(room, gives_ids=gives_ids)
    message = await hello(home, ann, room)
    await home.call(names.ROOMS, "set_nick", room, "mole", {})
    await rename(ann, room, NICK)
    react(ann, room, message.stanza_id, THUMB)
    await until_reacted(home, room, {THUMB: [f"{room}/{NICK}"]})
    assert await own(home, room) == {}


@with_ids
async def test_what_was_said_while_we_were_out_counts_where_the_room_tells_who_said_it(
    make_inmate, make_peer, gives_ids
):
    ann = await make_peer()
    room = await make_room(ann, "ann")
    home = await make_inmate(room, gives_ids=gives_ids)
    message = await hello(home, ann, room)
    await leave(home, room)
    await ann.until(lambda: "unavailable" in ann.shows_of(room))
    react(ann, room, message.stanza_id, THUMB)
    say(ann, room, "after")
    await ann.sync()
    await enter(home, room)
    await home.until_message(room, "after")
    # Anybody may have had that nick meanwhile.
    assert await reacted(home, room) == ({THUMB: [f"{room}/ann"]} if gives_ids else {})


@with_ids
async def test_one_that_is_read_before_its_message_waits_for_it(make_inmate, make_peer):
    ann = await make_peer()
    room = await make_room(ann, "ann")
    say(ann, room, "hello")
    await ann.until(lambda: "hello" in ann.bodies())
    (said,) = [each for each in ann.messages() if xml.child_text(each, xml.CLIENT, "body")]
    ((_, stanza_id),) = inbound.stanza_ids(said, room)
    for number in range(8):
        say(ann, room, f"m{number}")
    react(ann, room, stanza_id, THUMB)
    await ann.sync()
    home = await make_inmate(room, archive_page=5)
    while await reacted(home, room) is None:
        home.hub.events.clear()
        _, older, _ = await home.page(room)
        assert older == "server"
        await home.until(lambda: home.hub.of(HistoryAnswered))
    assert await reacted(home, room) == {THUMB: [f"{room}/ann"]}
