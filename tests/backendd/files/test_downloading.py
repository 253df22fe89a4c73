"""Files of the web, fetched to where they go."""

import asyncio
import hashlib
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError, HostUnreachable, TooLarge
from backendd.files import parts
from backendd.files.directory_targets import DirectoryTarget
from backendd.files.downloading import Download
from backendd.files.encryption import Secret
from backendd.files.handed_targets import open_handed
from backendd.files.policy import ASKED
from backendd.files.targets import Bounds
from backendd.files.web import Web
from tests.backendd.files.webserver import serving

DATA = os.urandom(3_000_000)
SECRET = Secret(os.urandom(32), os.urandom(16))
SEALED = AESGCM(SECRET.key).encrypt(SECRET.nonce, DATA, None)
MOST = len(DATA)
ETAG = '"one"'


def has(content, *, parts_of_it=True, ends_at=None, once=None):
    """Behave as a server that has `content`, and perhaps hangs up in the middle, `once` it may."""

    async def behave(asked):
        start = int(asked.headers.get("range", "bytes=0-")[6:-1]) if parts_of_it else 0
        end = len(content) if ends_at is None else ends_at
        told = f"Content-Length: {len(content) - start}"
        if start and start == len(content):
            await asked.say("416 No", f"Content-Range: bytes */{start}")
        elif start:
            where = f"Content-Range: bytes {start}-{len(content) - 1}/{len(content)}"
            await asked.say("206 P", where, told, body=content[start:end])
        else:
            await asked.say("200 OK", f"ETag: {ETAG}", told, body=content[:end])
        if once is not None:
            await once.wait()

    return behave


def content_of(received):
    return Path(received.path).read_bytes()


class Place:
    """A directory to fetch into, and a server to fetch from."""

    def __init__(self, directory, certified):
        self.directory = directory
        self.certified = certified
        self.key = parts.new_key()

    async def open(self, **bounds):
        bounds = Bounds(**({"most": MOST} | bounds))
        return await DirectoryTarget.open(str(self.directory), "a.bin", self.key, bounds)

    async def fetch(self, behave, target, *, secret=None, **more):
        async with serving(behave, tls=self.certified.context, called="localhost") as server:
            address = secret.address(server.url()) if secret else server.url()
            download = Download(address, ASKED, **({"most": MOST} | more))
            await download.into(target, Web(self.certified.ca_file))
        return server.asked[0].headers

    def names(self):
        return sorted(os.listdir(self.directory))


@pytest.fixture
def place(tmp_path, certified):
    return Place(tmp_path, certified)


KINDS = pytest.mark.parametrize(
    ("content", "secret"), [(DATA, None), (SEALED, SECRET)], ids=["plain", "encrypted"]
)


@KINDS
async def test_a_file_comes_to_where_it_goes(place, content, secret):
    began, came = [], []

    async def begin(told):
        began.append(told)

    async with await place.open() as target:
        await place.fetch(has(content), target, secret=secret, began=begin, progress=came.append)
        received = await target.finish({"sha-256": hashlib.sha256(DATA).digest()})
    assert content_of(received) == DATA
    assert received.is_verified
    assert place.names() == ["a.bin"]
    assert (began[0].size, began[0].validator) == (len(DATA), ETAG)
    assert came == sorted(came)
    assert came[-1] == len(DATA)


@KINDS
@pytest.mark.parametrize("left_at", [1, 1_500_000, len(DATA) - 1])
async def test_it_goes_on_where_it_was_left(place, content, secret, left_at):
    has_come = asyncio.Event()  # what is read after a connection has ended may be less than came
    cut = has(content, ends_at=left_at + len(content) - len(DATA), once=has_come)

    def progress(done):
        if done == left_at:
            has_come.set()

    async with await place.open() as target:
        with pytest.raises(HostUnreachable):
            await place.fetch(cut, target, secret=secret, progress=progress)
        assert target.position == left_at
    async with await place.open() as target:
        asked = await place.fetch(has(content), target, secret=secret, validator=ETAG)
        received = await target.finish()
    assert asked["range"] == f"bytes={left_at}-"
    assert asked["if-range"] == ETAG
    assert content_of(received) == DATA


@KINDS
async def test_what_was_left_when_all_of_it_was_there_is_only_verified(place, content, secret):
    async with await place.open() as target:
        await place.fetch(has(content), target, secret=secret)
    async with await place.open() as target:
        await place.fetch(has(content), target, secret=secret, validator=ETAG)
        received = await target.finish()
    assert content_of(received) == DATA


@KINDS
async def test_it_begins_anew_where_the_server_has_no_parts(place, content, secret):
    async with await place.open() as target:
        await target.write(b"what came of another file")
    async with await place.open() as target:
        await place.fetch(has(content, parts_of_it=False), target, secret=secret)
        received = await target.finish()
    assert content_of(received) == DATA


@pytest.mark.parametrize(
    "content",
    [SEALED[:-1] + b"x", SEALED[:-1], SEALED[1:], b"x" + SEALED[1:], SEALED[:16], SEALED[:15], b""],
    ids=["end changed", "end cut", "begin cut", "begin changed", "a tag", "part of a tag", "none"],
)
async def test_what_is_not_what_was_encrypted_is_never_there_under_its_name(place, content):
    async with await place.open() as target:
        with pytest.raises(FileError):
            await place.fetch(has(content), target, secret=SECRET)
        assert place.names() == []


async def test_what_was_changed_between_two_beginnings_is_noticed(place):
    async with await place.open() as target:
        await target.write(b"x" + DATA[1:1_000_000])
    async with await place.open() as target:
        with pytest.raises(FileError, match="damaged or changed"):
            await place.fetch(has(SEALED), target, secret=SECRET)
        assert place.names() == []


@KINDS
async def test_no_more_comes_than_may(place, content, secret):
    async with await place.open(most=len(DATA) - 1) as target:
        with pytest.raises(TooLarge):
            await place.fetch(has(content), target, secret=secret, most=len(DATA) - 1)
        assert target.position == 0


@KINDS
async def test_it_has_the_size_that_was_announced_or_it_is_another(place, content, secret):
    async with await place.open(size=len(DATA) - 1, most=None) as target:
        with pytest.raises(FileError, match="more came than was announced"):
            await place.fetch(has(content), target, secret=secret)


@KINDS
async def test_it_comes_into_a_file_that_was_opened_for_it(place, content, secret, tmp_path):
    where = tmp_path / "opened"
    with where.open("wb") as opened:
        async with await open_handed(Descriptor.copy(opened.fileno())) as target:
            await place.fetch(has(content), target, secret=secret)
            await target.finish()
    assert where.read_bytes() == DATA


async def test_nothing_that_was_not_encrypted_so_stays_in_a_file_that_was_opened(place, tmp_path):
    where = tmp_path / "opened"
    with where.open("wb") as opened:
        async with await open_handed(Descriptor.copy(opened.fileno())) as target:
            with pytest.raises(FileError):
                await place.fetch(has(SEALED[:-1] + b"x"), target, secret=SECRET)
    assert where.read_bytes() == b""
