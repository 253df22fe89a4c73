"""Pictures of rooms (XEP-0486): told by the room itself, fetched like those of people."""

from base64 import b64encode
from dataclasses import replace

import pytest

from backendd.api import names
from backendd.api.errors import UnknownItem
from backendd.core.forms import Field
from backendd.features.avatars import image
from tests.backendd.session.rooms import configure, enter, live_in
from tests.features.test_avatars import JPEG, PNG, picture

VCARD = "<vCard xmlns='vcard-temp'><PHOTO><TYPE>image/png</TYPE><BINVAL>{}</BINVAL></PHOTO></vCard>"


async def pictured(home, room, digest):
    """Return when a room has this picture, as far as it tells."""

    async def is_so():
        found = await home.call(names.ROOMS, "list", {})
        return [each for each in found if each.room == room and each.avatar == digest]

    await home.until(is_so)


@pytest.mark.every_server(but=["prosody"])  # its rooms have no vCards
async def test_the_picture_of_a_room_is_told_of_and_fetched(make_inmate, room):
    address, ann = room
    home = await make_inmate()
    with pytest.raises(UnknownItem):
        await home.call(names.ROSTER, "avatar", address, {})
    await ann.ask("set", address, VCARD.format(b64encode(PNG).decode()))
    await pictured(home, address, image.hash_of(PNG))
    assert await picture(home, address) == PNG


class Pictured:
    """What rooms say of themselves, with a picture of this hash."""

    def __init__(self, disco):
        self._disco = disco
        self.digest = image.hash_of(PNG)

    def __getattr__(self, name):
        return getattr(self._disco, name)

    async def info(self, *args, **options):
        found = await self._disco.info(*args, **options)
        told = [Field(var="muc#roominfo_avatarhash", values=(self.digest,))] * bool(self.digest)
        forms = [replace(each, fields=(*each.fields, *told)) for each in found.forms]
        return replace(found, forms=tuple(forms))


async def test_what_a_room_says_of_its_picture_counts_until_it_says_otherwise(make_home, room):
    address, ann = room
    home = await live_in(await make_home())
    home.inside.disco = disco = Pictured(home.inside.disco)
    await enter(home, address)
    await pictured(home, address, image.hash_of(PNG))
    for digest in (image.hash_of(JPEG), "", image.hash_of(PNG)):
        disco.digest = digest
        await configure(ann, address, roomname=f"now {digest}")
        await pictured(home, address, digest)
    disco.digest = "../no hash"
    await configure(ann, address, roomname="none")
    await pictured(home, address, "")


async def test_no_occupant_gives_the_room_a_picture(make_inmate, make_peer, room):
    address, ann = room
    home = await make_inmate()
    photo = f"<x xmlns='vcard-temp:x:update'><photo>{image.hash_of(PNG)}</photo></x>"
    ann.write(f"<presence to='{address}/ann'><show>away</show>{photo}</presence>")

    async def is_away():
        found = await home.call(names.ROOMS, "occupants", address, {})
        return [each for each in found if (each.nick, each.show) == ("ann", "away")]

    await home.until(is_away)
    await pictured(home, address, "")
