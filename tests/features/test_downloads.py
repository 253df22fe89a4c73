"""Files of messages, fetched: whole and verified under their name, or not there."""

import hashlib
import os
import ssl
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backendd.api import attachments, names
from backendd.api.descriptors import Descriptor
from backendd.api.errors import (
    FileError,
    InvalidArgument,
    NotAllowed,
    NotSupported,
    UnknownItem,
    UnknownMessage,
    UnknownTransfer,
)
from backendd.config import Files
from backendd.core import sharing, xml
from backendd.core.shared_files import SharedFile
from backendd.core.transfers import TransfersChanged
from backendd.features.downloads.fetching import TRIES
from backendd.files.encryption import Secret
from tests.backendd.files.webserver import serving
from tests.features.test_replies import talking
from tests.features.test_uploads import transfers, until_state

CONTENT = bytes(range(256)) * 4000
SECRET = Secret(bytes(32), bytes(12))
SEALED = AESGCM(SECRET.key).encrypt(SECRET.nonce, CONTENT, None)
DIGESTS = {"sha-256": hashlib.sha256(CONTENT).digest()}


async def whole(asked):
    await asked.say("200 OK", body=CONTENT)


async def ranged(asked):
    """Answer as a server does that can go on in the middle."""
    start = int(asked.headers.get("range", "bytes=0-")[6:].partition("-")[0])
    part = CONTENT[start:]
    said = f"Content-Range: bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"
    if start:
        await asked.say("206 Partial Content", said, 'ETag: "1"', body=part)
    else:
        await asked.say("200 OK", 'ETag: "1"', body=part)


async def half(asked):
    """Answer as a server that stops in the middle, and can go on there."""
    if "range" in asked.headers:
        await ranged(asked)
        return
    head = f'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Length: {len(CONTENT)}\r\n\r\n'
    await asked.send(head.encode() + CONTENT[:500_000])
    await asked.reader.read()  # until they hang up


class Breaking:
    """A server that breaks the connection so often, each time once something `came`."""

    def __init__(self, times, came):
        self.times = times
        self.came = came

    async def __call__(self, asked):
        if not self.times:
            await ranged(asked)
            return
        self.times -= 1
        start = int(asked.headers.get("range", "bytes=0-")[6:].partition("-")[0])
        part = f"Content-Range: bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"
        lines = ["HTTP/1.1 206 Partial Content", part] if start else ["HTTP/1.1 200 OK"]
        lines += ['ETag: "1"', f"Content-Length: {len(CONTENT) - start}"]
        head = "\r\n".join(lines).encode() + b"\r\n\r\n"
        await asked.send(head + CONTENT[start : start + 100_000])
        await self.came(start)


@pytest.fixture
def downloads(tmp_path, monkeypatch):
    """The directory where downloads go."""
    directory = tmp_path / "downloads"
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(directory))
    return directory


@pytest.fixture
def short_pauses(monkeypatch):
    """Have nobody wait between two tries."""
    monkeypatch.setattr("backendd.features.downloads.fetching._PAUSE_S", 0.0)


def sharing_of(to, url, **known):
    """Return a message that tells of a file."""
    file = SharedFile(**({"name": "cat.png", "addresses": (url,)} | known))
    stanza = xml.element(xml.CLIENT, "message", {"to": to, "type": "chat", "id": "f1"})
    sharing.put(stanza, [file])
    return stanza


async def told(home, peer, url, **known):
    """Return the message by which the peer tells of a file."""
    peer.stream.send(sharing_of(home.jid, url, **known))

    async def found():
        return next((m for m in await home.messages(peer.jid) if attachments.of(m)), None)

    return await home.until(found)


async def download(home, message, directory="", index=0):
    return await home.call(names.FILES, "download", message.id, index, str(directory))


def coming(home):
    """Return what waits until more of a file has come than so much."""

    async def came(start):
        def is_told():
            told = (each for event in home.hub.of(TransfersChanged) for each in event.transfers)
            return any(each.done > start for each in told)

        await home.until(is_told)

    return came


def left(directory):
    return sorted(each.name for each in Path(directory).iterdir())


async def test_a_file_is_fetched_to_where_downloads_go(make_home, make_peer, downloads):
    home, peer, _ = await talking(make_home, make_peer)
    async with serving(whole) as server:
        message = await told(home, peer, server.url("/cat.png"), hashes=DIGESTS)
        id = await download(home, message)
        done = await until_state(home, id, "done")
    assert done.path == str(downloads / "cat.png")
    assert (downloads / "cat.png").read_bytes() == CONTENT
    assert (downloads / "cat.png").stat().st_mode & 0o777 == 0o600
    assert (done.direction, done.method, done.size) == ("in", "http", len(CONTENT))
    assert done.hash == f"sha-256:{DIGESTS['sha-256'].hex()}"
    assert any("own network" in each for each in done.remarks)
    assert any("encryption" in each for each in done.remarks)
    again = (await home.messages(peer.jid))[-1]
    assert [each.transfer for each in attachments.of(again)] == [id]


@pytest.mark.every_server
async def test_what_was_sent_by_way_of_the_server_is_fetched(
    make_home, make_peer, downloads, tmp_path
):
    home, _, _ = await talking(make_home, make_peer)
    other = await (await make_home()).online()
    path = tmp_path / "a letter.txt"
    path.write_bytes(CONTENT)
    sent = await other.call(names.FILES, "send", home.jid, str(path), {})
    await until_state(other, sent, "done")

    async def came():
        return next((m for m in await home.messages(other.jid) if attachments.of(m)), None)

    id = await download(home, await home.until(came))
    await until_state(home, id, "done")
    assert (downloads / "a letter.txt").read_bytes() == CONTENT


async def test_nothing_is_ever_written_over(make_home, make_peer, downloads):
    home, peer, _ = await talking(make_home, make_peer)
    downloads.mkdir()
    (downloads / "cat.png").write_text("mine")
    async with serving(whole) as server:
        message = await told(home, peer, server.url("/cat.png"))
        done = await until_state(home, await download(home, message), "done")
    assert done.path == str(downloads / "cat (2).png")
    assert (downloads / "cat.png").read_text() == "mine"


async def test_a_name_from_outside_leads_nowhere_else(make_home, make_peer, downloads, tmp_path):
    home, peer, _ = await talking(make_home, make_peer)
    async with serving(whole) as server:
        message = await told(home, peer, server.url("/x"), name="../../.bashrc")
        done = await until_state(home, await download(home, message), "done")
    assert Path(done.path).parent == downloads
    assert not Path(done.path).name.startswith(".")


@pytest.mark.parametrize(
    ("path", "said", "name"),
    [
        ("/get", 'attachment; filename="../r\u00e9port.pdf"', "r\u00e9port.pdf"),
        ("/get", "attachment", "get"),
        ("/cat.png", "attachment; filename=cat.exe", "cat.png"),
    ],
)
async def test_a_file_whose_address_tells_nothing_is_called_as_its_server_says(
    make_home, make_peer, downloads, path, said, name
):
    async def called(asked):
        await asked.say("200 OK", f"Content-Disposition: {said}", body=CONTENT)

    home, peer, _ = await talking(make_home, make_peer)
    async with serving(called) as server:
        message = await told(home, peer, server.url(path), name="")
        done = await until_state(home, await download(home, message), "done")
    assert (done.name, done.path) == (name, str(downloads / name))
    assert left(downloads) == [name]


async def test_a_file_may_go_into_a_directory_of_ones_choice(
    make_home, make_peer, downloads, tmp_path
):
    home, peer, _ = await talking(make_home, make_peer)
    where = tmp_path / "elsewhere"
    where.mkdir()
    async with serving(whole) as server:
        message = await told(home, peer, server.url("/cat.png"))
        done = await until_state(home, await download(home, message, where), "done")
        assert done.path == str(where / "cat.png")
        with pytest.raises(FileError, match="is not there"):
            await download(home, message, tmp_path / "nowhere")


async def test_another_file_than_was_announced_never_appears(make_home, make_peer, downloads):
    home, peer, _ = await talking(make_home, make_peer)
    async with serving(whole) as server:
        wrong = {"sha-256": b"\0" * 32}
        message = await told(home, peer, server.url("/cat.png"), hashes=wrong)
        failed = await until_state(home, await download(home, message), "failed")
    assert failed.error[0] == "FileError"
    assert left(downloads) == []


async def test_more_than_was_announced_never_appears(make_home, make_peer, downloads):
    home, peer, _ = await talking(make_home, make_peer)
    async with serving(whole) as server:
        message = await told(home, peer, server.url("/cat.png"), size=1000)
        id = await download(home, message)
        failed = await until_state(home, id, "failed")
        assert failed.error[0] == "FileError"
        await home.call(names.FILES, "remove", id)
    assert left(downloads) == []


async def test_what_breaks_in_the_middle_goes_on_there(
    make_home, make_peer, downloads, short_pauses
):
    home, peer, _ = await talking(make_home, make_peer)
    async with serving(Breaking(2, coming(home))) as server:
        message = await told(home, peer, server.url("/cat.png"), hashes=DIGESTS)
        await until_state(home, await download(home, message), "done")
        starts = ["range" in each.headers for each in server.asked]
    assert starts == [False, True, True]
    assert (downloads / "cat.png").read_bytes() == CONTENT


async def test_what_breaks_again_and_again_fails_and_can_be_resumed(
    make_home, make_peer, downloads, short_pauses
):
    home, peer, _ = await talking(make_home, make_peer)
    async with serving(Breaking(TRIES, coming(home))) as server:
        message = await told(home, peer, server.url("/cat.png"), hashes=DIGESTS)
        id = await download(home, message)
        failed = await until_state(home, id, "failed")
        assert failed.error[0] == "HostUnreachable"
        await home.call(names.FILES, "resume", id)
        await until_state(home, id, "done")
    assert (downloads / "cat.png").read_bytes() == CONTENT


async def test_a_missing_file_says_so(make_home, make_peer, downloads):
    async def gone(asked):
        await asked.say("404 Not Found")

    home, peer, _ = await talking(make_home, make_peer)
    async with serving(gone) as server:
        message = await told(home, peer, server.url("/cat.png"))
        failed = await until_state(home, await download(home, message), "failed")
    assert failed.error[0] == "UnknownItem"
    assert left(downloads) == []


async def test_a_daemon_that_is_killed_amid_goes_on_where_it_was(make_home, make_peer, downloads):
    home, peer, _ = await talking(make_home, make_peer)
    async with serving(half) as server:
        message = await told(home, peer, server.url("/cat.png"), hashes=DIGESTS)
        id = await download(home, message)
        await coming(home)(0)
        await home.crash()
        await home.come_back()
        await home.online()
        await until_state(home, id, "done")
    assert (downloads / "cat.png").read_bytes() == CONTENT
    assert left(downloads) == ["cat.png"]


class Changing:
    """A server whose file is another by the second time, `tag` says of which it may know that."""

    def __init__(self, *tags):
        self.tags = tags
        self.times = 0

    async def __call__(self, asked):
        is_first, self.times = not self.times, self.times + 1
        tag = [f"ETag: {self.tags[not is_first]}"] if self.tags else []
        head = "\r\n".join(["HTTP/1.1 200 OK", *tag, f"Content-Length: {len(CONTENT)}"])
        if is_first:
            await asked.send(head.encode() + b"\r\n\r\n" + CONTENT[:500_000])
            await asked.reader.read()  # until they hang up
        elif "range" in asked.headers and asked.headers.get("if-range") in (None, *self.tags[1:]):
            await ranged(asked)
        else:
            await asked.send(head.encode() + b"\r\n\r\n" + CONTENT[::-1])


@pytest.mark.parametrize("tags", [('"a"', '"b"'), ()], ids=["known", "unknown"])
async def test_what_is_another_file_by_now_is_fetched_from_its_beginning(
    make_home, make_peer, downloads, tags
):
    home, peer, _ = await talking(make_home, make_peer)
    async with serving(Changing(*tags)) as server:
        message = await told(home, peer, server.url("/cat.png"))
        id = await download(home, message)
        await coming(home)(0)
        # Who is killed can note nothing any more.
        await home.database.close()
        await home.crash()
        await home.come_back()
        await home.online()
        await until_state(home, id, "done")
    assert (downloads / "cat.png").read_bytes() == CONTENT[::-1]


async def test_each_file_of_a_message_is_one_of_its_own(make_home, make_peer, downloads):
    async def stalling(asked):
        await asked.reader.read()

    home, peer, _ = await talking(make_home, make_peer)
    async with serving(stalling) as server:
        await told(home, peer, server.url("/cat.png"))
        urls = [server.url(f"/{name}.png") for name in ("cat", "dog")]
        stanza = xml.element(xml.CLIENT, "message", {"to": home.jid, "type": "chat", "id": "two"})
        sharing.put(stanza, [SharedFile(name=url[-7:], addresses=(url,)) for url in urls])
        peer.stream.send(stanza)

        async def came():
            found = await home.messages(peer.jid)
            return next((m for m in found if len(attachments.of(m)) == 2), None)

        message = await home.until(came)
        ids = [await download(home, message, index=index) for index in (0, 1)]
        assert len(set(ids)) == 2
        assert [await download(home, message, index=index) for index in (0, 1)] == ids
        assert [each.url for each in await transfers(home)] == urls


async def test_a_cancelled_download_leaves_nothing(make_home, make_peer, downloads):
    async def stalling(asked):
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(CONTENT)}\r\n\r\n"
        await asked.send(head.encode() + CONTENT[:500_000])
        await asked.reader.read()

    home, peer, _ = await talking(make_home, make_peer)
    async with serving(stalling) as server:
        message = await told(home, peer, server.url("/cat.png"))
        id = await download(home, message)
        assert await download(home, message) == id
        await until_state(home, id, "running")
        await home.call(names.FILES, "cancel", id)
    assert left(downloads) == []
    assert [each.state for each in await transfers(home)] == ["cancelled"]


async def test_a_file_is_fetched_into_one_that_is_open(make_home, make_peer, downloads, tmp_path):
    home, peer, _ = await talking(make_home, make_peer)
    path = tmp_path / "mine"
    async with serving(whole) as server:
        message = await told(home, peer, server.url("/cat.png"), hashes=DIGESTS)
        with Descriptor(os.open(path, os.O_RDWR | os.O_CREAT)) as handle:
            id = await home.call(names.FILES, "download_handle", message.id, 0, handle)
        done = await until_state(home, id, "done")
    assert done.path == ""
    assert path.read_bytes() == CONTENT


@pytest.fixture
def certified(server, tmp_path):
    """What makes a web server one that who trusts our XMPP server trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*server.authority.issue(tmp_path / "web", "localhost"))
    return context


async def secretly(home, peer, certified, sealed):
    """Return the transfer of a file that was encrypted, with only its address told, once over."""

    async def giving(asked):
        await asked.say("200 OK", body=sealed)

    async with serving(giving, tls=certified, called="localhost") as server:
        peer.chat(home.jid, SECRET.address(server.url("/cat.png")), id="secret")

        async def came():
            return next((m for m in await home.messages(peer.jid) if attachments.of(m)), None)

        id = await download(home, await home.until(came))
        return await until_state(home, id, "done", "failed")


async def test_a_file_of_a_secret_address_is_decrypted(make_home, make_peer, downloads, certified):
    home, peer, _ = await talking(make_home, make_peer)
    done = await secretly(home, peer, certified, SEALED)
    assert (done.state, done.encrypted) == ("done", True)
    assert (downloads / "cat.png").read_bytes() == CONTENT
    assert left(downloads) == ["cat.png"]


async def test_a_secret_file_that_was_changed_never_appears(
    make_home, make_peer, downloads, certified
):
    home, peer, _ = await talking(make_home, make_peer)
    failed = await secretly(home, peer, certified, SEALED[:-1] + bytes([SEALED[-1] ^ 1]))
    assert failed.error[0] == "FileError"
    assert left(downloads) == []


async def test_what_is_not_there_to_fetch_is_said(make_home, make_peer, downloads):
    home, peer, hello = await talking(make_home, make_peer)
    with pytest.raises(UnknownMessage):
        await home.call(names.FILES, "download", 999, 0, "")
    with pytest.raises(UnknownItem):
        await home.call(names.FILES, "download", hello.id, 0, "")
    message = await told(home, peer, "", addresses=())
    with pytest.raises(NotSupported):
        await download(home, message)


async def test_nothing_is_fetched_unasked_but_if_the_user_wants_it(make_home, make_peer, downloads):
    home, peer, _ = await talking(make_home, make_peer)
    await home.call(names.ROSTER, "set", peer.jid, "Peer", [])
    async with serving(whole) as server:
        await told(home, peer, server.url("/cat.png"), size=len(CONTENT))
        assert await transfers(home) == []
        home.inside.config = replace(home.config, files=Files(fetch_up_to_mb=2))
        peer.chat(home.jid, "more", id="m2")
        await home.until_message(peer.jid, "more")
        stanza = xml.element(xml.CLIENT, "message", {"to": home.jid, "type": "chat", "id": "f2"})
        url = server.url("/dog.png")
        sharing.put(stanza, [SharedFile(name="dog.png", size=len(CONTENT), addresses=(url,))])
        peer.stream.send(stanza)

        async def begun():
            return next(iter(await transfers(home)), None)

        found = await home.until(begun)
        assert found.name == "dog.png"
        # What nobody asked for goes into no network of one's own, and nowhere unencrypted.
        failed = await until_state(home, found.id, "failed")
        assert failed.error[0] == "NotAllowed"
        assert server.asked == []
        # Whoever asks for it after all has seen where it comes from.
        await home.call(names.FILES, "resume", found.id)
        await until_state(home, found.id, "done")


async def test_who_moves_a_file_can_say_where_it_is(make_home, make_peer, downloads):
    home, peer, _ = await talking(make_home, make_peer)
    async with serving(whole) as server:
        message = await told(home, peer, server.url("/cat.png"), hashes=DIGESTS)
        id = await download(home, message)
        await until_state(home, id, "done")
    await home.call(names.FILES, "set_path", id, "/elsewhere/cat.png")
    (moved,) = await transfers(home)
    assert (moved.path, moved.state) == ("/elsewhere/cat.png", "done")
    with pytest.raises(InvalidArgument):
        await home.call(names.FILES, "set_path", id, "cat.png")
    with pytest.raises(UnknownTransfer):
        await home.call(names.FILES, "set_path", 99, "/cat.png")


async def test_what_has_not_come_is_nowhere(make_home, make_peer, downloads):
    home, peer, _ = await talking(make_home, make_peer)
    async with serving(whole) as server:
        message = await told(home, peer, server.url("/cat.png"), size=len(CONTENT) + 1)
        id = await download(home, message)
        await until_state(home, id, "failed")
    with pytest.raises(NotAllowed, match="has come"):
        await home.call(names.FILES, "set_path", id, "/cat.png")
