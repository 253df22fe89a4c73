"""Files are told apart by hashes that others can't match."""

import hashlib

import pytest

from backendd.api.errors import FileError
from backendd.files import hashing
from backendd.files.hashing import Hasher

EMPTY = {  # of no bytes at all, as FIPS 180-4, FIPS 202 and RFC 7693 have them
    "sha-1": "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "sha-256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "sha3-256": "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a",
    "blake2b-256": "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8",
}


def test_each_hash_is_the_one_of_its_name():
    hasher = Hasher(EMPTY)
    hasher.update(b"")
    assert {name: digest.hex() for name, digest in hasher.digests().items()} == EMPTY


def test_several_are_made_in_one_pass():
    hasher = Hasher(("sha-256", "sha-512"))
    for piece in (b"ab", bytearray(b"c"), memoryview(b"d")):
        hasher.update(piece)
    assert hasher.digests() == {
        "sha-256": hashlib.sha256(b"abcd").digest(),
        "sha-512": hashlib.sha512(b"abcd").digest(),
    }


def test_what_nobody_knows_is_left_out():
    assert Hasher(("md5", "whirlpool", "sha-256", "")).digests().keys() == {"sha-256"}


def test_names_are_known_however_they_are_written():
    assert hashing.canonical(" SHA-256") == "sha-256"
    assert hashing.canonical("id-blake2b256") == "blake2b-256"
    assert hashing.canonical("md5") == ""


def test_of_several_hashes_the_best_one_counts():
    given = {"md5": b"m", "sha-1": b"o", "sha3-256": b"n", "SHA-256": b"y"}
    assert hashing.counting(given) == ("sha-256", b"y")
    assert hashing.counting({"sha-1": b"o"}) == ("sha-1", b"o")
    assert hashing.counting({"md5": b"m"}) is None


def test_a_file_of_the_right_hash_is_proven():
    found = Hasher().digests()
    assert hashing.check(found, ("sha-256", found["sha-256"]))
    assert not hashing.check(found, None)


def test_a_file_of_another_hash_is_refused():
    with pytest.raises(FileError, match="not the file that was announced"):
        hashing.check(Hasher().digests(), ("sha-256", b"other"))


def test_a_broken_hash_proves_nothing_but_still_refuses():
    found = Hasher(("sha-1",)).digests()
    assert not hashing.check(found, ("sha-1", found["sha-1"]))
    with pytest.raises(FileError):
        hashing.check(found, ("sha-1", b"other"))


def test_a_broken_hash_is_not_offered_to_peers():
    assert "sha-256" in hashing.SUPPORTED
    assert "sha-1" not in hashing.SUPPORTED


def test_the_one_that_counts_is_told_as_text_and_read_again():
    given = {"sha-1": b"o", "sha-256": bytes.fromhex(EMPTY["sha-256"])}
    assert hashing.shown(given) == "sha-256:" + EMPTY["sha-256"]
    assert hashing.read(hashing.shown(given)) == {"sha-256": given["sha-256"]}
    assert hashing.shown({"md5": b"m"}) == ""
    assert hashing.read("") == {}
