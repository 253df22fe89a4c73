"""Captchas that come as messages (XEP-0158): asked of the user, answered by their form, or void."""

import os

import pytest

from backendd.api import names
from backendd.api.errors import FormRejected, NotAllowed, Timeout, UnknownItem
from backendd.core import xml
from backendd.core.challenges import ChallengesChanged
from tests.backendd.session.rooms import NICK, make_room

S = names.SERVICES
CAPTCHA = "urn:xmpp:captcha"
PICTURE = b"\x89PNG\r\n\x1a\n"
CHALLENGE = """<message to='{to}' id='c1'><body>Are you a robot?</body>
<x xmlns='jabber:x:oob'><url>https://example.org/c1</url></x>
<captcha xmlns='urn:xmpp:captcha'><x xmlns='jabber:x:data' type='form'>
<field type='hidden' var='FORM_TYPE'><value>urn:xmpp:captcha</value></field>
<field type='hidden' var='from'><value>{about}</value></field>
<field type='hidden' var='challenge'><value>c1</value></field>
<field type='hidden' var='sid'><value>{sid}</value></field>
<field var='qa' label='The colour of a stop light'/>
<field var='SHA-256' label='93C7A'/>
</x></captcha></message>"""


captcha_of_rooms = pytest.mark.every_server(but=["prosody"])  # its rooms ask nothing


@pytest.fixture
async def sent(make_home, make_peer):
    """A home, a peer, and the id of a message from one to the other."""
    home, peer = await (await make_home()).online(), await make_peer()
    await home.send(peer.jid, "hello")
    await peer.until(lambda: "hello" in peer.bodies())
    (message,) = [
        each for each in peer.messages() if xml.child(each, xml.CLIENT, "body") is not None
    ]
    return home, peer, message.get("id")


async def challenged(home):
    """Return the challenge that waits, once there is one."""

    async def found():
        return await home.call(S, "challenges", {})

    (challenge,) = await home.until(found)
    return challenge


def listen(peer):
    """Have a peer take answers; return the list of what is filled in."""
    taken = []

    async def take(iq):
        fields = iq.iter("{jabber:x:data}field")
        taken.append({each.get("var"): "".join(each.itertext()) for each in fields})

    peer.stream.on_request("set", f"{{{CAPTCHA}}}captcha", take)
    return taken


async def test_what_a_message_is_challenged_with_waits_for_its_answer(sent):
    home, peer, stanza_id = sent
    taken = listen(peer)
    peer.write(CHALLENGE.format(to=home.jid, about=peer.jid, sid=stanza_id))
    challenge = await challenged(home)
    assert (challenge.about, challenge.text) == (peer.jid, "Are you a robot?")
    assert challenge.url == "https://example.org/c1"
    assert [each.var for each in challenge.form.fields if each.type != "hidden"] == ["qa"]
    assert await home.bodies(peer.jid) == ["hello"]
    with pytest.raises(FormRejected, match="nothing"):
        await home.call(S, "answer_challenge", challenge.id, {"qa": [""]}, {})
    await home.call(S, "answer_challenge", challenge.id, {"qa": ["red"]}, {})
    hidden = {"FORM_TYPE": CAPTCHA, "from": peer.jid, "challenge": "c1", "sid": stanza_id}
    assert taken == [{**hidden, "qa": "red"}]
    assert await home.call(S, "challenges", {}) == []
    assert home.hub.of(ChallengesChanged)[-1].gone == [challenge.id]


async def test_an_answer_that_comes_too_late_is_told_as_such(sent):
    home, peer, stanza_id = sent
    peer.write(CHALLENGE.format(to=home.jid, about=peer.jid, sid=stanza_id))
    challenge = await challenged(home)
    with pytest.raises(UnknownItem, match="no longer waits"):
        await home.call(S, "answer_challenge", challenge.id, {"qa": ["red"]}, {})
    assert await home.call(S, "challenges", {}) == []


async def test_who_declines_a_challenge_says_so(sent):
    home, peer, stanza_id = sent
    peer.write(CHALLENGE.format(to=home.jid, about=peer.jid, sid=stanza_id))
    challenge = await challenged(home)
    await home.call(S, "decline_challenge", challenge.id, {})
    await peer.until(lambda: [each for each in peer.messages() if each.get("type") == "error"])
    assert await home.call(S, "challenges", {}) == []
    with pytest.raises(UnknownItem):
        await home.call(S, "decline_challenge", challenge.id, {})


async def test_a_challenge_about_nothing_of_ours_is_a_message_as_any_other(sent, make_peer):
    home, peer, stanza_id = sent
    eve = await make_peer()
    for who, about, sid in (
        (peer, peer.jid, "never sent"),
        (peer, eve.jid, stanza_id),
        (eve, eve.jid, stanza_id),
        (eve, peer.jid, stanza_id),
    ):
        who.write(CHALLENGE.format(to=home.jid, about=about, sid=sid))
        await who.sync()
    await home.until_bodies(peer.jid, ["hello", "Are you a robot?", "Are you a robot?"])
    await home.until_bodies(eve.jid, ["Are you a robot?", "Are you a robot?"])
    assert await home.call(S, "challenges", {}) == []


async def test_of_what_is_asked_again_and_again_the_last_waits(sent):
    home, peer, stanza_id = sent
    for _ in range(5):
        peer.write(CHALLENGE.format(to=home.jid, about=peer.jid, sid=stanza_id))
    await home.until(lambda: len(home.hub.of(ChallengesChanged)) == 9)
    assert (await challenged(home)).id == "5"


async def test_who_asked_forgets_it_with_the_stream_and_so_do_we(sent):
    home, peer, stanza_id = sent
    peer.write(CHALLENGE.format(to=home.jid, about=peer.jid, sid=stanza_id))
    await challenged(home)
    await home.session.disconnect()
    await home.online()
    assert await home.call(S, "challenges", {}) == []


@pytest.fixture
async def asking(make_home, make_peer):
    """A home that a room asks something before it lets it in, and the room."""
    ann = await make_peer()
    room = await make_room(ann, "ann")
    field = "<field var='captcha_protected'><value>1</value></field>"
    form_type = "http://jabber.org/protocol/muc#roomconfig"
    await ann.ask(
        "set", room,
        "<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' "
        "type='submit'><field var='FORM_TYPE' type='hidden'>"
        f"<value>{form_type}</value></field>{field}</x></query>",
    )  # fmt: skip
    home = await (await make_home()).online()
    with pytest.raises(Timeout, match="asks something before it lets you in"):
        await home.call(names.ROOMS, "join", room, NICK, {})
    return home, room


@captcha_of_rooms
async def test_who_reads_its_picture_gets_in(asking):
    home, room = asking
    challenge = await challenged(home)
    assert challenge.about == room
    (asked,) = (each for each in challenge.form.fields if each.media)
    uri = next(each.uri for each in asked.media if each.uri.startswith("cid:"))
    with await home.call(S, "media", challenge.jid, uri, {}) as file:
        picture = os.pread(file.fileno(), 100_000, 0)
    read = picture.removeprefix(PICTURE).decode()
    await home.call(S, "answer_challenge", challenge.id, {asked.var: [read]}, {})
    await home.until(lambda: is_in(home, room))
    assert await home.call(S, "challenges", {}) == []


@captcha_of_rooms
async def test_who_reads_it_wrongly_is_told_and_may_try_again(asking):
    home, room = asking
    challenge = await challenged(home)
    (asked,) = (each for each in challenge.form.fields if each.media)
    with pytest.raises(FormRejected, match="wanted to hear"):
        await home.call(S, "answer_challenge", challenge.id, {asked.var: ["no"]}, {})
    await home.until(lambda: is_out(home, room))
    with pytest.raises(Timeout, match="asks something"):
        await home.call(names.ROOMS, "join", room, NICK, {})
    assert await challenged(home)


@captcha_of_rooms
async def test_who_declines_stays_out(asking):
    home, room = asking
    challenge = await challenged(home)
    await home.call(S, "decline_challenge", challenge.id, {})
    await home.until(lambda: is_out(home, room))


async def room_of(home, room):
    found = await home.call(names.ROOMS, "list", {})
    return next(each for each in found if each.room == room)


async def is_in(home, room):
    return (await room_of(home, room)).state == "in"


async def is_out(home, room):
    """Return whether a room has not let us in for want of an answer."""
    record = await room_of(home, room)
    return (record.state, record.error[0]) == ("out", NotAllowed.__name__)
