"""The vault of a profile: its data key, opened by the profile password.

The data key is random and wrapped under a key derived from the password, so that a new password
wraps it anew and what it encrypts stays as it is.
"""

import asyncio
import os
import unicodedata
from dataclasses import replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from backendd.api.errors import InvalidArgument, WrongPassword
from backendd.crypto.data_key import KEY_BYTES, DataKey
from backendd.crypto.sealed import CHEAPEST, CURRENT, NONCE_BYTES, Parameters, Sealed

__all__ = ["DataKey", "Parameters", "Sealed", "create", "rewrap", "unlock"]


async def create(password: str, parameters: Parameters = CURRENT) -> tuple[Sealed, DataKey]:
    """Return a new data key, and what `unlock` gets it back from.

    The password may be empty: then whoever can read what is stored can read the secrets.
    """
    key = DataKey.random()
    return await _seal(key, password, parameters), key


async def unlock(sealed: Sealed, password: str) -> DataKey:
    """Return the data key; WrongPassword, which takes as long as the right one, if it isn't."""
    cipher = await _derive(sealed, password)
    nonce, wrapped = sealed.wrapped[:NONCE_BYTES], sealed.wrapped[NONCE_BYTES:]
    try:
        return DataKey(cipher.decrypt(nonce, wrapped, sealed.header))
    except InvalidTag as error:
        raise WrongPassword("this is not the password of the profile") from error


async def rewrap(sealed: Sealed, old: str, new: str, parameters: Parameters = CURRENT) -> Sealed:
    """Return what `unlock` gets the same key from with `new`; WrongPassword for a bad `old`."""
    return await _seal(await unlock(sealed, old), new, parameters)


async def _seal(key: DataKey, password: str, parameters: Parameters) -> Sealed:
    bare = Sealed(bool(password), parameters if password else CHEAPEST)
    cipher = await _derive(bare, password)
    nonce = os.urandom(NONCE_BYTES)
    return replace(bare, wrapped=nonce + cipher.encrypt(nonce, key.to_bytes(), bare.header))


async def _derive(sealed: Sealed, password: str) -> ChaCha20Poly1305:
    cost = sealed.parameters
    function = Argon2id(
        salt=sealed.salt,
        length=KEY_BYTES,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    # Some 100 ms, in which the loop goes on: the derivation lets go of the interpreter.
    return ChaCha20Poly1305(await asyncio.to_thread(function.derive, _encode(password)))


def _encode(password: str) -> bytes:
    # One keyboard writes an accented letter as one character, another as two.
    try:
        return unicodedata.normalize("NFC", password).encode()
    except UnicodeEncodeError as error:
        raise InvalidArgument("the password has characters that are not text") from error
