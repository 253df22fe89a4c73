"""The passwords of rooms: kept so that only who has unlocked the profile can read them."""

from xml.etree.ElementTree import fromstring, tostring

import pytest

from backendd.api import names
from backendd.api.errors import BackendError
from tests.backendd.session.rooms import configure

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
