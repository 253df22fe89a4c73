"""What may be a picture: of a type that it shows by itself, of a size, under its hash."""

import hashlib

from backendd.api.errors import InvalidArgument, ServerError, TooLarge

MOST = 512 * 1024
"""Bytes of a picture that are taken; in a stanza it is a third more."""

_BEGINNINGS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}


def type_of(data: bytes) -> str:
    """Return the media type of a picture, empty for what is none that is taken."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    found = (kind for begin, kind in _BEGINNINGS.items() if data.startswith(begin))
    return next(found, "")


def hash_of(data: bytes) -> str:
    """Return the hash by which a picture goes (XEP-0084 4.2.1)."""
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def check(data: bytes) -> str:
    """Return the media type of what shall be our picture; TooLarge, InvalidArgument."""
    if len(data) > MOST:
        raise TooLarge(f"a picture has at most {MOST // 1024} KiB")
    kind = type_of(data)
    if not kind:
        raise InvalidArgument("this isn't a picture: PNG, JPEG, GIF and WebP are")
    return kind


def check_received(data: bytes, wanted: str) -> None:
    """Raise what is wrong with a picture that came for a hash."""
    if len(data) > MOST:
        raise TooLarge("the picture is too large")
    if hash_of(data) != wanted:
        raise ServerError("what came isn't the picture that was announced")
    if not type_of(data):
        raise ServerError("what came isn't a picture of a known type")
