"""Pictures: which ones contacts have, fetched when they are looked at, and ours."""

import fcntl
import os
from base64 import b64encode

import pytest

from backendd.api import names
from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError, InvalidArgument, ServerError, TooLarge, UnknownItem
from backendd.core import xml
from backendd.features.avatars import image, store
from tests.backendd.session.partial import PEER, Partial
from tests.features.test_receipts import befriended
from tests.features.test_roster import contact

ROSTER, SERVICES = names.ROSTER, names.SERVICES
PNG = b"\x89PNG\r\n\x1a\n" + b"a small picture" * 50
JPEG = b"\xff\xd8\xff\xe0" + b"another one" * 50
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
PUBSUB = "http://jabber.org/protocol/pubsub"
PUBLISH = (
    "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:avatar:{kind}'>"
    "<item id='{id}'>{payload}</item></publish></pubsub>"
)
DATA = "<data xmlns='urn:xmpp:avatar:data'>{}</data>"
METADATA = "<metadata xmlns='urn:xmpp:avatar:metadata'>{}</metadata>"
INFO = "<info id='{id}' bytes='{size}' type='image/png'/>"
VCARD = "<vCard xmlns='vcard-temp'><PHOTO><TYPE>image/png</TYPE><BINVAL>{}</BINVAL></PHOTO></vCard>"
UPDATE = "<presence><x xmlns='vcard-temp:x:update'><photo>{}</photo></x></presence>"


async def shows(peer, data, *, told="", size=0):
    """Have `peer` publish a picture by PEP, and tell that it has this hash and size."""
    digest = told or image.hash_of(data)
    carried = DATA.format(b64encode(data).decode())
    await peer.ask("set", None, PUBLISH.format(kind="data", id=digest, payload=carried))
    info = METADATA.format(INFO.format(id=digest, size=size or len(data)))
    await peer.ask("set", None, PUBLISH.format(kind="metadata", id=digest, payload=info))


async def pictured(home, jid, digest):
    async def is_so():
        known = await contact(home, jid)
        return known.more.get("avatar", "") == digest

    await home.until(is_so)


async def picture(home, jid):
    file = await home.call(ROSTER, "avatar", jid, {})
    with file:
        return os.pread(file.fileno(), 1 << 20, 0)


async def set_avatar(home, data, directory):
    path = directory / "picture"
    path.write_bytes(data)
    with path.open("rb") as opened, Descriptor.copy(opened.fileno()) as file:
        await home.call(SERVICES, "set_avatar", file, {})


@pytest.mark.every_server
async def test_a_picture_of_a_contact_is_told_and_fetched_once(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    with pytest.raises(UnknownItem, match="no picture"):
        await picture(home, peer.jid)
    await shows(peer, PNG)
    await pictured(home, peer.jid, image.hash_of(PNG))
    assert await picture(home, peer.jid) == PNG
    # From here on it is kept.
    await home.session.disconnect()
    assert await picture(home, peer.jid) == PNG
    await home.online()
    await peer.ask(
        "set", None, PUBLISH.format(kind="metadata", id="none", payload=METADATA.format(""))
    )
    await pictured(home, peer.jid, "")


async def test_a_picture_is_handed_out_as_a_file_that_nobody_can_change(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await shows(peer, PNG)
    await pictured(home, peer.jid, image.hash_of(PNG))
    with await home.call(ROSTER, "avatar", peer.jid, {}) as file:
        assert fcntl.fcntl(file.fileno(), fcntl.F_GET_SEALS) & fcntl.F_SEAL_WRITE
        with pytest.raises(PermissionError):
            os.pwrite(file.fileno(), b"x", 0)
        with os.fdopen(os.dup(file.fileno()), "rb") as opened:
            assert opened.read() == PNG


async def test_what_is_not_the_picture_that_was_told_of_is_refused(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    for data, why in ((JPEG, "that was announced"), (SVG, "a picture of a known type")):
        told = image.hash_of(PNG) if data == JPEG else ""
        await shows(peer, data, told=told)
        await pictured(home, peer.jid, told or image.hash_of(data))
        with pytest.raises(ServerError, match=why):
            await picture(home, peer.jid)
    assert await home.count("avatar_image") == 0


async def test_a_picture_of_ten_megabytes_or_elsewhere_is_none(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await shows(peer, PNG)
    await pictured(home, peer.jid, image.hash_of(PNG))
    await shows(peer, PNG, size=10 << 20)
    await pictured(home, peer.jid, "")
    await shows(peer, JPEG)
    await pictured(home, peer.jid, image.hash_of(JPEG))
    there = "<info id='{}' bytes='9' type='image/png' url='http://x.example/'/>"
    info = METADATA.format(there.format(image.hash_of(PNG)))
    await peer.ask("set", None, PUBLISH.format(kind="metadata", id="x", payload=info))
    await pictured(home, peer.jid, "")


class Picturing(Partial):
    """A server without PEP whose vCards have pictures."""

    def __init__(self, directory, data):
        super().__init__(directory)
        self.clients_can[""] = VCARD.format(b64encode(data).decode())


async def test_a_picture_that_presence_tells_of_is_read_from_the_vcard(make_home, tmp_path):
    async with Picturing(tmp_path / "server", PNG) as server:
        home = await (await make_home("user", server=server)).online()
        said = UPDATE.format(image.hash_of(PNG)).replace(
            "<presence>", f"<presence from='{PEER}/x' xmlns='jabber:client'>"
        )
        server.client.send(said)
        await pictured(home, PEER, image.hash_of(PNG))
        assert await picture(home, PEER) == PNG
        server.client.send(said.replace(image.hash_of(PNG), ""))
        await pictured(home, PEER, "")


async def test_a_picture_in_a_vcard_that_is_too_large_is_refused(make_home, tmp_path):
    large = PNG + bytes(image.MOST)
    async with Picturing(tmp_path / "server", large) as server:
        home = await (await make_home("user", server=server)).online()
        server.client.send(
            f"<presence from='{PEER}/x'><x xmlns='vcard-temp:x:update'>"
            f"<photo>{image.hash_of(large)}</photo></x></presence>"
        )
        await pictured(home, PEER, image.hash_of(large))
        with pytest.raises(TooLarge):
            await picture(home, PEER)
        assert await home.count("avatar_image") == 0


async def test_strangers_and_what_is_no_hash_have_no_picture(make_home, tmp_path):
    async with Picturing(tmp_path / "server", PNG) as server:
        home = await (await make_home("user", server=server)).online()
        for sender, digest in (("stranger@x", image.hash_of(PNG)), (PEER, "../../etc/passwd")):
            server.client.send(
                f"<presence from='{sender}/x'><x xmlns='vcard-temp:x:update'>"
                f"<photo>{digest}</photo></x></presence>"
            )
        server.client.send(f"<presence from='{PEER}/y'><show>away</show></presence>")

        async def is_away():
            return (await contact(home, PEER)).show

        await home.until(is_away)
        assert await home.count("avatar") == 0


@pytest.mark.every_server
async def test_our_picture_is_seen_by_contacts_in_every_way(make_home, make_peer, tmp_path):
    home, peer = await befriended(make_home, make_peer)
    digest = image.hash_of(PNG)
    await set_avatar(home, PNG, tmp_path)
    items = f"<pubsub xmlns='{PUBSUB}'><items node='urn:xmpp:avatar:metadata'/></pubsub>"
    answer = await peer.ask("get", home.jid, items)
    (info,) = answer.iter("{urn:xmpp:avatar:metadata}info")
    assert (info.get("id"), info.get("bytes"), info.get("type")) == (
        digest,
        str(len(PNG)),
        "image/png",
    )
    await peer.until(lambda: digest in hashes(peer, home))
    vcard = await peer.ask("get", home.jid, "<vCard xmlns='vcard-temp'/>")
    binary = vcard[0].find("{vcard-temp}PHOTO").findtext("{vcard-temp}BINVAL")
    assert "".join(binary.split()) == b64encode(PNG).decode()
    assert await picture(home, home.jid) == PNG


def hashes(peer, home):
    """Return which pictures the presence of `home` has told `peer` of."""
    return [
        photo.text
        for stanza in peer.stanzas
        if stanza.tag == xml.PRESENCE and stanza.get("from", "").startswith(home.jid)
        for photo in stanza.iter("{vcard-temp:x:update}photo")
    ]


async def test_our_picture_is_taken_back(make_home, make_peer, tmp_path):
    home, peer = await befriended(make_home, make_peer)
    await set_avatar(home, PNG, tmp_path)
    await set_avatar(home, b"", tmp_path)
    items = f"<pubsub xmlns='{PUBSUB}'><items node='urn:xmpp:avatar:metadata'/></pubsub>"
    answer = await peer.ask("get", home.jid, items)
    assert list(answer.iter("{urn:xmpp:avatar:metadata}info")) == []
    with pytest.raises(UnknownItem):
        await picture(home, home.jid)


async def test_what_is_no_picture_or_too_large_is_not_published(make_home, tmp_path):
    home = await (await make_home()).online()
    for data, error in ((SVG, InvalidArgument), (PNG + bytes(image.MOST), TooLarge)):
        with pytest.raises(error):
            await set_avatar(home, data, tmp_path)


async def test_no_picture_is_read_from_what_may_have_no_end(make_home):
    home = await (await make_home()).online()
    reading, writing = map(Descriptor, os.pipe())
    with reading, writing, pytest.raises(FileError, match="is a pipe"):
        await home.call(SERVICES, "set_avatar", reading, {})


async def test_pictures_are_kept_as_far_as_there_is_room(make_home, monkeypatch):
    home = await make_home()
    monkeypatch.setattr(store, "MOST_BYTES", 2 * len(PNG) + 2)
    made = [PNG + bytes([number]) for number in range(4)]
    for data in made:
        digest = image.hash_of(data)
        await home.inside.store.write(
            lambda ledger, digest=digest, data=data: store.save_image(ledger, digest, data)
        )
    kept = [
        await home.inside.store.read(
            lambda view, data=data: store.load_image(view, image.hash_of(data))
        )
        for data in made
    ]
    assert kept == [None, None, *made[2:]]
