"""Hashes of files, by the names that XEP-0300 gives them."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Protocol

from backendd.api.errors import FileError

Data = bytes | bytearray | memoryview


class AnotherFile(FileError, on_bus=False):
    """What came is not the file that was announced."""


class Taker(Protocol):
    """Takes the bytes of a file, in order."""

    def update(self, data: Data, /) -> object:
        """Take the next bytes."""


class _Hash(Taker, Protocol):
    def digest(self) -> bytes: ...


DEFAULT = "sha-256"
"""What is told of a file that we send, and known of each that we receive."""

# The first that somebody gives is the one that counts; what is last proves nothing by itself.
_ALGORITHMS: Mapping[str, Callable[[], _Hash]] = {
    "sha-256": hashlib.sha256,
    "blake2b-256": partial(hashlib.blake2b, digest_size=32),
    "sha-512": hashlib.sha512,
    "blake2b-512": hashlib.blake2b,
    "sha3-256": hashlib.sha3_256,
    "sha3-512": hashlib.sha3_512,
    "sha-384": hashlib.sha384,
    "sha3-384": hashlib.sha3_384,
    "sha-224": hashlib.sha224,
    "sha3-224": hashlib.sha3_224,
    "sha-1": partial(hashlib.sha1, usedforsecurity=False),
}
# Names of the same that were registered before.
_ALIASES = {
    "id-blake2b256": "blake2b-256",
    "id-blake2b512": "blake2b-512",
    "sha1": "sha-1",
    "sha256": "sha-256",
    "sha512": "sha-512",
}
_BROKEN = frozenset({"sha-1"})

SUPPORTED = tuple(name for name in _ALGORITHMS if name not in _BROKEN)
"""The names of those that a peer may count on."""


def canonical(name: str) -> str:
    """Return the name of an algorithm as it is written here; empty for one that isn't known."""
    lowered = name.strip().lower()
    known = _ALIASES.get(lowered, lowered)
    return known if known in _ALGORITHMS else ""


def counting(given: Mapping[str, bytes]) -> tuple[str, bytes] | None:
    """Return the one of the hashes that a file was given by which to tell it; None without any."""
    by_name = {canonical(name): digest for name, digest in given.items()}
    return next(((name, by_name[name]) for name in _ALGORITHMS if name in by_name), None)


def shown(given: Mapping[str, bytes]) -> str:
    """Return the one that counts as text, `sha-256:` and its hexadecimal digits; may be empty."""
    found = counting(given)
    return f"{found[0]}:{found[1].hex()}" if found else ""


def read(written: str) -> dict[str, bytes]:
    """Return the hashes that `shown` has written so: one, or none."""
    name, _, digits = written.partition(":")
    return {name: bytes.fromhex(digits)} if name and digits else {}


def proves(name: str) -> bool:
    """Return whether nobody can make another file of the same hash."""
    return name in SUPPORTED


class Hasher:
    """Several hashes of the same bytes, in one pass."""

    def __init__(self, algorithms: Iterable[str] = (DEFAULT,)) -> None:
        names = dict.fromkeys(canonical(name) for name in algorithms)
        self._hashes = {name: _ALGORITHMS[name]() for name in names if name}

    def update(self, data: Data) -> None:
        """Take the next bytes."""
        for each in self._hashes.values():
            each.update(data)

    def digests(self) -> dict[str, bytes]:
        """Return the hashes of what came so far, by the names of their algorithms."""
        return {name: each.digest() for name, each in self._hashes.items()}


def check(found: Mapping[str, bytes], given: tuple[str, bytes] | None) -> bool:
    """Return whether a file is proven to be the one that was meant, by what `counting` returned.

    Raises AnotherFile where it is another one.
    """
    if given is None or given[0] not in found:
        return False
    name, digest = given
    if found[name] != digest:
        raise AnotherFile(f"what came is not the file that was announced: its {name} is another")
    return proves(name)
