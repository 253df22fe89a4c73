"""Headers of HTTP (RFC 9110), as far as files need them; what is wrong counts as not there."""

import re
from collections.abc import Iterable

from backendd.api import text
from backendd.api.values import Value

Header = tuple[str, str]

_OF_SLOTS = {name.lower(): name for name in ("Authorization", "Cookie", "Expires")}
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_MIME = re.compile(r"[\w!#$&^.+-]{1,100}/[\w!#$&^.+-]{1,100}", re.ASCII)
_ETAG = re.compile(r'"[\x21\x23-\x7e]{1,200}"')
_DATE = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", re.ASCII)
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)", re.ASCII)
_UNSATISFIED = re.compile(r"bytes \*/(\d{1,18})", re.ASCII)


class Part(Value):
    """What of a file an answer brings: from `start` on, of `size` bytes if that is told."""

    start: int
    size: int | None


def of_slot(given: Iterable[Header]) -> tuple[Header, ...]:
    """Return the headers that an upload service may have sent along (HTTP File Upload)."""
    stripped = ((_without_line_ends(name), _without_line_ends(value)) for name, value in given)
    return tuple(
        (_OF_SLOTS[name.lower()], value)
        for name, value in stripped
        if name.lower() in _OF_SLOTS and not _UNPRINTABLE.search(value)
    )


def from_on(start: int, validator: str) -> tuple[Header, ...]:
    """Return what asks for a file from `start` on, if it is still the same."""
    if not start:
        return ()
    asked = ("Range", f"bytes={start}-")
    return (asked, ("If-Range", validator)) if validator else (asked,)


def mime(content_type: str) -> str:
    """Return the media type of a Content-Type, without parameters; empty if there is none."""
    found = content_type.partition(";")[0].strip().lower()
    return found if _MIME.fullmatch(found) else ""


def file_name(content_disposition: str) -> str:
    """Return what the file is called there (RFC 6266), which may be any text, or none."""
    from email.message import Message  # late, with all that it needs: few starts fetch a file
    from email.utils import collapse_rfc2231_value

    message = Message()
    message["Content-Disposition"] = _UNPRINTABLE.sub("", content_disposition)
    try:
        found = message.get_param("filename", "", "Content-Disposition")
        return text.clean_line(collapse_rfc2231_value(found or ""), limit=4096)
    except (ValueError, LookupError, TypeError):
        return ""


def validator(etag: str, last_modified: str) -> str:
    """Return what tells whether a file is still the same byte for byte; empty if nothing does."""
    if _ETAG.fullmatch(etag):
        return etag
    return last_modified if _DATE.fullmatch(last_modified) else ""


def length(content_length: str) -> int | None:
    """Return how many bytes follow; None if that isn't told."""
    return int(content_length) if re.fullmatch(r"\d{1,18}", content_length, re.ASCII) else None


def part(content_range: str) -> Part | None:
    """Return what a part of a file is (206)."""
    found = _RANGE.fullmatch(content_range)
    if not found:
        return None
    start, last, size = found.groups()
    # Prosody counts the last one from 1.
    if int(start) > int(last) or (size != "*" and int(last) > int(size)):
        return None
    return Part(int(start), None if size == "*" else int(size))


def whole(content_range: str) -> int | None:
    """Return how large a file is of which there is no such part (416)."""
    found = _UNSATISFIED.fullmatch(content_range)
    return int(found[1]) if found else None


def _without_line_ends(part: str) -> str:
    return part.replace("\r", "").replace("\n", "")
