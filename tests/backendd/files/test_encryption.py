"""Files that only who has their address can read."""

import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backendd.api.errors import FileError, InvalidArgument, NotSupported, TooLarge
from backendd.files import encryption
from backendd.files.encryption import EncryptedSource, Secret
from backendd.files.web import Web
from tests.backendd.files.memory import Endless, InMemory
from tests.backendd.files.webserver import serving

MEBI = 1024 * 1024
SECRET = Secret(bytes(range(32)), bytes(range(100, 112)))
FRAGMENT = bytes(range(100, 112)).hex() + bytes(range(32)).hex()


async def everything(source):
    data, reading = b"", source.begin()
    while piece := await reading.next():
        data += piece
    return data


def test_an_address_has_the_vector_and_then_the_key():
    address = SECRET.address("https://a.example/x/y.jpg?v=1")
    assert address == f"aesgcm://a.example/x/y.jpg?v=1#{FRAGMENT}"
    assert encryption.read(address) == ("https://a.example/x/y.jpg?v=1", SECRET)


@pytest.mark.parametrize("scheme", ["aesgcm", "AESGCM", "AesGcm"])
def test_capital_letters_and_the_vectors_of_old_are_read(scheme):
    vector, key = os.urandom(16), os.urandom(32)
    address = f"{scheme}://a.example/x#{(vector + key).hex().upper()}"
    assert encryption.read(address) == ("https://a.example/x", Secret(key, vector))


@pytest.mark.parametrize(
    "address",
    [
        *("", "https://a.example/x", f"https://a.example/x#{FRAGMENT}", f"aesgcm:#{FRAGMENT}"),
        *("aesgcm://a.example/x", "aesgcm://a.example/x#", f"aesgcm://a.example/x#{FRAGMENT[2:]}"),
        *(f"aesgcm://a.example/x#{FRAGMENT}00", f"aesgcm://a.example/x#{FRAGMENT[:-1]}g"),
        *(f"aesgcm://a.example/x#{FRAGMENT[:-2]} 0", f"aesgcm://a.example/x##{FRAGMENT}"),
        f"aesgcm://u:p@a.example/x#{FRAGMENT}",
    ],
)
def test_what_has_no_key_of_the_right_length_is_no_such_address(address):
    with pytest.raises(InvalidArgument):
        encryption.read(address)


def test_a_key_is_only_for_what_is_kept_where_nobody_reads_the_address():
    with pytest.raises(NotSupported, match="https"):
        SECRET.address("http://a.example/x")


def test_each_file_has_a_secret_of_its_own_that_is_not_shown():
    one, other = Secret.random(), Secret.random()
    assert one.key != other.key
    assert one.nonce != other.nonce
    assert (len(one.key), len(one.nonce)) == (32, 12)
    assert one.key.hex() not in repr(one)
    assert repr(one.key) not in repr(one)


@pytest.mark.parametrize("size", [0, 1, 15, 16, 4095, 4096, 4097, MEBI, MEBI + 1, 2 * MEBI])
async def test_a_file_is_encrypted_as_others_do_it(size):
    data = os.urandom(size)
    source = EncryptedSource(InMemory(data))
    assert source.size == size + 16
    sent = await everything(source)
    _, secret = encryption.read(source.address("https://a.example/x"))
    assert sent == AESGCM(secret.key).encrypt(secret.nonce, data, None)


async def test_what_is_sent_again_has_another_key_which_its_address_has_then():
    source = EncryptedSource(InMemory(bytes(100)))
    first, before = await everything(source), source.address("https://a.example/x")
    second, after = await everything(source), source.address("https://a.example/x")
    assert first[:100] != second[:100]
    for sent, address in ((first, before), (second, after)):
        _, secret = encryption.read(address)
        assert AESGCM(secret.key).decrypt(secret.nonce, sent, None) == bytes(100)


def test_an_address_that_has_no_room_for_a_key_is_refused():
    for length in (4096, 4096 - 90 + 1):
        with pytest.raises(NotSupported, match="no room"):
            SECRET.address("https://a.example/".ljust(length, "x"))
    longest = SECRET.address("HTTPS://a.example/".ljust(4096 - 90, "x"))
    assert encryption.read(longest)[1] == SECRET
    assert len(longest) == 4096


async def test_what_is_wrong_with_the_file_is_told():
    with pytest.raises(FileError, match="has changed"):
        await everything(EncryptedSource(InMemory(bytes(5000), fails_at=4000)))


async def test_more_than_one_key_can_encrypt_is_refused():
    with pytest.raises(TooLarge, match="64 GiB"):
        EncryptedSource(Endless(2**36))


async def test_a_server_gets_it_only_encrypted(certified):
    async def takes(asked):
        await asked.take()
        await asked.say("201 Created")

    data = os.urandom(MEBI + 5)
    source = EncryptedSource(InMemory(data))
    async with serving(takes, tls=certified.context, called="localhost") as server:
        await Web(certified.ca_file).put(server.url(), source)
    kept, (_, secret) = server.asked[0].body, encryption.read(source.address(server.url()))
    assert AESGCM(secret.key).decrypt(secret.nonce, kept, None) == data
