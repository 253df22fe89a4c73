"""The passwords of rooms: kept so that only who has unlocked the profile can read them."""

import gc
from types import FunctionType, ModuleType
from xml.etree.ElementTree import fromstring, tostring

import pytest

from backendd.api import names
from backendd.api.errors import BackendError, RoomPasswordRequired
from tests.backendd.session.rooms import configure
from tests.lab.server import DOMAIN

pytestmark = pytest.mark.every_server

SECRETS = ("swordfish-in-the-room", "swordfish-in-the-bookmark", "swordfish-in-the-invitation")


def stored(home):
    """Return all bytes that are on the disk."""
    return b"".join(path.read_bytes() for path in home.path.parent.iterdir())


async def test_no_password_of_a_room_lies_open_in_the_database_and_all_are_there_again(
    make_home, room
):
    address, peer = room
    room_s, bookmark_s, invitation_s = SECRETS
    await configure(peer, address, passwordprotectedroom="1", roomsecret=room_s)
    home = await (await make_home()).online()
    await home.call(names.ROOMS, "join", address, "me", {"password": room_s})
    kept = address.replace("@", "-other@")
    await home.call(names.ROOMS, "bookmark", kept, {"password": bookmark_s, "name": "Other"})
    another = address.replace("@", "-another@")
    peer.write(
        f"<message to='{home.jid}'><x xmlns='jabber:x:conference' jid='{another}' "
        f"password='{invitation_s}'/></message>"
    )
    await home.until(lambda: home.call(names.ROOMS, "invitations", {}))
    await home.leave()
    held = stored(home)
    assert all(each.encode() in held for each in (address, kept, another))
    assert not [each for each in SECRETS if each.encode() in held]
    await home.come_back()
    await home.online()

    async def is_in():
        found = await home.call(names.ROOMS, "list", {})
        return [each for each in found if each.room == address and each.state == "in"]

    await home.until(is_in)
    (invitation,) = await home.call(names.ROOMS, "invitations", {})
    assert invitation.password == invitation_s
    await home.call(names.ROOMS, "bookmark", kept, {"name": "Renamed"})
    assert bookmark_s in await as_kept(home)


async def test_who_sets_a_password_gets_in_by_it_again(make_home):
    home = await (await make_home()).online()
    address = f"own-{home.account}@conference.{DOMAIN}"
    await home.call(names.ROOMS, "join", address, "me", {})
    form = await home.call(names.ROOMS, "configuration", address, {})
    wanted = {
        "muc#roomconfig_roomsecret": [SECRETS[0]],
        "muc#roomconfig_passwordprotectedroom": ["1"],
    }
    offered = {each.var for each in form.fields}
    answers = {var: values for var, values in wanted.items() if var in offered}
    await home.call(names.ROOMS, "configure", address, answers, {})

    async def has_one():
        found = await home.call(names.ROOMS, "list", {})
        return [each for each in found if each.password_protected]

    await home.until(has_one)
    await home.leave()
    assert SECRETS[0].encode() not in stored(home)
    await home.come_back()
    await home.online()
    (entered,) = await home.until(lambda: settled(home))
    assert (entered.state, entered.error) == ("in", ("", ""))


async def test_an_invitation_that_waits_or_is_on_its_way_lies_sealed(make_home, make_peer, room):
    address, peer = room
    secret = SECRETS[2]
    await configure(peer, address, passwordprotectedroom="1", roomsecret=secret)
    home = await (await make_home()).online()
    friend = await make_peer()
    await home.call(names.ROOMS, "join", address, "me", {"password": secret})
    await home.session.disconnect()
    await home.call(names.ROOMS, "invite", address, friend.jid, "come", {"method": "direct"})
    await home.leave()
    assert friend.jid.encode() in stored(home)
    assert secret.encode() not in stored(home)
    await home.come_back()
    await home.online()
    await friend.until(lambda: passwords_to(friend) == [secret])
    assert secret.encode() not in stored(home)


async def test_a_locked_profile_holds_the_password_of_no_room(make_home, room):
    address, peer = room
    await configure(peer, address, passwordprotectedroom="1", roomsecret=SECRETS[0])
    home = await (await make_home()).online()
    options = {"password": SECRETS[0], "bookmark": True}
    await home.call(names.ROOMS, "join", address, "me", options)
    await home.until(lambda: is_bookmarked(home, address))
    await home.session.lock()
    home.hub.events.clear()
    held = list(texts(home.session))
    assert home.jid in held
    assert not [each for each in held if SECRETS[0] in each]


async def test_who_joins_a_bookmarked_room_needs_no_password(make_home, room):
    address, peer = room
    await configure(peer, address, passwordprotectedroom="1", roomsecret=SECRETS[1])
    home = await (await make_home()).online()
    await home.call(names.ROOMS, "bookmark", address, {"password": SECRETS[1]})
    with pytest.raises(RoomPasswordRequired):
        await home.call(names.ROOMS, "join", address, "me", {"password": "wrong"})
    await home.call(names.ROOMS, "join", address, "me", {})


async def test_a_bookmark_lets_other_clients_in_when_the_password_is_another(make_home, room):
    address, peer = room
    await configure(peer, address, passwordprotectedroom="1", roomsecret=SECRETS[1])
    home = await (await make_home()).online()
    await home.call(names.ROOMS, "bookmark", address, {"password": "older"})
    await home.call(names.ROOMS, "join", address, "me", {"password": SECRETS[1]})
    await home.until(lambda: is_kept(home, SECRETS[1]))


async def test_the_password_that_one_sets_is_that_of_the_bookmark_as_well(make_home):
    home = await (await make_home()).online()
    address = f"kept-{home.account}@conference.{DOMAIN}"
    await home.call(names.ROOMS, "join", address, "me", {"bookmark": True})
    await home.until(lambda: is_bookmarked(home, address))
    answers = {"muc#roomconfig_roomsecret": [SECRETS[0]]}
    form = await home.call(names.ROOMS, "configuration", address, {})
    if any(each.var == "muc#roomconfig_passwordprotectedroom" for each in form.fields):
        answers["muc#roomconfig_passwordprotectedroom"] = ["1"]
    await home.call(names.ROOMS, "configure", address, answers, {})
    await home.until(lambda: is_kept(home, SECRETS[0]))


def passwords_to(peer):
    """Return the passwords of the direct invitations that somebody got."""
    found = (each.find("{jabber:x:conference}x") for each in peer.messages())
    return [each.get("password") for each in found if each is not None]


async def is_bookmarked(home, room):
    found = await home.call(names.ROOMS, "list", {})
    return [each for each in found if each.room == room and each.bookmarked]


async def is_kept(home, password):
    return password in await as_kept(home)


def texts(root):
    """Yield all text and bytes that an object holds, however far away, but for code."""
    seen, todo = set(), [root]
    while todo:
        each = todo.pop()
        if id(each) in seen or isinstance(each, (ModuleType, type)):
            continue
        seen.add(id(each))
        if isinstance(each, (str, bytes)):
            yield each if isinstance(each, str) else each.decode("latin-1")
        elif isinstance(each, FunctionType):
            todo += each.__closure__ or ()
        else:
            todo += gc.get_referents(each)


async def settled(home):
    """Return the rooms once none is being entered."""
    found = await home.call(names.ROOMS, "list", {})
    return found if all(each.state == "in" or each.error[0] for each in found) else None


async def as_kept(home):
    """Return what the server has of bookmarks, whichever way it keeps them."""
    found = ""
    for payload in (
        "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:bookmarks:1'/>"
        "</pubsub>",
        "<query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'/></query>",
    ):
        try:
            answer = await home.inside.stream.request("get", None, fromstring(payload))
        except BackendError:
            continue
        found += tostring(answer).decode()
    return found
