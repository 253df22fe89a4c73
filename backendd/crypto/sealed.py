"""What is stored to get a profile's data key back from its password, as one column of bytes."""

import os
import struct

from backendd.api.errors import StorageError
from backendd.api.values import Value, field

# version, whether there is a password, KiB of memory, iterations, lanes, salt
_HEADER = struct.Struct(">B?IIB16s")
_VERSION = 1
NONCE_BYTES = 12
_WRAPPED_BYTES = NONCE_BYTES + 32 + 16  # nonce, key, tag
_SALT_BYTES = 16
# More than this is no parameter of ours but damage, and must not cost gigabytes or minutes.
_MOST_KIB = 1024 * 1024
_MOST_ITERATIONS = 64


class Parameters(Value):
    """What one Argon2id derivation costs (RFC 9106, section 3.1)."""

    memory_kib: int
    iterations: int
    lanes: int


# RFC 9106, section 4: the second recommended choice, for machines short of memory.
CURRENT = Parameters(memory_kib=64 * 1024, iterations=3, lanes=4)
# Where the password is empty there is nothing to protect, and a start need not wait for it.
CHEAPEST = Parameters(memory_kib=8, iterations=1, lanes=1)


def _salt() -> bytes:
    return os.urandom(_SALT_BYTES)


class Sealed(Value):
    """A data key wrapped under a key that Argon2id derives from the profile password."""

    has_password: bool
    parameters: Parameters
    wrapped: bytes = field(default=b"", repr=False)
    salt: bytes = field(default_factory=_salt, repr=False)

    @property
    def header(self) -> bytes:
        """All but the wrapped key; the key is bound to it."""
        cost = self.parameters
        return _HEADER.pack(
            _VERSION, self.has_password, cost.memory_kib, cost.iterations, cost.lanes, self.salt
        )

    def to_bytes(self) -> bytes:
        """Return it as one value to store."""
        return self.header + self.wrapped

    @classmethod
    def from_bytes(cls, blob: bytes) -> "Sealed":
        """Return what `to_bytes` wrote; StorageError if it is damaged or newer."""
        if len(blob) != _HEADER.size + _WRAPPED_BYTES or blob[0] != _VERSION:
            raise StorageError("the stored key of the profile is damaged or of a newer version")
        _, has_password, memory_kib, iterations, lanes, salt = _HEADER.unpack_from(blob)
        parameters = Parameters(memory_kib, iterations, lanes)
        if not _is_sane(parameters):
            raise StorageError("the stored key of the profile is damaged")
        return cls(has_password, parameters, blob[_HEADER.size :], salt)


def _is_sane(cost: Parameters) -> bool:
    return (
        cost.lanes >= 1
        and 8 * cost.lanes <= cost.memory_kib <= _MOST_KIB
        and 1 <= cost.iterations <= _MOST_ITERATIONS
    )
