"""Files that only who reads their message can read (XEP-0454), sent by way of the server."""

import os
import re
import ssl

import aiohttp
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backendd.api import attachments, names
from backendd.api.descriptors import Descriptor
from backendd.api.errors import InvalidArgument, NotSupported, TooLarge
from backendd.core import xml
from tests.backendd.files.webserver import serving
from tests.features import test_albums as albums
from tests.features.slixmpp_client import CONTENT, file, other
from tests.features.test_albums import friends
from tests.features.test_downloads import download, downloads
from tests.features.test_failing_uploads import hosting, lenient, pair, short_pauses
from tests.features.test_uploads import send, transfers, until_state
from tests.lab.ejabberd import Ejabberd, missing
from tests.lab.prosody import Prosody

__all__ = [
    "downloads", "file", "friends", "hosting", "lenient", "other", "pair", "short_pauses",
]  # fmt: skip

ADDRESS = re.compile(r"aesgcm://(\S+)/([^/\s#]+)#([0-9a-f]{24})([0-9a-f]{64})")


@pytest.fixture(scope="module")
def secure_prosody(tmp_path_factory):
    """One that takes files over https."""
    with Prosody(tmp_path_factory.mktemp("secure"), components=True, https=True) as server:
        yield server


@pytest.fixture(scope="module")
def secure_ejabberd(tmp_path_factory):
    if missing():
        pytest.skip(missing())
    with Ejabberd(tmp_path_factory.mktemp("secure"), https=True) as server:
        yield server


@pytest.fixture
def server(request):
    return request.getfixturevalue(f"secure_{getattr(request, 'param', 'prosody')}")


def opened(address, kept):
    """Return what is in a file that a web server keeps, by its address alone."""
    *_, vector, key = ADDRESS.fullmatch(address).groups()
    return AESGCM(bytes.fromhex(key)).decrypt(bytes.fromhex(vector), kept, None)


async def kept_at(address, server):
    """Return what the web server has of a file."""
    place, name, _, _ = ADDRESS.fullmatch(address).groups()
    trust = ssl.create_default_context(cafile=server.ca_file)
    url = f"https://{place}/{name}"
    async with aiohttp.ClientSession() as session, session.get(url, ssl=trust) as answer:
        return await answer.read()


@pytest.mark.every_server
async def test_an_encrypted_file_is_read_by_who_has_its_address_and_nobody_else(
    make_home, other, server, file
):
    home = await (await make_home()).online()
    done = await until_state(home, await send(home, other.jid, file, encrypted=True), "done")
    await other.until(lambda: other.messages)
    address = other.messages[-1]["body"]
    kept = await kept_at(address, server)
    assert len(kept) == len(CONTENT) + 16
    assert opened(address, kept) == CONTENT
    name = ADDRESS.fullmatch(address)[2]
    assert name.endswith(".txt")
    assert "letter" not in address
    told = {each.tag.partition("}")[0][1:] for each in other.messages[-1].xml}
    assert told.isdisjoint(
        {xml.LINK, "urn:xmpp:sfs:0", "urn:xmpp:reference:0", "urn:xmpp:fallback:0"}
    )
    assert (done.encrypted, done.url, done.method) == (True, address, "http")


async def test_our_own_line_tells_of_an_encrypted_file_as_of_others(make_home, make_peer, file):
    peer = await make_peer()
    home = await (await make_home()).online()
    done = await until_state(home, await send(home, peer.jid, file, encrypted=True), "done")
    assert (done.name, done.mime, done.done) == (file.name, "text/plain", len(CONTENT))
    sent = await home.until_message(peer.jid, done.url, "sent")
    (told,) = attachments.of(sent)
    assert (told.name, told.size, told.mime) == (file.name, len(CONTENT), "text/plain")
    assert (told.encrypted, told.transfer, told.hash) == (True, done.id, done.hash)


@pytest.mark.every_server
async def test_an_encrypted_file_is_fetched_and_verified_by_the_other_side(
    make_home, file, downloads
):
    home, other = await (await make_home()).online(), await (await make_home()).online()
    done = await until_state(home, await send(home, other.jid, file, encrypted=True), "done")
    message = await other.until_message(home.jid, done.url)
    assert [each.encrypted for each in attachments.of(message)] == [True]
    came = await until_state(other, await download(other, message), "done")
    assert (downloads / came.name).read_bytes() == CONTENT


@pytest.mark.every_server
async def test_in_a_room_our_line_of_an_encrypted_file_keeps_its_name(make_inmate, room, file):
    address, peer = room
    home = await make_inmate()
    done = await until_state(home, await send(home, address, file, encrypted=True), "done")
    await peer.until(lambda: done.url in peer.bodies())
    sent = await home.until_message(address, done.url, "sent")
    assert [each.name for each in attachments.of(sent)] == [file.name]


async def test_our_line_of_an_encrypted_file_keeps_its_name_over_the_archive(
    make_home, make_peer, file
):
    peer = await make_peer()
    home = await (await make_home()).online()
    done = await until_state(home, await send(home, peer.jid, file, encrypted=True), "done")
    await home.until_message(peer.jid, done.url, "sent")
    await home.crash()
    await home.come_back()
    await home.online()
    found, _ = await home.call(names.MESSAGES, "list", peer.jid, {})
    assert [each.body for each in found] == [done.url]
    assert [each.name for each in attachments.of(found[0])] == [file.name]


async def test_a_file_is_encrypted_over_restarts_and_when_it_is_tried_again(
    make_home, make_peer, server, file
):
    peer = await make_peer()
    home = await make_home()
    id = await send(home, peer.jid, file, encrypted=True)
    await home.crash()
    await home.come_back()
    away = file.rename(file.with_name("away"))
    await home.online()
    failed = await until_state(home, id, "failed")
    assert failed.encrypted
    away.rename(file)
    await home.call(names.MESSAGES, "retry", failed.message_id)
    done = await until_state(home, id, "done")
    await peer.until(lambda: peer.bodies() == [done.url])
    assert opened(done.url, await kept_at(done.url, server)) == CONTENT


async def test_a_file_that_is_given_open_is_encrypted(make_home, make_peer, server, file):
    peer = await make_peer()
    home = await (await make_home()).online()
    with Descriptor(os.open(file, os.O_RDONLY)) as handle:
        given = (peer.jid, handle, "mine.jpg", {"encrypted": True})
        id = await home.call(names.FILES, "send_handle", *given)
    done = await until_state(home, id, "done")
    assert ADDRESS.fullmatch(done.url)[2].endswith(".jpg")
    assert opened(done.url, await kept_at(done.url, server)) == CONTENT


async def test_a_file_without_content_is_encrypted(make_home, make_peer, server, tmp_path):
    peer = await make_peer()
    home = await (await make_home()).online()
    (tmp_path / "empty").touch()
    id = await send(home, peer.jid, tmp_path / "empty", encrypted=True)
    done = await until_state(home, id, "done")
    assert opened(done.url, await kept_at(done.url, server)) == b""


async def test_encrypted_files_and_what_is_said_with_them_are_messages_of_their_own(
    friends, server, tmp_path
):
    home, other = friends
    paths = [tmp_path / f"{name}.txt" for name in ("one", "two")]
    for path in paths:
        path.write_text(path.name)
    ids = await albums.send(home, other.jid, paths, encrypted=True)
    done = await albums.all_done(home, ids)
    for path, each in zip(paths, done, strict=True):
        message = await other.until_message(home.jid, each.url)
        assert attachments.words(message) == ""
        assert opened(each.url, await kept_at(each.url, server)) == path.read_bytes()
    await other.until_message(home.jid, albums.TEXT)
    assert len(await other.messages(home.jid)) == 3


@pytest.mark.parametrize("is_online", [True, False])
@pytest.mark.parametrize("method", ["jingle-s5b", "jingle-ibb"])
async def test_what_shall_be_encrypted_is_never_offered_directly(friends, file, method, is_online):
    home, other = friends
    if not is_online:
        await home.session.disconnect()
    with pytest.raises(NotSupported, match="goes by the server"):
        await send(home, other.jid, file, method=method, encrypted=True)
    assert await transfers(home) == []


async def test_a_large_file_that_shall_be_encrypted_goes_by_the_server(friends, file, monkeypatch):
    home, other = friends
    monkeypatch.setattr("backendd.features.transfers.service.LARGE", 10)
    done = await until_state(home, await send(home, other.jid, file, encrypted=True), "done")
    assert done.method == "http"
    assert ADDRESS.fullmatch(done.url)


async def test_what_is_too_large_once_it_is_encrypted_is_refused(friends, tmp_path):
    home, other = friends
    large = tmp_path / "large"
    with large.open("wb") as opened:
        opened.truncate(100 * 1024 * 1024)
    for refused in (
        send(home, other.jid, large, encrypted=True),
        albums.send(home, other.jid, [large], encrypted=True),
    ):
        with pytest.raises(TooLarge) as error:
            await refused
        assert "direct" not in str(error.value)
    assert await transfers(home) == []


async def test_an_encrypted_file_can_not_be_described(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    with pytest.raises(InvalidArgument, match="can't be described"):
        await send(home, peer.jid, file, encrypted=True, description="as promised")
    assert await transfers(home) == []


async def test_where_the_server_has_no_https_nothing_is_sent(make_home, make_peer, prosody, file):
    peer = await make_peer(server=prosody)
    home = await (await make_home(server=prosody)).online()
    id = await send(home, peer.jid, file, encrypted=True)
    failed = await until_state(home, id, "failed")
    assert (failed.error[0], "https" in failed.error[1], failed.done) == ("NotSupported", True, 0)
    await home.until_message(peer.jid, "", "failed")
    await home.send(peer.jid, "last")
    await peer.until(lambda: peer.bodies() == ["last"])


@pytest.fixture
def trusted(lenient, tmp_path):
    """What makes a web server one that who trusts the server with a made up place trusts."""
    server, _ = lenient
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*server.authority.issue(tmp_path / "web", "localhost"))
    return context


class Interrupted:
    """A web server that hangs up in the middle of the first file, and takes the second."""

    def __init__(self, *, is_stalled=False):
        self.begun = b""
        self._is_stalled = is_stalled

    async def __call__(self, asked):
        if self.begun:
            await asked.take()
            await asked.say("201 Created")
            return
        self.begun = await asked.reader.readexactly(100_000)
        if self._is_stalled:
            await asked.reader.read()  # until they hang up


async def test_what_is_tried_again_has_another_key(pair, hosting, trusted, file, short_pauses):
    home, peer = pair
    once = Interrupted()
    async with serving(once, tls=trusted, called="localhost") as web:
        hosting.put = hosting.get = web.url("/x.txt")
        id = await send(home, peer.jid, file, encrypted=True)
        done = await until_state(home, id, "done")
        whole = web.asked[-1].body
    await peer.until(lambda: peer.bodies() == [done.url])
    assert opened(done.url, whole) == CONTENT
    assert once.begun[:1000] != whole[:1000]


async def test_a_redirected_file_has_another_key_at_each_place(pair, hosting, trusted, file):
    async def elsewhere(asked):
        await asked.take()
        if asked.target == "/x.txt":
            await asked.say("307 Temporary Redirect", "Location: /y.txt")
        else:
            await asked.say("201 Created")

    home, peer = pair
    async with serving(elsewhere, tls=trusted, called="localhost") as web:
        hosting.put = hosting.get = web.url("/x.txt")
        id = await send(home, peer.jid, file, encrypted=True)
        done = await until_state(home, id, "done")
        first, second = web.asked
    assert first.body[:1000] != second.body[:1000]
    assert opened(done.url, second.body) == CONTENT


async def test_a_daemon_that_is_killed_amid_begins_with_another_key(pair, hosting, trusted, file):
    home, peer = pair
    once = Interrupted(is_stalled=True)
    async with serving(once, tls=trusted, called="localhost") as web:
        hosting.put = hosting.get = web.url("/x.txt")
        id = await send(home, peer.jid, file, encrypted=True)
        await home.until(lambda: once.begun)
        await home.crash()
        await home.come_back()
        await home.online()
        done = await until_state(home, id, "done")
        whole = web.asked[-1].body
    await peer.until(lambda: peer.bodies() == [done.url])
    assert opened(done.url, whole) == CONTENT
    assert once.begun[:1000] != whole[:1000]


async def test_the_server_is_told_neither_the_type_nor_the_size_of_what_it_can_not_read(
    pair, hosting, trusted, file
):
    async def takes(asked):
        await asked.take()
        await asked.say("201 Created")

    home, peer = pair
    async with serving(takes, tls=trusted, called="localhost") as web:
        hosting.put = hosting.get = web.url("/x.txt")
        await until_state(home, await send(home, peer.jid, file, encrypted=True), "done")
        (asked,) = web.asked
    assert asked.headers["content-type"] == "application/octet-stream"
    assert asked.headers["content-length"] == str(len(CONTENT) + 16)
