"""Rooms in which we are: what they say of themselves, and that they have us still."""

import asyncio
from dataclasses import replace

import pytest

from backendd.api import names
from backendd.api.errors import NotAllowed, TooLarge
from backendd.core import clock, xml
from backendd.session.missing import Patience
from backendd.store import doubts
from tests.backendd.session.rooms import arriving, configure, deaf, enter, live_in, say
from tests.backendd.session.test_answers import until_states

pytestmark = pytest.mark.every_server

SUBJECT = "<message to='{}' type='groupchat'><subject>{}</subject></message>"
# Pauses alone are short: what a server is asked may take as long as ever.
QUICK = Patience(short_s=0.05)
WATCHFUL = replace(QUICK, room_s=0.2)


@pytest.fixture
async def home(make_home):
    return await (await make_home()).online()


async def record(home, room):
    found = await home.call(names.ROOMS, "list", {})
    return next((each for each in found if each.room == room), None)


async def until(home, room, condition):
    async def is_so():
        found = await record(home, room)
        return found if found is not None and condition(found) else None

    return await home.until(is_so)


def mute():
    """Return an order in which as well is lost what a room says of what it doesn't take."""
    order = deaf()
    stages = [replace(stage, find=without_errors(stage.find)) for stage in order.messages]
    return replace(order, messages=tuple(stages))


def without_errors(find):
    return lambda context, envelope: None if envelope.is_error else find(context, envelope)


async def forgotten(make_home, room, patience=QUICK, order=None):
    """Return a home that the room has let go without a word."""
    home = await make_home()
    home.patience = patience
    await live_in(home, inbound=order or deaf())
    await enter(home, room)
    return home


def let_go(home, room):
    home.inside.stream.send(
        xml.element(xml.CLIENT, "presence", {"to": f"{room}/me", "type": "unavailable"})
    )


async def test_the_subject_is_known_with_who_set_it(home, room):
    address, peer = room
    peer.write(SUBJECT.format(address, "first"))
    await home.call(names.ROOMS, "join", address, "me", {})
    found = await until(home, address, lambda room: room.subject)
    assert (found.subject, found.subject_by) == ("first", "ann")
    peer.write(SUBJECT.format(address, "second"))
    await until(home, address, lambda room: room.subject == "second")
    assert await home.bodies(address) == []


async def test_when_the_subject_was_set_is_told_of_one_that_was_set_while_we_are_there(home, room):
    address, peer = room
    peer.write(SUBJECT.format(address, "first"))
    await peer.until(lambda: any("first" in xml.written(each) for each in peer.stanzas))
    await enter(home, address)
    found = await until(home, address, lambda room: room.subject == "first")
    assert found.subject_time == 0
    before = clock.now_us()
    peer.write(SUBJECT.format(address, "second"))
    found = await until(home, address, lambda room: room.subject == "second")
    assert before <= found.subject_time <= clock.now_us()
    await home.call(names.ROOMS, "leave", address, {})
    await enter(home, address)
    found = await until(home, address, lambda room: room.subject == "second")
    assert found.subject_time == 0


async def test_what_has_a_body_as_well_changes_no_subject(home, room):
    address, peer = room
    await enter(home, address)
    peer.write(
        f"<message to='{address}' type='groupchat'><subject>no</subject><body>said</body></message>"
    )
    await home.until(lambda: home.bodies(address))
    assert (await record(home, address)).subject == ""


async def test_a_subject_is_set_where_the_room_allows_it(home, room):
    address, peer = room
    await configure(peer, address, changesubject="1")
    await enter(home, address)
    await home.call(names.ROOMS, "set_subject", address, "ours", {})
    found = await record(home, address)
    assert (found.subject, found.subject_by) == ("ours", "me")
    await home.call(names.ROOMS, "set_subject", address, "", {})
    assert (await record(home, address)).subject == ""


async def test_what_a_room_is_about_already_is_set_at_once_for_it_may_tell_nobody_again(home, room):
    address, peer = room
    await configure(peer, address, changesubject="1")
    await enter(home, address)
    for _ in range(2):
        await home.call(names.ROOMS, "set_subject", address, "ours", {})
    peer.write(SUBJECT.format(address, "theirs"))
    await until(home, address, lambda room: room.subject == "theirs")
    for subject in ("theirs", "ours", " ours "):
        await home.call(names.ROOMS, "set_subject", address, subject, {})
        assert (await record(home, address)).subject == subject.strip()


async def test_a_subject_that_the_room_refuses_is_refused(home, room):
    address, peer = room
    await configure(peer, address, changesubject="0")
    await enter(home, address)
    with pytest.raises(NotAllowed, match="only moderators may change the subject of"):
        await home.call(names.ROOMS, "set_subject", address, "ours", {})
    with pytest.raises(TooLarge):
        await home.call(names.ROOMS, "set_subject", address, "x" * 5000, {})


async def test_a_subject_without_end_is_cut(home, room):
    address, peer = room
    await enter(home, address)
    peer.write(SUBJECT.format(address, "x" * 30_000))
    found = await until(home, address, lambda room: room.subject)
    assert (len(found.subject), found.subject[-1]) == (4001, "…")


async def test_a_room_that_becomes_another_is_known_for_what_it_is(home, room):
    address, peer = room
    await configure(peer, address, whois="moderators")
    await enter(home, address)
    assert not (await record(home, address)).nonanonymous
    await configure(peer, address, whois="anyone", roomname="Hall", moderatedroom="1")
    found = await until(home, address, lambda room: room.nonanonymous)
    assert (found.name, found.moderated) == ("Hall", True)
    assert (await home.conversation(address)).name == "Hall"


async def test_what_we_say_in_a_room_is_said_by_us_as_its_occupant(home, room):
    address, _ = room
    await enter(home, address)
    await home.send(address, "hello")
    said = await home.until_message(address, "hello", "sent")
    assert (said.sender, said.direction) == (f"{address}/me", "out")


async def test_a_room_that_has_let_us_go_without_a_word_is_entered_again(make_home, room):
    address, peer = room
    home = await forgotten(make_home, address, WATCHFUL)
    let_go(home, address)
    await peer.until(lambda: "unavailable" in peer.shows_of(address))
    say(peer, address, "missed")
    await home.until_message(address, "missed", "unread")
    await until(home, address, lambda room: room.state == "in")
    assert await home.bodies(address) == ["missed"]


async def test_what_a_room_does_not_take_from_outside_is_said_again_inside(make_home, room):
    address, peer = room
    home = await forgotten(make_home, address)
    let_go(home, address)
    await peer.until(lambda: "unavailable" in peer.shows_of(address))
    await home.send(address, "hello")
    await home.until_message(address, "hello", "sent")
    await peer.until(lambda: peer.bodies() == ["hello"])
    assert await home.count("outbox") == 0


async def test_a_room_is_asked_for_us_where_what_we_said_does_not_come_back(make_home, room):
    address, peer = room
    home = await forgotten(make_home, address, order=mute())
    let_go(home, address)
    await peer.until(lambda: "unavailable" in peer.shows_of(address))
    await home.send(address, "hello")
    await until_states(home, "accepted")
    await home.inside.store.write(lambda ledger: doubts.expire(ledger, patience_us=0))
    await home.until_message(address, "hello", "sent")
    await peer.until(lambda: peer.bodies() == ["hello"])
    assert await home.count("outbox") == 0


async def test_a_room_is_told_how_the_user_is_to_be_seen(home, room):
    address, peer = room
    await enter(home, address)
    home.inside.profile = replace(home.inside.profile, show="away", status="at lunch")
    home.inside.announce()
    await peer.until(lambda: "away" in peer.shows_of(address))

    async def is_shown():
        (us,) = await home.call(names.ROOMS, "occupants", address, {"prefix": "me"})
        return (us.show, us.status) == ("away", "at lunch")

    await home.until(is_shown)


async def test_a_room_is_told_what_changed_of_that_while_there_was_no_connection(home, room):
    address, peer = room
    await enter(home, address)
    home.cut()
    home.inside.profile = replace(home.inside.profile, show="dnd")
    await peer.until(lambda: "dnd" in peer.shows_of(address))


async def test_who_wants_in_twice_comes_in_once(home, room):
    address, peer = room
    await asyncio.gather(*(home.call(names.ROOMS, "join", address, "me", {}) for _ in range(3)))
    await peer.sync()
    assert len([each for each in peer.stanzas if each.get("from") == f"{address}/me"]) == 1


async def test_a_room_that_has_us_still_is_left_alone(make_home, room):
    address, peer = room
    home = await make_home()
    home.patience = replace(QUICK, room_s=0.01)
    await live_in(home)
    await enter(home, address)
    asked = []
    request = home.inside.stream.request

    async def counted(kind, to, payload, **options):
        answer = await request(kind, to, payload, **options)
        if payload.tag == "{urn:xmpp:ping}ping":
            asked.append(to)
            home.hub.changed.set()
        return answer

    home.inside.stream.request = counted
    await home.until(lambda: len(asked) > 2)
    assert set(asked) == {f"{address}/me"}
    assert (await record(home, address)).state == "in"
    shown = [each for each in peer.stanzas if each.get("from") == f"{address}/me"]
    assert len(shown) == 1


@pytest.mark.every_server(but=["ejabberd"])  # its form has another word for it
async def test_a_room_without_an_archive_tells_what_was_missed_once(make_home, room):
    address, peer = room
    await configure(peer, address, enablearchiving="0")
    home = await (await make_home()).online()
    await enter(home, address)
    assert xml.MAM not in (await home.inside.disco.info(address)).features
    say(peer, address, "before", id="1")
    await home.until_message(address, "before", "unread")
    await home.send(address, "ours")
    await home.until_message(address, "ours", "sent")
    await home.leave()
    say(peer, address, "missed", id="2")
    await peer.sync()
    await home.come_back()
    await home.online()
    await home.until_message(address, "missed", "unread")
    say(peer, address, "after", id="3")
    await home.until_message(address, "after", "unread")
    assert await home.bodies(address) == ["before", "ours", "missed", "after"]


async def test_a_bot_that_repeats_the_id_it_answers_is_heard(home, room):
    address, peer = room
    await enter(home, address)
    await home.send(address, "!help")
    said = await home.until_message(address, "!help", "sent")
    say(peer, address, "there is none", id=said.message_id)
    await home.until_message(address, "there is none", "unread")
    assert await home.bodies(address) == ["!help", "there is none"]


@pytest.mark.parametrize("nick", ["🍺", "👩‍💻", "ann\u200d", "\u0430nn"])
async def test_occupants_have_whatever_nick_the_room_takes(home, room, make_peer, nick):
    address, _ = room
    await enter(home, address)
    other = await make_peer()
    other.write(f"<presence to='{address}/{nick}'><x xmlns='{xml.MUC}'/></presence>")
    await other.until(lambda: other.shows_of(address))
    if "error" in other.shows_of(address):
        return  # the room doesn't take it
    say(other, address, "hello")
    message = await home.until_message(address, "hello", "unread")
    room_of, _, written = message.sender.partition("/")
    found = await home.call(names.ROOMS, "occupants", address, {})
    assert room_of == address
    assert written in {each.nick for each in found}


async def test_nobody_else_becomes_us_whatever_is_said_of_them(home, room):
    address, _ = room
    await enter(home, address)
    forged = arriving(address, 1)
    forged[0].append(xml.element(xml.MUC_USER, "status", {"code": "110"}))
    gone = xml.element(xml.CLIENT, "presence", {"from": f"{address}/n1", "type": "unavailable"})
    gone.append(forged[0])
    for each in (forged, gone):
        opened = home.inside.inbound.open(home.inside.context(), [each])
        await home.inside.store.write(
            lambda ledger, opened=opened: home.inside.inbound.run(
                ledger, home.inside.context(), opened
            )
        )
        found = await record(home, address)
        assert (found.state, found.nick) == ("in", "me")
    await home.send(address, "still me")
    await home.until_message(address, "still me", "sent")
