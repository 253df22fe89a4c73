"""Invitations to rooms, theirs and ours (XEP-0249, XEP-0045 7.8)."""

import asyncio

import pytest

from backendd.api import names
from backendd.api.errors import NotConnected, RoomPasswordRequired, UnknownItem, UnknownRoom
from backendd.core import xml
from backendd.features.invitations.store import MOST
from tests.backendd.session.rooms import join, make_room
from tests.lab.server import DOMAIN

pytestmark = pytest.mark.every_server

ROOMS = names.ROOMS
DIRECT = "jabber:x:conference"
OWNER = "http://jabber.org/protocol/muc#owner"


async def waiting(home):
    return await home.call(ROOMS, "invitations")


async def until_invited(home, count=1):
    async def are_there():
        found = await waiting(home)
        return (found or True) if len(found) == count else None

    return await home.until(are_there)


def direct(to, room, **said):
    attributes = "".join(f" {name}='{value}'" for name, value in said.items())
    return f"<message to='{to}'><x xmlns='{DIRECT}' jid='{room}'{attributes}/></message>"


def mediated(to, room, reason=""):
    said = f"<reason>{reason}</reason>" if reason else ""
    invite = f"<invite to='{to}'>{said}</invite>"
    return f"<message to='{room}'><x xmlns='{xml.MUC_USER}'>{invite}</x></message>"


def invitations_to(peer, namespace):
    return [each for each in peer.messages() if each.find(f"{{{namespace}}}x") is not None]


async def set_up(peer, room, **settings):
    fields = "".join(
        f"<field var='muc#roomconfig_{name}'><value>{value}</value></field>"
        for name, value in {"persistentroom": "1", **settings}.items()
    )
    form = (
        "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>"
        f"http://jabber.org/protocol/muc#roomconfig</value></field>{fields}</x>"
    )
    await peer.ask("set", room, f"<query xmlns='{OWNER}'>{form}</query>")


@pytest.fixture
async def both(make_home, make_peer):
    """A home, a peer, and a room of that peer."""
    peer = await make_peer()
    return await (await make_home()).online(), peer, await make_room(peer, "ann")


# -- theirs


async def test_a_direct_invitation_waits_until_it_is_accepted(both):
    home, peer, room = both
    peer.write(direct(home.jid, room, reason="come &#x202e;in", password="open sesame"))
    (found,) = await until_invited(home)
    assert (found.room, found.from_, found.direct) == (room, peer.jid, True)
    assert (found.reason, found.password) == ("come in", "open sesame")
    assert found.time
    message = await home.until_message(peer.jid, f"invitation to the room {room}: come in")
    assert message.type == "invite"
    await home.call(ROOMS, "accept_invitation", found.id, "me")
    assert await waiting(home) == []
    assert room in home.inside.rooms.joined
    await peer.until(lambda: f"{room}/me" in [each.get("from") for each in peer.stanzas])


async def test_a_mediated_invitation_brings_the_password_and_can_be_declined(both):
    home, peer, room = both
    await set_up(peer, room, passwordprotectedroom="1", roomsecret="sesame")
    peer.write(mediated(home.jid, room, "come in"))
    (found,) = await until_invited(home)
    assert (found.room, found.from_, found.direct) == (room, found.from_, False)
    assert found.from_ in (peer.jid, f"{room}/ann")
    assert (found.reason, found.password) == ("come in", "sesame")
    await home.call(ROOMS, "decline_invitation", found.id, "no time")
    assert await waiting(home) == []
    await peer.until(lambda: any(each.tag.endswith("}decline") for each in peer.stanzas[-1].iter()))
    (decline,) = [each for each in peer.stanzas[-1].iter() if each.tag.endswith("}decline")]
    assert decline.findtext(f"{{{xml.MUC_USER}}}reason") == "no time"


async def test_what_a_room_brings_is_asked_and_not_said_in_a_conversation_of_its_own(both):
    home, peer, room = both
    peer.write(mediated(home.jid, room, "come in"))
    await until_invited(home)
    peer.chat(home.jid, "sent")
    await home.until_message(peer.jid, "sent")
    assert await home.conversation(room) is None


async def test_an_invitation_of_ours_by_the_room_is_no_message_in_it(both, make_peer):
    home, peer, room = both
    await home.call(ROOMS, "join", room, "me")
    other = await make_peer(home.account, resource="other")
    other.write(mediated(peer.jid, room))
    await home.call(ROOMS, "invite", room, peer.jid, "", {"method": "mediated"})
    other.chat(peer.jid, "sent")
    await home.until_message(peer.jid, "sent")
    await home.session.disconnect()
    await home.online()
    await home.until(lambda: not home.inside.is_syncing)
    assert await home.bodies(room) == []


async def test_a_room_that_is_kept_but_not_entered_can_be_invited_to(both):
    home, peer, room = both
    await home.call(ROOMS, "bookmark", room, {"autojoin": False})
    peer.write(direct(home.jid, room))
    (found,) = await until_invited(home)
    assert found.room == room


async def test_a_room_is_entered_with_the_password_of_the_invitation(both):
    home, peer, room = both
    await set_up(peer, room, passwordprotectedroom="1", roomsecret="sesame")
    peer.write(direct(home.jid, room, password="wrong"))
    (found,) = await until_invited(home)
    with pytest.raises(RoomPasswordRequired):
        await home.call(ROOMS, "accept_invitation", found.id, "")
    assert await waiting(home) == [found]
    peer.write(direct(home.jid, room, password="sesame"))

    async def is_newer():
        return (await waiting(home))[0].password == "sesame"

    await home.until(is_newer)
    await home.call(ROOMS, "accept_invitation", found.id, "")
    assert room in home.inside.rooms.joined


async def test_invitations_of_one_person_to_a_room_are_one(both):
    home, peer, room = both
    peer.write(direct(home.jid, room, reason="first"))
    peer.write(direct(home.jid, room, password="sesame"))
    peer.write(direct(home.jid, room, reason="last"))
    peer.chat(home.jid, "sent all")
    await home.until_message(peer.jid, "sent all")
    (found,) = await waiting(home)
    assert (found.reason, found.password) == ("last", "sesame")


async def test_an_answer_settles_the_invitations_of_all_to_that_room(both, make_peer):
    home, peer, room = both
    other = await make_peer()
    for each in (peer, other):
        each.write(direct(home.jid, room))
    found = await until_invited(home, 2)
    await home.call(ROOMS, "accept_invitation", found[0].id, "me")
    assert await waiting(home) == []
    with pytest.raises(UnknownItem):
        await home.call(ROOMS, "accept_invitation", found[1].id, "me")


async def test_an_invitation_that_two_frontends_accept_at_the_same_moment_is_entered_once(both):
    home, peer, room = both
    peer.write(direct(home.jid, room))
    (found,) = await until_invited(home)
    await asyncio.gather(*(home.call(ROOMS, "accept_invitation", found.id, "me") for _ in range(2)))
    assert await waiting(home) == []
    assert room in home.inside.rooms.joined
    await peer.sync()
    entered = [each for each in peer.stanzas if each.get("from") == f"{room}/me"]
    assert len(entered) == 1


async def test_who_enters_the_room_otherwise_has_no_invitation_left(both):
    home, peer, room = both
    peer.write(direct(home.jid, room))
    await until_invited(home)
    await home.call(ROOMS, "join", room, "me")
    await until_invited(home, 0)
    peer.write(direct(home.jid, room))
    peer.chat(home.jid, "sent")
    await home.until_message(peer.jid, "sent")
    assert await waiting(home) == []


async def test_nobody_invites_in_the_name_of_a_room_but_the_room(both):
    home, peer, room = both
    await home.call(ROOMS, "join", room, "me")
    forged = f"<x xmlns='{xml.MUC_USER}'><invite from='boss@{DOMAIN}'/></x>"
    peer.write(f"<message to='{home.jid}'>{forged}</message>")
    peer.write(f"<message to='{room}/me' type='chat'>{forged}<body>in private</body></message>")
    peer.write(f"<message to='{room}' type='groupchat'>{forged}<body>to all</body></message>")
    await home.until_message(room, "to all")
    peer.chat(home.jid, "sent")
    await home.until_message(peer.jid, "sent")
    assert await waiting(home) == []


@pytest.mark.parametrize("address", ["", "no room", "conference.example.org", "room@x.org/nick"])
async def test_what_names_no_room_is_no_invitation(both, address):
    home, peer, _ = both
    peer.write(direct(home.jid, address))
    peer.chat(home.jid, "sent")
    await home.until_message(peer.jid, "sent")
    assert await waiting(home) == []


async def test_an_invitation_of_ours_from_another_client_asks_nobody_here(both, make_peer):
    home, peer, room = both
    other = await make_peer(home.account, resource="other")
    other.write(direct(peer.jid, room))
    await peer.until(lambda: invitations_to(peer, DIRECT))
    other.chat(peer.jid, "sent")
    await home.until_message(peer.jid, "sent")
    assert await waiting(home) == []


async def test_what_came_while_away_is_there_once_and_history_asks_nothing(both):
    home, peer, room = both
    await home.session.disconnect()
    peer.write(direct(home.jid, room, reason="while away"))
    await peer.sync()
    await home.online()
    (found,) = await until_invited(home)
    await home.call(ROOMS, "decline_invitation", found.id, "")
    await home.execute("DELETE FROM message")
    await home.execute("UPDATE archive SET cursor = '', cursor_time = 0")
    await home.session.disconnect()
    await home.online()
    home.hub.events.clear()
    await home.call(names.MESSAGES, "list", peer.jid, {})
    await home.until(lambda: not home.inside.is_syncing)
    assert await waiting(home) == []


async def test_invitations_outlive_a_restart(both):
    home, peer, room = both
    peer.write(direct(home.jid, room))
    found = await until_invited(home)
    await home.leave()
    await home.come_back()
    assert await waiting(home) == found
    with pytest.raises(NotConnected):
        await home.call(ROOMS, "accept_invitation", found[0].id, "")
    assert await waiting(home) == found


async def test_of_a_flood_the_newest_are_kept(both):
    home, peer, _ = both
    for number in range(MOST + 5):
        peer.write(direct(home.jid, f"r{number}@conference.{DOMAIN}"))
    peer.chat(home.jid, "sent")
    await home.until_message(peer.jid, "sent")
    found = await waiting(home)
    assert len(found) == MOST
    assert found[-1].room == f"r{MOST + 4}@conference.{DOMAIN}"
    assert found[0].room == f"r5@conference.{DOMAIN}"


# -- ours


async def test_we_invite_without_the_room_where_anybody_gets_in(both):
    home, peer, room = both
    await home.call(ROOMS, "invite", room, peer.jid, "do\ncome")
    await peer.until(lambda: invitations_to(peer, DIRECT))
    (message,) = invitations_to(peer, DIRECT)
    x = message.find(f"{{{DIRECT}}}x")
    assert (x.get("jid"), x.get("reason")) == (room, "do come")
    assert message.get("from").startswith(home.jid)


async def test_a_room_for_members_invites_itself_so_that_they_get_in(make_home, make_peer):
    home = await (await make_home()).online()
    room = f"{home.account}@conference.{DOMAIN}"
    await home.call(ROOMS, "join", room, "me")
    await home.call(ROOMS, "configure", room, {"muc#roomconfig_membersonly": ["1"]})
    peer = await make_peer()
    await home.call(ROOMS, "invite", room, peer.jid, "do come")
    await peer.until(lambda: invitations_to(peer, xml.MUC_USER))
    (message,) = invitations_to(peer, xml.MUC_USER)
    assert message.get("from") == room
    invite = message.find(f"{{{xml.MUC_USER}}}x/{{{xml.MUC_USER}}}invite")
    assert invite.findtext(f"{{{xml.MUC_USER}}}reason") == "do come"
    await join(peer, room, "ann")


async def test_whom_we_invite_gets_the_password_that_let_us_in(both):
    home, peer, room = both
    await set_up(peer, room, passwordprotectedroom="1", roomsecret="sesame")
    await home.call(ROOMS, "join", room, "me", {"password": "sesame"})
    await home.call(ROOMS, "invite", room, peer.jid, "")
    await peer.until(lambda: invitations_to(peer, DIRECT))
    (message,) = invitations_to(peer, DIRECT)
    assert message.find(f"{{{DIRECT}}}x").get("password") == "sesame"


@pytest.mark.every_server(but=["ejabberd"])  # only moderators invite by it
async def test_how_to_invite_can_be_said(both):
    home, peer, room = both
    await home.call(ROOMS, "join", room, "me")
    await home.call(ROOMS, "invite", room, peer.jid, "", {"method": "mediated"})
    await peer.until(lambda: invitations_to(peer, xml.MUC_USER))


async def test_nobody_is_invited_to_a_room_that_is_not_there(both):
    home, peer, room = both
    with pytest.raises(UnknownRoom):
        await home.call(ROOMS, "invite", f"nowhere-{room}", peer.jid, "")
    assert await home.count("outbox") == 0


async def test_what_is_written_while_away_goes_out_later(both):
    home, peer, room = both
    await home.session.disconnect()
    await home.call(ROOMS, "invite", room, peer.jid, "", {"method": "direct"})
    assert invitations_to(peer, DIRECT) == []
    await home.online()
    await peer.until(lambda: invitations_to(peer, DIRECT))


async def test_an_invitation_that_comes_back_is_told_and_only_by_whom_it_went_to(both, make_peer):
    home, peer, room = both
    await home.call(ROOMS, "invite", room, f"nobody@{DOMAIN}", "", {"method": "direct"})
    (warning,) = await home.until(
        lambda: [each for each in home.inside.warnings if each.word == "invitation"]
    )
    assert warning.subject == f"nobody@{DOMAIN}"
    assert room in warning.text
    await home.call(ROOMS, "invite", room, peer.jid, "", {"method": "direct"})
    await peer.until(lambda: invitations_to(peer, DIRECT))
    (sent,) = invitations_to(peer, DIRECT)
    error = "<error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
    us, stranger = home.inside.stream.full_jid, await make_peer()
    for who, name in ((stranger, sent.get("id")), (peer, "another")):
        who.write(f"<message to='{us}' type='error' id='{name}'>{error}</message>")
        who.chat(home.jid, "sent")
        await home.until_message(who.jid, "sent")
    assert [each.subject for each in home.inside.warnings] == [f"nobody@{DOMAIN}"]
    peer.write(f"<message to='{us}' type='error' id='{sent.get('id')}'>{error}</message>")
    await home.until(lambda: peer.jid in [each.subject for each in home.inside.warnings])


async def test_a_room_that_lets_us_invite_nobody_is_told_as_one(both, make_peer):
    home, peer, room = both
    await set_up(peer, room, membersonly="1", allowinvites="0")
    admin = "http://jabber.org/protocol/muc#admin"
    item = f"<item xmlns='{admin}' jid='{home.jid}' affiliation='member'/>"
    await peer.ask("set", room, f"<query xmlns='{admin}'>{item}</query>")
    await home.call(ROOMS, "join", room, "me")
    await home.call(ROOMS, "invite", room, (await make_peer()).jid, "")
    (warning,) = await home.until(
        lambda: [each for each in home.inside.warnings if each.word == "invitation"]
    )
    assert "only its admins and owners may invite there" in warning.text
