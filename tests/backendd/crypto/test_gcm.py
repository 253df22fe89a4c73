"""Files of any size, encrypted and decrypted in pieces of any size."""

import os
import tracemalloc

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from backendd.api.errors import FileError
from backendd.crypto.gcm import TAG_BYTES, Decryption, Encryption

KEY, NONCE = bytes(range(32)), bytes(range(12))
MEBI = 1024 * 1024
SIZES = [0, 1, 15, 16, 17, 4095, 4096, 4097, MEBI - 1, MEBI, MEBI + 1, 3 * MEBI]

# McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B: 13, 14, 15 and 18.
PLAIN = bytes.fromhex(
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255"
)
FEFF = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
VECTORS = [
    (bytes(32), bytes(12), b"", "530f8afbc74536b9a963b4f1c4cb738b"),
    (
        bytes(32),
        bytes(12),
        bytes(16),
        "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919",
    ),
    (
        FEFF,
        bytes.fromhex("cafebabefacedbaddecaf888"),
        PLAIN,
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad"
        "b094dac5d93471bdec1a502270e3cc6c",
    ),
]


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def encrypt(plaintext: bytes, size: int = MEBI, nonce: bytes = NONCE) -> bytes:
    encryption = Encryption(KEY, nonce)
    done = [encryption.update(piece) for piece in pieces(plaintext, size)]
    return b"".join(done) + encryption.finish()


def decrypt(ciphertext: bytes, size: int = MEBI, nonce: bytes = NONCE) -> bytes:
    decryption = Decryption(KEY, nonce)
    done = [decryption.update(piece) for piece in pieces(ciphertext, size)]
    decryption.finish()
    return b"".join(done)


@pytest.mark.parametrize(("key", "nonce", "plaintext", "expected"), VECTORS)
def test_the_published_vectors_come_out(key, nonce, plaintext, expected):
    encryption = Encryption(key, nonce)
    assert (encryption.update(plaintext) + encryption.finish()).hex() == expected
    decryption = Decryption(key, nonce)
    assert decryption.update(bytes.fromhex(expected)) == plaintext
    decryption.finish()


@pytest.mark.parametrize("nonce_size", [12, 16])
@pytest.mark.parametrize("size", SIZES)
def test_it_is_what_is_encrypted_as_one(size, nonce_size):
    plaintext, nonce = os.urandom(size), os.urandom(nonce_size)
    ciphertext = encrypt(plaintext, 4096, nonce)
    assert ciphertext == AESGCM(KEY).encrypt(nonce, plaintext, None)
    assert decrypt(ciphertext, 4096, nonce) == plaintext


@given(st.binary(max_size=200), st.integers(1, 50), st.integers(1, 50))
def test_it_does_not_matter_how_it_is_cut(plaintext, out, back):
    assert decrypt(encrypt(plaintext, out), back) == plaintext


@given(st.binary(max_size=100), st.data())
def test_one_bit_that_flipped_is_noticed(plaintext, data):
    ciphertext = bytearray(encrypt(plaintext))
    bit = data.draw(st.integers(0, len(ciphertext) * 8 - 1))
    ciphertext[bit // 8] ^= 1 << bit % 8
    with pytest.raises(FileError, match="damaged or changed"):
        decrypt(bytes(ciphertext))


@pytest.mark.parametrize("left", [0, 1, 15, 16, 40, 4095])
def test_what_was_cut_off_is_noticed(left):
    ciphertext = encrypt(os.urandom(5000))
    with pytest.raises(FileError):
        decrypt(ciphertext[:left])


def test_another_key_is_noticed():
    decryption = Decryption(bytes(32), NONCE)
    decryption.update(encrypt(b"secret"))
    with pytest.raises(FileError, match="another key"):
        decryption.finish()


@pytest.mark.parametrize("already", [1, 16, 4096, 5000])
def test_a_decryption_goes_on_where_an_earlier_one_ended(already):
    plaintext = os.urandom(5000)
    ciphertext = encrypt(plaintext)
    decryption = Decryption(KEY, NONCE)
    for piece in pieces(plaintext[:already], 700):
        decryption.catch_up(piece)
    assert decryption.update(ciphertext[already:]) == plaintext[already:]
    decryption.finish()


def test_what_was_decrypted_earlier_and_changed_since_is_noticed():
    plaintext = os.urandom(5000)
    decryption = Decryption(KEY, NONCE)
    decryption.catch_up(b"x" + plaintext[1:4096])
    decryption.update(encrypt(plaintext)[4096:])
    with pytest.raises(FileError):
        decryption.finish()


def test_no_more_than_a_piece_is_in_memory():
    piece = bytes(64 * 1024)
    encryption, decryption = Encryption(KEY, NONCE), Decryption(KEY, NONCE)
    tracemalloc.start()
    for _ in range(256):
        decryption.update(encryption.update(piece))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    decryption.update(encryption.finish())
    decryption.finish()
    assert peak < 8 * len(piece), "16 MiB went through"


def test_nothing_of_the_end_is_given_out_before_it_is_known_to_be_no_tag():
    decryption = Decryption(KEY, NONCE)
    ciphertext = encrypt(b"0123456789")
    given_out = [decryption.update(ciphertext[at : at + 1]) for at in range(len(ciphertext))]
    assert b"".join(given_out) == b"0123456789"
    assert given_out[:TAG_BYTES] == [b""] * TAG_BYTES
