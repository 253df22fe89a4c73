"""Private conversations with occupants of rooms: apart from the room, and from everybody else."""

import pytest

from backendd.api import names
from backendd.api.errors import UnknownRoom
from backendd.core import xml
from backendd.core.messages import HistoryAnswered
from tests.backendd.session.rooms import join, leave, part, say

pytestmark = pytest.mark.every_server


async def kinds(home):
    found = await home.call(names.MESSAGES, "conversations", {})
    return {each.peer: each.kind for each in found}


def said(peer, body):
    """Return the stanza with which this came to `peer`."""
    (found,) = [
        each for each in peer.messages() if xml.child_text(each, xml.CLIENT, "body") == body
    ]
    return found


async def test_what_an_occupant_says_to_us_alone_is_apart_from_the_room(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    peer.chat(f"{address}/me", "between us")
    say(peer, address, "to all")
    heard = await home.until_message(f"{address}/ann", "between us", "unread")
    assert (heard.kind, heard.sender) == ("private", f"{address}/ann")
    await home.until_bodies(address, ["to all"])
    assert await kinds(home) == {address: "room", f"{address}/ann": "private"}


async def test_what_we_say_to_an_occupant_reaches_nobody_else(make_inmate, make_peer, room):
    address, peer = room
    home, other = await make_inmate(), await make_peer()
    await join(other, address, "bob")
    await home.send(f"{address}/ann", "between us")
    told = await home.until_message(f"{address}/ann", "between us", "sent")
    await peer.until(lambda: "between us" in peer.bodies())
    assert (told.kind, told.sender) == ("private", f"{address}/me")
    assert await home.bodies(address) == []
    stanza = said(peer, "between us")
    assert (stanza.get("type"), stanza.get("from")) == ("chat", f"{address}/me")
    assert xml.child(stanza, xml.MUC_USER, "x") is not None
    await other.sync()
    assert other.bodies() == []


async def test_a_person_is_the_same_on_each_client(make_inmate, room):
    _, peer = room
    home = await make_inmate()
    assert await home.call(names.MESSAGES, "open", f"{peer.jid}/phone", {}) == peer.jid
    await home.send(f"{peer.jid}/phone", "hello")
    await peer.until(lambda: "hello" in peer.bodies())
    assert said(peer, "hello").get("to") == peer.jid
    assert (await kinds(home))[peer.jid] == "chat"


@pytest.mark.parametrize("is_inside", [True, False])
async def test_what_can_not_be_said_to_an_occupant_has_failed(make_inmate, room, is_inside):
    address, _ = room
    home = await make_inmate()
    await home.send(f"{address}/ann", "from inside")
    await home.until_message(f"{address}/ann", "from inside", "sent")
    if not is_inside:
        await leave(home, address)
        with pytest.raises(UnknownRoom):
            await home.send(f"{address}/ann", "lost")
        return
    await home.send(f"{address}/nobody", "lost")
    failed = await home.until_message(f"{address}/nobody", "lost", "failed")
    assert failed.kind == "private"
    assert failed.error[1]


async def test_a_private_conversation_is_drafted_opened_and_closed_for_itself(make_inmate, room):
    address, _ = room
    home, ann = await make_inmate(), f"{room[0]}/ann"
    await home.call(names.MESSAGES, "set_draft", ann, "not yet", {})
    assert await home.call(names.MESSAGES, "open", ann, {}) == ann
    drafted = await home.conversation(ann)
    assert (drafted.kind, drafted.draft) == ("private", "not yet")
    assert not (await home.conversation(address)).draft
    await home.call(names.MESSAGES, "close", ann, {})
    assert await kinds(home) == {address: "room"}


async def test_a_private_conversation_is_known_for_one_after_a_restart(make_inmate, room):
    address, peer = room
    home, ann = await make_inmate(), f"{room[0]}/ann"
    await home.call(names.MESSAGES, "open", ann, {})
    await home.crash()
    await home.come_back()
    await home.send(ann, "are you there?")
    assert (await home.until_message(ann, "are you there?", "pending")).kind == "private"
    await home.online()
    await peer.until(lambda: "are you there?" in peer.bodies())
    assert await kinds(home) == {address: "room", ann: "private"}


async def test_what_another_client_of_ours_says_to_an_occupant_is_private_here_as_well(
    make_inmate, make_peer, room
):
    address, _ = room
    home = await make_inmate()
    client = await make_peer(home.account, resource="other")
    await join(client, address, "another")
    client.chat(f"{address}/ann", "between us", id="1")
    copied = await home.until_message(f"{address}/ann", "between us", "sent")
    assert (copied.kind, copied.direction) == ("private", "out")
    assert copied.sender == f"{address}/me"
    assert await kinds(home) == {address: "room", f"{address}/ann": "private"}


async def test_no_person_becomes_an_occupant_by_an_invitation(make_home, make_peer):
    home, peer = await make_home(), await make_peer()
    await home.online()
    invite = "<x xmlns='http://jabber.org/protocol/muc#user'><invite from='a@b.c'/></x>"
    peer.write(f"<message to='{home.jid}' type='normal'>{invite}</message>")
    await home.until(lambda: kinds(home))
    assert await kinds(home) == {peer.jid: "chat"}


async def test_what_the_archive_has_of_a_private_conversation_is_read_back_there(
    make_inmate, make_home, room
):
    address, peer = room
    home, ann = await make_inmate(), f"{room[0]}/ann"
    bodies = [f"alone {number}" for number in range(6)]
    for body in bodies:
        peer.chat(f"{address}/me", body)
        await home.until_message(ann, body)
        say(peer, address, f"not {body}")
    await home.send(ann, "said back")
    await home.until_message(ann, "said back", "sent")
    fresh = await make_home(home.account, archive_page=2)
    await fresh.online()
    older = "server"
    while older == "server":
        fresh.hub.events.clear()
        _, older, _ = await fresh.page(ann)
        if older == "server":
            (answered,) = await fresh.until(lambda: fresh.hub.of(HistoryAnswered))
            older = answered.older
    assert older == "end"
    assert await fresh.bodies(ann) == [*bodies, "said back"]
    # Nobody here knows by which nick that was said.
    assert (await fresh.messages(ann))[-1].sender == fresh.jid
    assert await kinds(fresh) == {ann: "private"}


@pytest.mark.every_server(but=["ejabberd"])  # brings only who was invited by the room
async def test_what_a_room_says_to_us_while_we_are_out_is_in_its_conversation(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    await leave(home, address)
    await peer.until(lambda: peer.shows_of(address).count("unavailable") == 1)
    decline = f"<decline to='{home.jid}'><reason>no time</reason></decline>"
    peer.write(
        f"<message to='{address}'><x xmlns='http://jabber.org/protocol/muc#user'>{decline}</x>"
        "</message>"
    )
    said = await home.until_message(
        address, f"{peer.jid} declines the invitation to this room: no time"
    )
    assert said.kind == "room"


async def test_who_invited_is_a_room_once_we_are_in_it(make_inmate, make_home, room):
    address, _ = room
    home = await make_home()
    await home.call(names.MESSAGES, "open", address, {})
    assert (await home.conversation(address)).kind == "chat"
    await make_inmate(home)
    entered = await home.conversation(address)
    assert (entered.kind, entered.notify, entered.typing_out) == ("room", "mentions", False)


async def test_what_is_said_to_an_occupant_who_has_gone_finds_nobody_of_this_nick(
    make_inmate, make_peer, room
):
    address, _ = room
    home, other = await make_inmate(), await make_peer()
    await join(other, address, "bob")
    other.chat(f"{address}/me", "bye")
    await home.until_message(f"{address}/bob", "bye")
    await part(other, address, "bob")
    await home.send(f"{address}/bob", "wait")
    failed = await home.until_message(f"{address}/bob", "wait", "failed")
    assert failed.error[0] == "UnknownItem"
    assert "nobody in the room has this nick" in failed.error[1]
