"""Nicknames: ours as the setting wants it, those of contacts as they tell them."""

import asyncio

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument
from backendd.core import xml
from tests.features.test_activity import set_settings
from tests.features.test_receipts import befriended
from tests.features.test_roster import contact
from tests.lab.patience import PATIENCE_S

NODE = "http://jabber.org/protocol/nick"
PUBLISH = (
    "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='{node}'>"
    "<item id='current'><nick xmlns='{node}'>{nick}</nick></item></publish></pubsub>"
)
RETRACT = (
    "<pubsub xmlns='http://jabber.org/protocol/pubsub'><retract node='{node}' notify='true'>"
    "<item id='current'/></retract></pubsub>"
)
ITEMS = "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='{node}'/></pubsub>"


async def nickname(home, peer):
    known = await contact(home, peer.jid)
    return known.more.get("nickname", "")


async def tells(peer, nick):
    await peer.ask("set", None, PUBLISH.format(node=NODE, nick=nick))


async def called(home, peer, nick):
    async def is_so():
        return await nickname(home, peer) == nick

    await home.until(is_so)


@pytest.mark.every_server
async def test_a_contact_is_called_as_they_tell(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await tells(peer, "The  Great&#10;&#x202e;Peer")
    await called(home, peer, "The Great Peer")
    assert (await contact(home, peer.jid)).name == ""
    await tells(peer, "x" * 10_000)
    await called(home, peer, "x" * 200)
    await tells(peer, "")
    await called(home, peer, "")


async def test_a_nickname_that_is_taken_back_is_gone(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await tells(peer, "Peer")
    await called(home, peer, "Peer")
    await peer.ask("set", None, RETRACT.format(node=NODE))
    await called(home, peer, "")


async def test_a_stranger_tells_no_nickname(make_home, make_peer):
    home, _ = await befriended(make_home, make_peer)
    stranger = await make_peer()
    stranger.write(
        f"<message to='{home.inside.stream.full_jid}' type='headline'>"
        "<event xmlns='http://jabber.org/protocol/pubsub#event'>"
        f"<items node='{NODE}'><item id='current'><nick xmlns='{NODE}'>Bob</nick></item></items>"
        "</event></message>"
    )
    stranger.chat(home.jid, "it is me")
    await home.until_message(stranger.jid, "it is me")
    assert await home.count("nickname") == 0


async def published(peer, jid):
    answer = await peer.ask("get", jid, ITEMS.format(node=NODE))
    return [each.text for each in answer.iter(f"{{{NODE}}}nick")]


@pytest.mark.every_server
async def test_our_nickname_is_told_as_soon_as_there_is_a_stream(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)

    async def told(nicks):
        async with asyncio.timeout(PATIENCE_S):
            while await published(peer, home.jid) != nicks:
                continue  # each answer is waited for

    await home.session.disconnect()
    await set_settings(home, nickname="Home")
    await home.online()
    await told(["Home"])
    await set_settings(home, nickname="Sweet Home")
    await told(["Sweet Home"])
    await set_settings(home, nickname="")
    await told([])


async def test_what_another_client_says_we_are_called_stays(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await set_settings(home, nickname="Home")
    await home.session.disconnect()
    await home.online()
    other = await make_peer(home.account, resource="other")
    await tells(other, "Elsewhere")
    await home.session.disconnect()
    await home.online()
    assert await published(peer, home.jid) == ["Elsewhere"]


@pytest.mark.parametrize("nick", ["two\nlines", "\x1b[31m", "x" * 201])
async def test_what_is_no_nickname_is_refused(make_home, nick):
    home = await make_home()
    with pytest.raises(InvalidArgument, match="nickname"):
        await set_settings(home, nickname=nick)
    assert home.inside.profile.settings.nickname == ""


@pytest.mark.every_server
@pytest.mark.parametrize("nick", ["Home", ""])
async def test_whom_we_ask_for_their_presence_is_told_our_nickname(make_home, make_peer, nick):
    home, peer = await make_home(), await make_peer()
    await set_settings(home, nickname=nick)
    await home.online()
    await home.call(names.ROSTER, "subscribe", peer.jid, {"text": "it is me"})
    await peer.until(lambda: asked_with(peer))
    (asked,) = asked_with(peer)
    assert xml.child_text(asked, xml.CLIENT, "status") == "it is me"
    assert [each.text for each in asked.iter(f"{{{NODE}}}nick")] == [nick] * bool(nick)


def asked_with(peer):
    return [each for each in peer.stanzas if each.get("type") == "subscribe"]


@pytest.mark.every_server
async def test_a_request_tells_what_who_asks_says_to_be_called(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()

    async def asks(nick, called):
        element = f"<nick xmlns='{NODE}'>{nick}</nick>"
        peer.write(f"<presence to='{home.jid}' type='subscribe'>{element}</presence>")

        async def is_told():
            requests = await home.call(names.ROSTER, "requests", {})
            return [(each.jid, each.nickname) for each in requests] == [(peer.jid, called)]

        await home.until(is_told)

    await asks("The  &#x202e;Peer&#10;himself", "The Peer himself")
    await home.call(names.ROSTER, "deny", peer.jid, {})
    await asks("x" * 10_000, "x" * 200)
