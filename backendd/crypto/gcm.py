"""AES-256-GCM in pieces (NIST SP 800-38D), so that a file of any size needs no memory.

What comes out of a `Decryption` is nobody's word until `finish` has returned.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import GCM

from backendd.api.errors import FileError

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
MOST_BYTES = 2**36 - 32
"""What one key and nonce can encrypt; NIST SP 800-38D section 5.2.1.1."""


class Encryption:
    """One encryption: `update` with each piece, then `finish`. A nonce is never used twice."""

    def __init__(self, key: bytes, nonce: bytes) -> None:
        self._context = Cipher(AES256(key), GCM(nonce)).encryptor()

    def update(self, plaintext: bytes | bytearray | memoryview) -> bytes:
        """Return as many bytes as it takes."""
        return self._context.update(plaintext)

    def finish(self) -> bytes:
        """Return the tag, which comes behind everything else."""
        self._context.finalize()
        return self._context.tag


class Decryption:
    """One decryption: `update` with each piece, then `finish`."""

    def __init__(self, key: bytes, nonce: bytes) -> None:
        self._context = Cipher(AES256(key), GCM(nonce)).decryptor()
        self._again = Encryption(key, nonce)
        self._held = b""  # it may be the tag

    def catch_up(self, plaintext: bytes | bytearray | memoryview) -> None:
        """Take what an earlier decryption gave, piece by piece, to go on behind it."""
        self._context.update(self._again.update(plaintext))

    def update(self, ciphertext: bytes) -> bytes:
        """Return what can be told of it; the last 16 bytes are held back."""
        held = self._held + ciphertext
        cut = max(0, len(held) - TAG_BYTES)
        self._held = held[cut:]
        return self._context.update(held[:cut])

    def finish(self) -> None:
        """Return where everything came, and as it was encrypted; FileError."""
        if len(self._held) < TAG_BYTES:
            raise FileError("the encrypted file has been cut off")
        try:
            self._context.finalize_with_tag(self._held)
        except InvalidTag as error:
            raise FileError(
                "the file isn't what was encrypted: it was damaged or changed on its way, or has "
                "another key"
            ) from error
