"""Rooms administered: roles, affiliations, configuration and their end (XEP-0045 8 to 10)."""

import pytest

from backendd.api import names
from backendd.api.errors import (
    FormRejected,
    InvalidArgument,
    NotAllowed,
    NotConnected,
    UnknownItem,
    UnknownRoom,
)
from backendd.core import disco, xml
from tests.backendd.session.rooms import has_role, join, make_room
from tests.lab.server import DOMAIN

pytestmark = pytest.mark.every_server

ROOMS = names.ROOMS


@pytest.fixture
async def ours(make_home, make_peer):
    """A room of ours, in which a peer is as `ann`."""
    home = await (await make_home()).online()
    room = f"{home.account}@conference.{DOMAIN}"
    await home.call(ROOMS, "join", room, "me", {"public": True})
    peer = await make_peer()
    await join(peer, room, "ann")
    return home, room, peer


@pytest.fixture
async def theirs(make_home, make_peer):
    """A room of a peer, in which we are."""
    peer = await make_peer()
    room = await make_room(peer, "ann")
    home = await (await make_home()).online()
    await home.call(ROOMS, "join", room, "me")
    return home, room, peer


def said_of(peer, address):
    """Return what a room has said last of an occupant: what they are, the codes and the reason."""
    for stanza in reversed(peer.stanzas):
        x = stanza.find(f"{{{xml.MUC_USER}}}x")
        if stanza.tag == xml.PRESENCE and stanza.get("from") == address and x is not None:
            item = x.find(f"{{{xml.MUC_USER}}}item")
            codes = {each.get("code") for each in x.iterfind(f"{{{xml.MUC_USER}}}status")}
            reason = item.findtext(f"{{{xml.MUC_USER}}}reason") or ""
            return item.get("role"), item.get("affiliation"), codes, reason
    return None


async def affiliations(home, room, affiliation):
    found = await home.call(ROOMS, "affiliations", room, affiliation)
    return [(each.jid, each.affiliation) for each in found]


async def test_who_loses_all_roles_has_to_leave_and_is_told_why(ours):
    home, room, peer = ours
    await home.call(ROOMS, "set_role", room, "ann", "none", "too\nloud")
    await peer.until(lambda: "unavailable" in peer.shows_of(room))
    role, _, codes, reason = said_of(peer, f"{room}/ann")
    assert (role, reason) == ("none", "too loud")
    assert "307" in codes


async def test_a_role_lets_an_occupant_do_more_or_less(ours):
    home, room, peer = ours
    for role in ("moderator", "visitor", "participant"):
        await home.call(ROOMS, "set_role", room, "ann", role, "")
        await peer.until(lambda role=role: said_of(peer, f"{room}/ann")[0] == role)


async def test_an_affiliation_is_given_listed_and_taken_back(ours):
    home, room, peer = ours
    for affiliation in ("member", "admin", "outcast"):
        await home.call(ROOMS, "set_affiliation", room, peer.jid, affiliation, "for a reason")
        assert (peer.jid, affiliation) in await affiliations(home, room, affiliation)
    await peer.until(lambda: "301" in said_of(peer, f"{room}/ann")[2])
    assert await affiliations(home, room, "") == [(home.jid, "owner"), (peer.jid, "outcast")]
    await home.call(ROOMS, "set_affiliation", room, peer.jid, "none", "")
    assert await affiliations(home, room, "") == [(home.jid, "owner")]
    await join(peer, room, "ann")


async def test_who_is_not_there_is_no_occupant(ours):
    home, room, _ = ours
    with pytest.raises(UnknownItem, match="has this nick"):
        await home.call(ROOMS, "set_role", room, "bob", "none", "")


@pytest.mark.every_server(but=["ejabberd"])  # whoever asks there has it made
async def test_what_is_not_there_is_no_room(ours):
    home, room, _ = ours
    with pytest.raises(UnknownRoom, match="there is no room"):
        await home.call(ROOMS, "configuration", f"nowhere-{room}")


async def test_what_a_room_forbids_is_said_with_who_may_do_it(theirs):
    home, room, peer = theirs
    with pytest.raises(NotAllowed, match="moderators"):
        await home.call(ROOMS, "set_role", room, "ann", "none", "")
    with pytest.raises(NotAllowed, match="admins and owners"):
        await home.call(ROOMS, "set_affiliation", room, peer.jid, "outcast", "")
    with pytest.raises(NotAllowed, match="owners"):
        await home.call(ROOMS, "configuration", room)
    with pytest.raises(NotAllowed, match="owners"):
        await home.call(ROOMS, "destroy", room, "")
    assert said_of(peer, f"{room}/ann")[1] == "owner"


async def test_a_moderator_does_not_make_an_owner_leave(theirs):
    home, room, peer = theirs
    item = "<item xmlns='http://jabber.org/protocol/muc#admin' nick='me' role='moderator'/>"
    query = f"<query xmlns='http://jabber.org/protocol/muc#admin'>{item}</query>"
    await peer.ask("set", room, query)
    with pytest.raises(NotAllowed, match="somebody above them"):
        await home.call(ROOMS, "set_role", room, "ann", "none", "")


async def test_a_room_keeps_an_owner(ours):
    home, room, _ = ours
    with pytest.raises(NotAllowed):
        await home.call(ROOMS, "set_affiliation", room, home.jid, "member", "")
    assert await affiliations(home, room, "owner") == [(home.jid, "owner")]


async def test_only_words_that_rooms_know_are_asked_for(ours):
    home, room, peer = ours
    with pytest.raises(InvalidArgument):
        await home.call(ROOMS, "set_role", room, "ann", "king", "")
    with pytest.raises(InvalidArgument):
        await home.call(ROOMS, "set_affiliation", room, peer.jid, "king", "")


async def test_the_form_of_a_room_is_filled_in_and_what_is_not_answered_stays(ours):
    home, room, peer = ours
    form = await home.call(ROOMS, "configuration", room)
    fields = {each.var: each for each in form.fields}
    assert fields["muc#roomconfig_roomname"].label
    before = fields["muc#roomconfig_persistentroom"].values
    answers = {"muc#roomconfig_roomname": ["The Den"], "muc#roomconfig_moderatedroom": ["1"]}
    await home.call(ROOMS, "configure", room, answers)
    form = await home.call(ROOMS, "configuration", room)
    fields = {each.var: each for each in form.fields}
    assert fields["muc#roomconfig_roomname"].values == ["The Den"]
    assert fields["muc#roomconfig_persistentroom"].values == before
    info = disco.decode_info(
        (await peer.ask("get", room, f"<query xmlns='{disco.INFO}'/>")).find(disco.QUERY)
    )
    assert "muc_moderated" in info.features


async def test_an_answer_that_a_form_does_not_take_is_told_and_changes_nothing(ours):
    home, room, _ = ours
    with pytest.raises(FormRejected, match="muc#roomconfig_moderatedroom"):
        await home.call(ROOMS, "configure", room, {"muc#roomconfig_moderatedroom": ["perhaps"]})
    with pytest.raises(FormRejected, match="no such field"):
        await home.call(ROOMS, "configure", room, {"colour": ["red"]})


async def test_a_destroyed_room_tells_why_and_where_it_goes_on(ours):
    home, room, peer = ours
    other = f"other-{room}"
    await home.call(ROOMS, "destroy", room, "too small", {"alternate": other})
    await peer.until(lambda: "unavailable" in peer.shows_of(room))
    (destroyed,) = [each for each in peer.stanzas[-1].iter() if each.tag.endswith("}destroy")]
    assert destroyed.get("jid") == other
    assert destroyed.findtext(f"{{{xml.MUC_USER}}}reason") == "too small"


async def test_a_room_is_administered_on_a_connection_only(ours):
    home, room, _ = ours
    await home.session.disconnect()
    with pytest.raises(NotConnected):
        await home.call(ROOMS, "set_role", room, "ann", "none", "")


async def test_who_may_only_read_asks_to_speak_and_is_let(ours, make_home):
    home, room, _ = ours
    await home.call(ROOMS, "configure", room, {"muc#roomconfig_moderatedroom": ["1"]})
    visitor = await (await make_home()).online()
    await visitor.call(ROOMS, "join", room, "vic", {})
    await home.call(ROOMS, "set_role", room, "vic", "visitor", "")
    await visitor.until(lambda: has_role(visitor, room, "visitor"))
    await visitor.call(ROOMS, "request_voice", room)
    asked = await home.until_message(room, "vic asks to speak")
    assert (asked.direction, asked.type) == ("in", "system")
    ours_of_it = await visitor.until_message(room, "asks to speak", "sent")
    assert (ours_of_it.direction, ours_of_it.type) == ("out", "system")
    await home.call(ROOMS, "set_role", room, "vic", "participant", "")
    await visitor.until(lambda: has_role(visitor, room, "participant"))


async def test_one_asks_to_speak_only_where_one_is(make_home):
    home = await (await make_home()).online()
    with pytest.raises(UnknownRoom):
        await home.call(ROOMS, "request_voice", f"nowhere@conference.{DOMAIN}")
