"""Files that only who has their address can read (XEP-0454): behind its `#` is the key.

The server that keeps such a file never sees that part of the address.
"""

import os
from typing import Self

from backendd.api.errors import InvalidArgument, NotSupported, TooLarge
from backendd.api.values import Value, field
from backendd.core import file_addresses
from backendd.crypto.gcm import (
    KEY_BYTES,
    MOST_BYTES,
    NONCE_BYTES,
    TAG_BYTES,
    Decryption,
    Encryption,
)
from backendd.files.body import Reading, Source

_AT_ONCE = 256 * 1024  # what takes no longer than others can wait, whatever the processor
_SECURE = "https:"
# The scheme is longer by one, and a `#` stands before the key.
_KEY_CHARACTERS = 2 * (KEY_BYTES + NONCE_BYTES) + 2


class Secret(Value):
    """What one file is encrypted with, and never another one, nor another version of it."""

    key: bytes = field(repr=False)
    nonce: bytes = field(repr=False)

    @classmethod
    def random(cls) -> Self:
        return cls(os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES))

    def address(self, url: str) -> str:
        """Return the address to tell of a file that was put to `url` encrypted; NotSupported."""
        check(url)
        place = url.partition(":")[2].partition("#")[0]
        return f"{file_addresses.SECRET}:{place}#{self.nonce.hex()}{self.key.hex()}"


def check(url: str) -> None:
    """Return if what is put to `url` can be told of by an address with a key; NotSupported."""
    if not url.lower().startswith(_SECURE):
        raise NotSupported("a file can be encrypted only for a server that has https")
    if len(url) + _KEY_CHARACTERS > file_addresses.LONGEST:
        raise NotSupported("the address that the server gives the file has no room for a key")


def read(address: str) -> tuple[str, Secret]:
    """Return where a file is to be fetched, and what it is encrypted with; InvalidArgument."""
    known = file_addresses.read(address)
    if not file_addresses.is_secret(known):
        raise InvalidArgument("this is no address of an encrypted file")
    place, _, fragment = known.partition(":")[2].partition("#")
    secret = bytes.fromhex(fragment)
    return _SECURE + place, Secret(secret[-KEY_BYTES:], secret[:-KEY_BYTES])


def size(of_plain: int) -> int:
    """Return how many bytes a file of so many has when it is encrypted; TooLarge."""
    if of_plain > MOST_BYTES:
        raise TooLarge("no more than 64 GiB can be encrypted at once")
    return of_plain + TAG_BYTES


class EncryptedSource:
    """A file as it is sent encrypted, with the tag at its end; TooLarge.

    Each time that it is sent it has another secret: nobody knows whether it is the same file still.
    """

    def __init__(self, source: Source) -> None:
        self.size = size(source.size)
        self._source = source
        self._secret = Secret.random()

    def begin(self) -> "_Encrypting":
        """Return it from its start on."""
        self._secret = Secret.random()
        return _Encrypting(self._source.begin(), self._secret)

    def address(self, url: str) -> str:
        """Return the address of what was begun last, which was put to `url`; NotSupported."""
        return self._secret.address(url)


class _Encrypting:
    """The content of a file as it is read, and behind it the tag."""

    def __init__(self, reading: Reading, secret: Secret) -> None:
        self._reading = reading
        self._encryption = Encryption(secret.key, secret.nonce)
        self._read = memoryview(b"")
        self._is_over = False
        self.close = reading.close

    async def next(self) -> bytes:
        """Return the next bytes, none at the end; what reading raises."""
        if self._is_over:
            return b""
        if not self._read:
            self._read = memoryview(await self._reading.next())
        piece, self._read = self._read[:_AT_ONCE], self._read[_AT_ONCE:]
        if piece:
            return self._encryption.update(piece)
        self._is_over = True
        return self._encryption.finish()


def decryption(secret: Secret) -> Decryption:
    """Return what reads a file again."""
    return Decryption(secret.key, secret.nonce)
