"""The passwords of rooms: kept so that only who has unlocked the profile can read them."""

from xml.etree.ElementTree import fromstring, tostring

import pytest

from backendd.api import names
from backendd.api.errors import BackendError
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
