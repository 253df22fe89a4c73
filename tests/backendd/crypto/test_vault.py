"""The vault: what opens it, what doesn't, and what it protects."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.api.errors import InvalidArgument, StorageError, WrongPassword
from backendd.crypto import vault
from backendd.crypto.vault import DataKey, Parameters, Sealed

QUICK = Parameters(memory_kib=64, iterations=1, lanes=1)
PURPOSE = "xmpp-password:6f1e"
# The bytes 0 to 31, under the password "frozen".
FROZEN = (
    "0101000004000000000201a118a0041e85fb1b7eb001fa3c46a8d3e111bbde95d27a92b6a62c69b5"
    "1735f170e64acf38763cad5fc8979cf9684abc56366f24ec34af05d691d21b102bbe737b47858430"
    "1c1f022d4b98bb"
)


async def test_the_password_gives_the_key_back():
    sealed, key = await vault.create("correct horse")
    stored = Sealed.from_bytes(sealed.to_bytes())
    opened = await vault.unlock(stored, "correct horse")
    assert opened.decrypt(key.encrypt(b"secret", PURPOSE), PURPOSE) == b"secret"


async def test_the_default_parameters_are_those_of_the_rfc():
    sealed, _ = await vault.create("correct horse")
    assert sealed.parameters == Parameters(memory_kib=65536, iterations=3, lanes=4)


@pytest.mark.parametrize("wrong", ["", "correct hors", "Correct horse", "correct horse "])
async def test_another_password_is_refused(wrong: str):
    sealed, _ = await vault.create("correct horse", QUICK)
    with pytest.raises(WrongPassword, match="not the password"):
        await vault.unlock(sealed, wrong)


async def test_an_empty_password_is_allowed_and_known():
    sealed, key = await vault.create("")
    assert not sealed.has_password
    assert not Sealed.from_bytes(sealed.to_bytes()).has_password
    assert (await vault.unlock(sealed, "")).to_bytes() == key.to_bytes()
    with pytest.raises(WrongPassword):
        await vault.unlock(sealed, "something")


async def test_an_accent_is_the_same_however_it_is_typed():
    sealed, key = await vault.create("caf\u00e9", QUICK)
    assert (await vault.unlock(sealed, "cafe\u0301")).to_bytes() == key.to_bytes()


async def test_what_is_no_text_is_refused():
    with pytest.raises(InvalidArgument, match="not text"):
        await vault.create("\udcff", QUICK)


async def test_a_new_password_keeps_the_key_and_ends_the_old_one():
    sealed, key = await vault.create("old", QUICK)
    again = await vault.rewrap(sealed, "old", "new")
    assert again.has_password
    assert (await vault.unlock(again, "new")).to_bytes() == key.to_bytes()
    with pytest.raises(WrongPassword):
        await vault.unlock(again, "old")
    with pytest.raises(WrongPassword):
        await vault.rewrap(again, "old", "newer")


async def test_a_password_can_be_taken_away_and_given():
    sealed, key = await vault.create("old", QUICK)
    without = await vault.rewrap(sealed, "old", "")
    assert not without.has_password
    again = await vault.rewrap(without, "", "new", QUICK)
    assert again.has_password
    assert (await vault.unlock(again, "new")).to_bytes() == key.to_bytes()


async def test_keys_made_with_other_parameters_still_open():
    # Written by this module on 22 November 2026; it must open for ever.
    stored = bytes.fromhex(FROZEN)
    sealed = Sealed.from_bytes(stored)
    assert sealed.parameters == Parameters(memory_kib=1024, iterations=2, lanes=1)
    key = await vault.unlock(sealed, "frozen")
    assert key.to_bytes() == bytes(range(32))


async def test_two_vaults_of_one_password_have_nothing_in_common():
    one, one_key = await vault.create("same", QUICK)
    other, other_key = await vault.create("same", QUICK)
    assert one.salt != other.salt
    assert one_key.to_bytes() != other_key.to_bytes()
    assert one.wrapped != other.wrapped


async def test_the_loop_goes_on_while_a_key_is_derived():
    steps = 0
    derived = asyncio.get_running_loop().create_task(vault.create("correct horse"))
    while not derived.done():
        steps += 1
        await asyncio.sleep(0)
    assert steps > 10


async def test_every_byte_of_what_is_stored_counts():
    sealed, _ = await vault.create("correct horse", QUICK)
    stored = sealed.to_bytes()
    for place in range(len(stored)):
        damaged = bytearray(stored)
        damaged[place] ^= 0x01
        with pytest.raises((StorageError, WrongPassword)):
            await vault.unlock(Sealed.from_bytes(bytes(damaged)), "correct horse")


@given(st.binary(max_size=120))
def test_no_bytes_break_the_reading(blob: bytes):
    with pytest.raises(StorageError):
        Sealed.from_bytes(blob)


async def test_damage_can_not_ask_for_gigabytes():
    sealed, _ = await vault.create("x", QUICK)
    stored = bytearray(sealed.to_bytes())
    stored[2:6] = b"\xff\xff\xff\xff"
    with pytest.raises(StorageError, match="damaged"):
        Sealed.from_bytes(bytes(stored))


@given(st.binary(max_size=300), st.text(st.characters(codec="utf-8")))
def test_what_is_encrypted_comes_back(plaintext: bytes, purpose: str):
    key = DataKey.random()
    assert key.decrypt(key.encrypt(plaintext, purpose), purpose) == plaintext


def test_a_secret_is_bound_to_its_purpose():
    key = DataKey.random()
    blob = key.encrypt(b"secret", PURPOSE)
    with pytest.raises(StorageError, match="damaged"):
        key.decrypt(blob, "xmpp-password:another")


def test_every_byte_of_a_secret_counts():
    key = DataKey.random()
    blob = key.encrypt(b"secret", PURPOSE)
    for place in range(len(blob)):
        damaged = bytearray(blob)
        damaged[place] ^= 0x80
        with pytest.raises(StorageError):
            key.decrypt(bytes(damaged), PURPOSE)
    for length in range(len(blob)):
        with pytest.raises(StorageError):
            key.decrypt(blob[:length], PURPOSE)


def test_the_same_secret_never_looks_the_same():
    key = DataKey.random()
    assert key.encrypt(b"secret", PURPOSE) != key.encrypt(b"secret", PURPOSE)


def test_a_key_goes_out_and_in_as_bytes():
    key = DataKey.random()
    again = DataKey(key.to_bytes())
    assert again.decrypt(key.encrypt(b"secret", PURPOSE), PURPOSE) == b"secret"
    with pytest.raises(StorageError, match="no key"):
        DataKey(b"short")


async def test_nothing_secret_shows_in_a_log():
    sealed, key = await vault.create("correct horse", QUICK)
    shown = f"{sealed!r} {key!r}"
    assert repr(key.to_bytes()) not in shown
    assert "wrapped" not in shown
