"""Occupants whom the user ignores: nothing of them is news, under any nick."""

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument, NotSupported, UnknownItem
from backendd.core import xml
from backendd.core.ignoring import IgnoredChanged
from backendd.core.messages import MessagesChanged
from tests.backendd.session.rooms import NICK, enter, join, leave, live_in, rename, say

# An ejabberd of this version gives no ids of occupants, so nobody can be ignored there.
pytestmark = pytest.mark.every_server(but=["ejabberd"])

REACTION = "<reactions xmlns='urn:xmpp:reactions:0' id='{}'><reaction>👍</reaction></reactions>"
TYPING = f"<composing xmlns='{xml.CHAT_STATES}'/>"


@pytest.fixture
async def eve(make_peer, room):
    """Somebody else in the room."""
    eve = await make_peer()
    await join(eve, room[0], "eve")
    return eve


async def id_of(home, room, nick):
    async def found():
        listed = await home.call(names.ROOMS, "occupants", room, {})
        return [each.occupant_id for each in listed if each.nick == nick]

    return (await home.until(found))[0]


async def ignore(home, room, nick):
    occupant_id = await id_of(home, room, nick)
    await home.call(names.ROOMS, "ignore", room, occupant_id, {})
    return occupant_id


async def seen(home, peer):
    """Return what is to be seen of a conversation, and what isn't."""
    found = await home.messages(peer)
    return (
        [each.body for each in found if not each.more.get("ignored")],
        [each.body for each in found if each.more.get("ignored")],
    )


async def test_what_an_ignored_occupant_says_is_no_news_under_any_nick(make_inmate, room, eve):
    address, ann = room
    home = await make_inmate()
    occupant_id = await ignore(home, address, "eve")
    say(eve, address, f"listen, {NICK}!")
    await rename(eve, address, "adam")
    say(eve, address, "it is me")
    eve.chat(f"{address}/{NICK}", "to you alone")
    await eve.sync()
    say(ann, address, "hello")
    await home.until_message(address, "hello", "unread")
    assert await seen(home, address) == (["hello"], [f"listen, {NICK}!", "it is me"])
    for theirs in (await home.messages(address))[:2]:
        assert (theirs.state, theirs.source, theirs.occupant_id) == ("read", "archive", occupant_id)
        assert "mention" not in theirs.more
    record = await home.conversation(address)
    assert (record.unread, record.more.get("mentions", 0)) == (1, 0)
    listed = await home.call(names.MESSAGES, "conversations", {})
    assert [each.peer for each in listed] == [address]
    assert await seen(home, f"{address}/adam") == ([], ["to you alone"])


async def test_nothing_else_of_an_ignored_occupant_counts(make_inmate, room, eve):
    address, ann = room
    home = await make_inmate()
    say(ann, address, "hello")
    message = await home.until_message(address, "hello")
    await ignore(home, address, "eve")
    for more in (TYPING, REACTION.format(message.stanza_id)):
        eve.write(f"<message to='{address}' type='groupchat'>{more}</message>")
    await eve.sync()
    say(ann, address, "after")
    await home.until_message(address, "after")
    assert not (await home.messages(address))[0].more
    assert not (await home.conversation(address)).typing


async def test_what_they_reacted_to_before_does_not_show_until_they_are_heard_again(
    make_inmate, room, eve
):
    address, ann = room
    home = await make_inmate()
    say(ann, address, "hello")
    message = await home.until_message(address, "hello")
    for who in (ann, eve):
        reaction = REACTION.format(message.stanza_id)
        who.write(f"<message to='{address}' type='groupchat'>{reaction}</message>")
    both = {"👍": [f"{address}/ann", f"{address}/eve"]}
    await home.until(lambda: reacted(home, address, both))
    occupant_id = await ignore(home, address, "eve")
    assert await reacted(home, address, {"👍": [f"{address}/ann"]})
    (told,) = home.hub.of(MessagesChanged)[-1].messages
    assert told.more["reactions"] == {"👍": [f"{address}/ann"]}
    await home.call(names.ROOMS, "unignore", address, occupant_id, {})
    assert await reacted(home, address, both)


async def reacted(home, room, reactions):
    """Return whether the first message in a room has these reactions."""
    found = (await home.messages(room))[0].more.get("reactions", {})
    return {emoji: sorted(who) for emoji, who in found.items()} == reactions


async def test_who_types_as_they_are_ignored_is_not_told_to_type_any_more(make_inmate, room, eve):
    address, ann = room
    home = await make_inmate()
    for who in (ann, eve):
        who.write(f"<message to='{address}' type='groupchat'>{TYPING}</message>")
    await home.until(lambda: typing(home, address, "ann", "eve"))
    await ignore(home, address, "eve")
    await home.until(lambda: typing(home, address, "ann"))


async def typing(home, room, *nicks):
    """Return whether these type in a room."""
    return sorted((await home.conversation(room)).typing) == [f"{room}/{nick}" for nick in nicks]


async def test_what_others_quote_of_who_is_ignored_does_not_show(make_inmate, room, eve):
    address, ann = room
    home = await make_inmate()
    say(eve, address, "a secret")
    message = await home.until_message(address, "a secret")
    say(ann, address, "so what", more=f"<reply xmlns='urn:xmpp:reply:0' id='{message.stanza_id}'/>")
    answer = await home.until_message(address, "so what")
    assert answer.more["quote"] == "a secret"
    occupant_id = await ignore(home, address, "eve")
    assert (await home.until_message(address, "so what")).more["quote"] == "(ignored)"
    told = {each.body: each for each in home.hub.of(MessagesChanged)[-1].messages}
    assert told["so what"].more["quote"] == "(ignored)"
    await home.call(names.ROOMS, "unignore", address, occupant_id, {})
    assert (await home.until_message(address, "so what")).more["quote"] == "a secret"


async def test_a_room_does_not_move_up_for_who_is_ignored(make_inmate, make_peer, room, eve):
    address, ann = room
    home, mia = await make_inmate(), await make_peer()
    say(ann, address, "first")
    await home.until_message(address, "first")
    await ignore(home, address, "eve")
    mia.chat(home.jid, "second")
    await home.until_message(mia.jid, "second")
    say(eve, address, "third")
    await home.until_message(address, "third")
    listed = await home.call(names.MESSAGES, "conversations", {})
    assert [(each.peer, each.last.body) for each in listed] == [
        (mia.jid, "second"),
        (address, "first"),
    ]


async def test_what_was_said_before_is_ignored_as_well_until_they_are_heard_again(
    make_inmate, room, eve
):
    address, ann = room
    home = await make_inmate()
    say(eve, address, "before")
    await home.until_message(address, "before", "unread")
    say(ann, address, "hello")
    await home.until_message(address, "hello")
    occupant_id = await ignore(home, address, "eve")
    assert await seen(home, address) == (["hello"], ["before"])
    assert (await home.conversation(address)).unread == 1
    await home.call(names.ROOMS, "unignore", address, occupant_id, {})
    assert await seen(home, address) == (["before", "hello"], [])
    say(eve, address, "after")
    await home.until_message(address, "after", "unread")
    assert await home.call(names.ROOMS, "ignored", "", {}) == []


async def test_who_is_ignored_stays_so_and_is_told(make_inmate, room, eve):
    address, ann = room
    home = await make_inmate()
    occupant_id = await ignore(home, address, "eve")
    (told,) = home.hub.of(IgnoredChanged)
    (record,) = await home.call(names.ROOMS, "ignored", address, {})
    assert (told.room, list(told.ignored)) == (address, [record])
    assert record.occupant_id == occupant_id
    await home.crash()
    await home.come_back()
    await home.online()
    await leave(home, address)
    await ann.until(lambda: "unavailable" in ann.shows_of(address))
    say(eve, address, "meanwhile")
    await eve.sync()
    await enter(home, address)
    say(ann, address, "hello")
    await home.until_message(address, "hello")
    assert await seen(home, address) == (["hello"], ["meanwhile"])


async def test_what_an_ignored_occupant_takes_back_is_gone(make_inmate, room, eve):
    address, _ = room
    home = await make_inmate()
    say(eve, address, "a secret")
    message = await home.until_message(address, "a secret")
    await ignore(home, address, "eve")
    taken_back = f"<retract xmlns='urn:xmpp:message-retract:1' id='{message.stanza_id}'/>"
    eve.write(f"<message to='{address}' type='groupchat'>{taken_back}</message>")
    await home.until_bodies(address, [""])


async def test_who_is_ignored_under_which_nick_can_be_told_from_what_they_said(
    make_inmate, room, eve
):
    address, _ = room
    home = await make_inmate()
    say(eve, address, "hello")
    message = await home.until_message(address, "hello")
    await home.call(names.ROOMS, "ignore", address, message.occupant_id, {})
    await home.call(names.ROOMS, "ignore", address, message.occupant_id, {"nick": "again"})
    (record,) = await home.call(names.ROOMS, "ignored", address, {})
    assert record.nick == "eve"


@pytest.mark.every_server
@pytest.mark.parametrize("occupant_id", ["", "a" * 129, "a\nb"])
async def test_nobody_is_ignored_by_what_is_no_id(make_inmate, room, occupant_id):
    home = await make_inmate()
    with pytest.raises(InvalidArgument):
        await home.call(names.ROOMS, "ignore", room[0], occupant_id, {})
    with pytest.raises(UnknownItem):
        await home.call(names.ROOMS, "unignore", room[0], "nobody's", {})


async def test_nobody_ignores_themselves(make_inmate, room):
    home = await make_inmate()
    with pytest.raises(InvalidArgument, match="yourself"):
        await ignore(home, room[0], NICK)


@pytest.mark.every_server
async def test_nobody_is_ignored_where_the_room_does_not_tell_who_is_who(make_home, room):
    home = await live_in(await make_home(), gives_ids=False)
    await enter(home, room[0])
    with pytest.raises(NotSupported, match="who is who"):
        await home.call(names.ROOMS, "ignore", room[0], "forged", {})
