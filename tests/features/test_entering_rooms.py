"""Rooms: entered, kept over connections and restarts, left, and why one doesn't get in."""

import pytest

from backendd.api import names
from backendd.api.errors import (
    Banned,
    InvalidJid,
    MembersOnly,
    NicknameInUse,
    NotAllowed,
    NotConnected,
    NotSupported,
    RoomPasswordRequired,
    UnknownRoom,
)
from backendd.core import xml
from backendd.core.messages import RoomEntered
from backendd.store import rooms as rooms_store
from tests.backendd.session.rooms import (
    configure,
    enter,
    has_role,
    join,
    leave,
    part,
    say,
    set_role,
)
from tests.lab.server import DOMAIN

pytestmark = pytest.mark.every_server

ADMIN = "http://jabber.org/protocol/muc#admin"


@pytest.fixture
async def home(make_home):
    return await (await make_home()).online()


async def rooms(home):
    return await home.call(names.ROOMS, "list", {})


async def record(home, room):
    return next((each for each in await rooms(home) if each.room == room), None)


async def until_state(home, room, state):
    async def is_so():
        found = await record(home, room)
        return found if found is not None and found.state == state else None

    return await home.until(is_so)


def shown(peer, occupant):
    """Return what `peer` was shown of somebody in a room, in order."""
    found = [each for each in peer.stanzas if each.get("from") == occupant]
    return [each.get("type", "online") for each in found if each.tag == xml.PRESENCE]


async def nicks(home, room, **options):
    return [each.nick for each in await home.call(names.ROOMS, "occupants", room, options)]


async def until_nicks(home, room, *wanted):
    async def are_there():
        return await nicks(home, room) == list(wanted)

    await home.until(are_there)


async def affiliate(peer, room, jid, affiliation):
    item = f"<item jid='{jid}' affiliation='{affiliation}'/>"
    await peer.ask("set", room, f"<query xmlns='{ADMIN}'>{item}</query>")


async def test_a_room_that_is_joined_is_in_the_list_with_who_is_there(home, room):
    address, _ = room
    await home.call(names.ROOMS, "join", address, "me", {})
    found = await record(home, address)
    assert (found.state, found.nick, found.occupants) == ("in", "me", 2)
    assert (found.role, found.error) == ("participant", ("", ""))
    ann, us = await home.call(names.ROOMS, "occupants", address, {})
    assert (ann.nick, ann.affiliation, ann.role, ann.show) == (
        "ann",
        "owner",
        "moderator",
        "online",
    )
    assert us.nick == "me"
    conversation = await home.conversation(address)
    assert (conversation.kind, conversation.joined) == ("room", True)


async def test_a_new_room_is_made_at_once_for_members_who_see_each_other(home, make_peer):
    address = f"new-{home.account}@conference.{DOMAIN}"
    await home.call(names.ROOMS, "join", address, "me", {})
    found = await record(home, address)
    assert (found.state, found.affiliation, found.role) == ("in", "owner", "moderator")
    assert found.members_only
    assert found.nonanonymous
    stranger = await make_peer()
    stranger.write(f"<presence to='{address}/bob'><x xmlns='{xml.MUC}'/></presence>")
    await stranger.until(lambda: "error" in stranger.shows_of(address))
    info = await home.inside.disco.info(address, anew=True)
    assert "muc_persistent" in info.features


async def test_who_enters_a_room_that_was_not_there_has_made_it_and_is_told(home, room):
    address, new = room[0], f"new-{home.account}@conference.{DOMAIN}"
    await home.call(names.ROOMS, "join", new, "me", {})
    await home.call(names.ROOMS, "join", address, "me", {})
    assert (await record(home, new)).created
    assert not (await record(home, address)).created
    home.hub.events.clear()
    home.cut()
    await home.until(lambda: [each for each in home.hub.of(RoomEntered) if each.room == new])
    assert (await record(home, new)).created


async def test_a_new_room_can_be_for_everybody(home, make_peer):
    address = f"open-{home.account}@conference.{DOMAIN}"
    await home.call(names.ROOMS, "join", address, "me", {"public": True})
    found = await record(home, address)
    assert (found.members_only, found.nonanonymous) == (False, False)
    await join(await make_peer(), address, "bob")
    await until_nicks(home, address, "bob", "me")


async def test_who_gives_no_nick_gets_that_of_the_account(home, room):
    await home.call(names.ROOMS, "join", room[0], "", {})
    assert (await record(home, room[0])).nick == home.account


@pytest.mark.parametrize("room", ["conference.example.org", "a@b.c/nick", "", "a b@example.org"])
async def test_what_is_no_address_of_a_room_is_not_joined(home, room):
    with pytest.raises(InvalidJid):
        await home.call(names.ROOMS, "join", room, "me", {})
    assert await rooms(home) == []


async def test_nobody_joins_without_a_connection(make_home):
    home = await make_home()
    with pytest.raises(NotConnected):
        await home.call(names.ROOMS, "join", f"a@conference.{DOMAIN}", "me", {})
    assert await rooms(home) == []


async def test_a_password_is_asked_for_and_kept(home, room):
    address, peer = room
    await configure(peer, address, passwordprotectedroom="1", roomsecret="open sesame")
    for options in ({}, {"password": "wrong"}):
        with pytest.raises(RoomPasswordRequired):
            await home.call(names.ROOMS, "join", address, "me", options)
        assert await rooms(home) == []
    await home.call(names.ROOMS, "join", address, "me", {"password": "open sesame"})
    assert (await record(home, address)).password_protected
    await home.leave()
    await home.come_back()
    await home.online()
    await until_state(home, address, "in")


async def test_only_members_get_into_a_room_for_members(home, room):
    address, peer = room
    await configure(peer, address, membersonly="1")
    with pytest.raises(MembersOnly):
        await home.call(names.ROOMS, "join", address, "me", {})
    await affiliate(peer, address, home.jid, "member")
    await home.call(names.ROOMS, "join", address, "me", {})
    found = await record(home, address)
    assert (found.affiliation, found.members_only) == ("member", True)


async def test_who_is_banned_does_not_get_in(home, room):
    address, peer = room
    await affiliate(peer, address, home.jid, "outcast")
    with pytest.raises(Banned):
        await home.call(names.ROOMS, "join", address, "me", {})


async def test_a_nick_that_is_taken_becomes_the_next_that_is_free_and_that_is_said(home, room):
    address, _ = room
    await home.call(names.ROOMS, "join", address, "ann", {})
    assert (await record(home, address)).nick == "ann_"
    (warning,) = home.inside.warnings
    assert "ann_" in warning.text
    await until_nicks(home, address, "ann", "ann_")


async def test_who_is_in_already_gets_the_nick(home, room):
    address, peer = room
    await home.call(names.ROOMS, "join", address, "me", {})
    await home.call(names.ROOMS, "join", address, "me", {})
    await home.call(names.ROOMS, "join", address, "you", {})
    assert await nicks(home, address) == ["ann", "you"]
    assert shown(peer, f"{address}/me") == ["online", "unavailable"]


async def test_another_nick_is_had_or_the_old_one_stays(home, room):
    address, _ = room
    await home.call(names.ROOMS, "join", address, "me", {})
    with pytest.raises(NicknameInUse):
        await home.call(names.ROOMS, "set_nick", address, "ann", {})
    assert (await record(home, address)).nick == "me"
    await home.call(names.ROOMS, "set_nick", address, "you", {})
    assert (await record(home, address)).nick == "you"
    assert await nicks(home, address) == ["ann", "you"]
    await home.send(address, "still mine")
    message = await home.until_message(address, "still mine", "sent")
    assert message.direction == "out"


async def test_who_left_a_room_is_in_it_no_more_and_does_not_come_back(home, room):
    address, peer = room
    await enter(home, address)
    await leave(home, address)
    await peer.until(lambda: "unavailable" in shown(peer, f"{address}/me"))
    assert await rooms(home) == []
    assert not (await home.conversation(address)).joined
    with pytest.raises(UnknownRoom):
        await home.send(address, "still there?")
    with pytest.raises(UnknownRoom):
        await home.call(names.ROOMS, "occupants", address, {})
    await home.leave()
    await home.come_back()
    await home.online()
    assert await rooms(home) == []


async def test_who_enters_a_room_again_has_the_nick_from_before(home, room):
    address, _ = room
    await enter(home, address, "gardener")
    await leave(home, address)
    await home.call(names.ROOMS, "join", address, "", {})
    assert (await record(home, address)).nick == "gardener"
    await home.call(names.ROOMS, "set_nick", address, "digger", {})
    await leave(home, address)
    await home.call(names.ROOMS, "join", address, "", {})
    assert (await record(home, address)).nick == "digger"


async def test_the_nick_of_a_room_that_never_let_us_in_is_forgotten(home, room):
    address, peer = room
    await configure(peer, address, membersonly="1")
    with pytest.raises(MembersOnly):
        await home.call(names.ROOMS, "join", address, "other", {})
    await configure(peer, address, membersonly="0")
    await home.call(names.ROOMS, "join", address, "", {})
    assert (await record(home, address)).nick == home.account


@pytest.mark.parametrize("is_clean", [True, False])
async def test_a_room_is_entered_again_after_a_restart(home, room, is_clean):
    address, peer = room
    await enter(home, address)
    await (home.leave() if is_clean else home.crash())
    say(peer, address, "meanwhile")
    await peer.sync()
    await home.come_back()
    assert (await record(home, address)).state == "waiting"
    await home.send(address, "in time")
    await home.online()
    await until_state(home, address, "in")
    assert await nicks(home, address) == ["ann", "me"]
    await home.until_message(address, "in time", "sent")
    await home.until_message(address, "meanwhile", "unread")
    assert sorted(await home.bodies(address)) == ["in time", "meanwhile"]
    await peer.until(lambda: peer.bodies().count("in time") == 1)


async def test_a_connection_that_is_resumed_has_us_still_in(home, room):
    address, peer = room
    await enter(home, address)
    home.hub.events.clear()
    home.cut()
    await until_state(home, address, "in")
    assert shown(peer, f"{address}/me") == ["online"]
    assert await nicks(home, address) == ["ann", "me"]


async def test_who_comes_and_goes_is_known(home, room, make_peer):
    address, _ = room
    await enter(home, address)
    bob = await make_peer()
    await join(bob, address, "Bob")
    await until_nicks(home, address, "ann", "Bob", "me")
    assert await nicks(home, address, prefix="b") == ["Bob"]
    assert await nicks(home, address, limit=1, after="ann") == ["Bob"]
    await part(bob, address, "Bob")
    await until_nicks(home, address, "ann", "me")
    assert (await record(home, address)).occupants == 2


async def test_who_is_kicked_stays_out_and_knows_why(home, room):
    address, peer = room
    await enter(home, address)
    await set_role(peer, address, "me", "none", "enough")
    found = await until_state(home, address, "out")
    assert "enough" in found.error[1]
    assert found.occupants == 0

    async def is_left():
        return not await home.inside.store.read(lambda view: rooms_store.is_wanted(view, address))

    await home.until(is_left)
    with pytest.raises(UnknownRoom):
        await home.send(address, "still there?")
    await home.leave()
    await home.come_back()
    await home.online()
    assert (await record(home, address)).state == "out"
    await enter(home, address)
    assert (await record(home, address)).error == ("", "")


async def test_who_is_banned_is_out_and_knows_that(home, room):
    address, peer = room
    await enter(home, address)
    await affiliate(peer, address, home.jid, "outcast")

    async def is_banned():
        return (await record(home, address)).error[0] == "Banned"

    await home.until(is_banned)


async def test_who_was_banned_hears_how_and_not_only_that_members_get_in(home, room):
    address, peer = room
    await enter(home, address)
    await affiliate(peer, address, home.jid, "outcast")

    async def banned():
        found = (await record(home, address)).error
        return found[1] if found[0] == "Banned" else ""

    said = await home.until(banned)
    assert "you were banned from" in said
    await configure(peer, address, membersonly="1")
    for _ in range(2):
        with pytest.raises(Banned) as refused:
            await enter(home, address)
        assert str(refused.value) == said
        assert await home.until(banned) == said
        await home.leave()
        await home.come_back()
        await home.online()


async def test_nothing_is_said_to_a_room_that_was_never_joined(home, room, make_peer):
    _, peer = room
    await home.call(names.ROOMS, "join", f"other-{home.account}@conference.{DOMAIN}", "me", {})
    with pytest.raises(UnknownRoom):
        await home.send(f"third-{home.account}@conference.{DOMAIN}", "hello?")
    await home.send(peer.jid, "you")
    await peer.until(lambda: peer.bodies() == ["you"])


async def test_somebody_is_no_room_and_can_be_talked_to_as_before(home, make_peer):
    peer = await make_peer()
    with pytest.raises(NotSupported, match="isn't a room"):
        await home.call(names.ROOMS, "join", peer.jid, "me", {})
    assert peer.jid not in [each.room for each in await home.call(names.ROOMS, "list", {})]
    await home.send(peer.jid, "you")
    await peer.until(lambda: peer.bodies() == ["you"])


async def test_who_may_be_there_as_a_member_alone_is_out_once_he_is_none(home, room):
    address, peer = room
    await affiliate(peer, address, home.jid, "member")
    await configure(peer, address, membersonly="1")
    await enter(home, address)
    await affiliate(peer, address, home.jid, "none")
    found = await until_error(home, address, "MembersOnly")
    assert found.state == "out"


async def until_error(home, room, name):
    async def is_told():
        found = await record(home, room)
        return found if found.error[0] == name else None

    return await home.until(is_told)


# No room of Prosody 0.12 keeps visitors at their nicks.
@pytest.mark.every_server(but=["prosody"])
async def test_a_room_that_lets_visitors_change_no_nick_is_told_as_that_and_not_as_a_ban(
    make_inmate, room
):
    address, peer = room
    home = await make_inmate()
    await configure(peer, address, moderatedroom="1", allowvisitornickchange="0")
    await set_role(peer, address, "me", "visitor")
    await home.until(lambda: has_role(home, address, "visitor"))
    with pytest.raises(NotAllowed, match="doesn't let you change your nick"):
        await home.call(names.ROOMS, "set_nick", address, "mole", {})
    await home.until(lambda: has_role(home, address, "visitor"))  # and is there still
