"""What may be a picture: of a type that it shows by itself, of a size, under its hash."""

import hashlib

from backendd.api.errors import InvalidArgument, ServerError, TooLarge
from backendd.api.pictures import media_type

MOST = 512 * 1024
"""Bytes of a picture that are taken; in a stanza it is a third more."""


def hash_of(data: bytes) -> str:
    """Return the hash by which a picture goes (XEP-0084 4.2.1)."""
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def check(data: bytes) -> str:
    """Return the media type of what shall be our picture; TooLarge, InvalidArgument."""
    if len(data) > MOST:
        raise TooLarge(f"a picture has at most {MOST // 1024} KiB")
    kind = media_type(data)
    if not kind:
        raise InvalidArgument("this isn't a picture: PNG, JPEG, GIF and WebP are")
    return kind


def check_received(data: bytes, wanted: str) -> None:
    """Raise what is wrong with a picture that came for a hash."""
    if len(data) > MOST:
        raise TooLarge("the picture is too large")
    if hash_of(data) != wanted:
        raise ServerError("what came isn't the picture that was announced")
    if not media_type(data):
        raise ServerError("what came isn't a picture of a known type")
