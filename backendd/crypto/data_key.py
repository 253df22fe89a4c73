"""The key that a profile's secrets are encrypted under."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from backendd.api.errors import StorageError

KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = b"\x01"


class DataKey:
    """32 random bytes, and what is done with them (ChaCha20-Poly1305, RFC 8439)."""

    __slots__ = ("_cipher", "_key")

    def __init__(self, key: bytes) -> None:
        """Take what `to_bytes` gave; StorageError if it can't be that."""
        if len(key) != KEY_BYTES:
            raise StorageError("this is no key of a profile")
        self._key = key
        self._cipher = ChaCha20Poly1305(key)

    @classmethod
    def random(cls) -> "DataKey":
        return cls(os.urandom(KEY_BYTES))

    def to_bytes(self) -> bytes:
        """Return the key itself, to be kept where only this user and root can read it."""
        return self._key

    def encrypt(self, plaintext: bytes, purpose: str) -> bytes:
        """Return `plaintext` such that only `decrypt` with the same purpose gives it back.

        The purpose names what it is and whose, so that one stored secret can't stand in for
        another: `xmpp-password:<vault id>`.
        """
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, plaintext, _bound_to(purpose))

    def decrypt(self, blob: bytes, purpose: str) -> bytes:
        """Return what `encrypt` was given; StorageError if it is damaged or not for this."""
        start = len(_VERSION)
        nonce, ciphertext = blob[start : start + _NONCE_BYTES], blob[start + _NONCE_BYTES :]
        if not blob.startswith(_VERSION) or len(nonce) < _NONCE_BYTES:
            raise StorageError("a stored secret of the profile is damaged or of a newer version")
        try:
            return self._cipher.decrypt(nonce, ciphertext, _bound_to(purpose))
        except InvalidTag as error:
            raise StorageError("a stored secret of the profile is damaged") from error

    def __repr__(self) -> str:
        return "DataKey(...)"


def _bound_to(purpose: str) -> bytes:
    return _VERSION + purpose.encode()
