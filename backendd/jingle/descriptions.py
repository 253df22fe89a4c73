"""What is said of a file in a session (XEP-0234), with hashes as of XEP-0300."""

import base64
import binascii
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.values import Value, field
from backendd.core import xml
from backendd.files import hashing
from backendd.jingle.elements import Content
from backendd.jingle.names import FILES, HASHES
from backendd.jingle.ports import Hashes
from backendd.jingle.refusals import Refused

_HASH, _HASH_USED = f"{{{HASHES}}}hash", f"{{{HASHES}}}hash-used"
_LIMIT, _NAME_LIMIT, _TEXT_LIMIT, _MOST_HASHES = 60, 1000, 2000, 10
_LARGEST = 2**63 - 1


class Range(Value):
    """A part of a file; `length` None is up to its end."""

    offset: int = 0
    length: int | None = None


class File(Value):
    """A file as the other side describes it: what it is called is no name to write to.

    `size` is None where it isn't said, `modified` 0. `hashes_used` are those that come later;
    `range` is what is wanted of it, and in an offer that a part can be asked for.
    """

    name: str = ""
    size: int | None = None
    mime: str = ""
    modified: int = 0
    description: str = ""
    hashes: Hashes = field(default_factory=dict)
    hashes_used: tuple[str, ...] = ()
    range: Range | None = None


def encode(file: File) -> Element:
    """Return the `<description/>` of a file."""
    return xml.element(FILES, "description", {}, [_encode_file(file)])


def decode(description: Element | None) -> File:
    """Return the file that a `<description/>` is about; Refused where it is about none."""
    found = [] if description is None else description.findall(f"{{{FILES}}}file")
    if len(found) != 1:
        raise Refused("bad-request")
    return _decode_file(found[0])


def encode_checksum(content: Content, hashes: Hashes) -> Element:
    """Return the session-info that says which hashes a file has."""
    attributes = {"creator": content.creator, "name": content.name}
    return xml.element(FILES, "checksum", attributes, [_encode_file(File(hashes=hashes))])


def decode_checksum(checksum: Element) -> Hashes:
    """Return the hashes that a file is said to have; those of a part of it are left out."""
    file = xml.child(checksum, FILES, "file")
    return _decode_hashes(file) if file is not None else {}


def encode_received(content: Content) -> Element:
    """Return the session-info that says that a file is there."""
    return xml.element(FILES, "received", {"creator": content.creator, "name": content.name})


def _encode_file(file: File) -> Element:
    said = {
        "date": xml.format_time(file.modified) if file.modified else "",
        "desc": file.description,
        "media-type": file.mime,
        "name": file.name,
        "size": "" if file.size is None else str(file.size),
    }
    children = [xml.element(FILES, name, text=text.clean(value)) for name, value in said.items()
                if value]  # fmt: skip
    if file.range is not None:
        children.append(_encode_range(file.range))
    for algorithm, digest in file.hashes.items():
        encoded = base64.b64encode(digest).decode()
        children.append(xml.element(HASHES, "hash", {"algo": algorithm}, text=encoded))
    children += (xml.element(HASHES, "hash-used", {"algo": each}) for each in file.hashes_used)
    return xml.element(FILES, "file", {}, children)


def _encode_range(range_: Range) -> Element:
    attributes = {"offset": str(range_.offset)} if range_.offset else {}
    if range_.length is not None:
        attributes["length"] = str(range_.length)
    return xml.element(FILES, "range", attributes)


def _decode_file(file: Element) -> File:
    size = xml.child_text(file, FILES, "size").strip()
    asked = xml.child(file, FILES, "range")
    modified = xml.parse_time(xml.child_text(file, FILES, "date"))
    return File(
        text.clean_line(xml.child_text(file, FILES, "name"), limit=_NAME_LIMIT),
        _number(size) if size else None,
        text.clean_line(xml.child_text(file, FILES, "media-type"), limit=_NAME_LIMIT),
        max(0, modified or 0),
        text.clean(xml.child_text(file, FILES, "desc"), limit=_TEXT_LIMIT),
        _decode_hashes(file),
        _later_hashes(file),
        _decode_range(asked) if asked is not None else None,
    )


def _decode_range(range_: Element) -> Range:
    length = range_.get("length")
    return Range(_number(range_.get("offset", "0")), None if length is None else _number(length))


def _decode_hashes(file: Element) -> Hashes:
    found: dict[str, bytes] = {}
    for each in file.findall(_HASH)[:_MOST_HASHES]:
        try:
            digest = base64.b64decode("".join((each.text or "").split()), validate=True)
        except (binascii.Error, ValueError):
            continue
        if digest and _algorithm(each):
            found[_algorithm(each)] = digest
    return found


def _later_hashes(file: Element) -> tuple[str, ...]:
    # Before hash-used there was, a hash without a value said the same.
    empty = [each for each in file.findall(_HASH) if not (each.text or "").strip()]
    named = map(_algorithm, [*file.findall(_HASH_USED), *empty][:_MOST_HASHES])
    return tuple(name for name in named if name)


def _algorithm(element: Element) -> str:
    return hashing.canonical(element.get("algo", "")[:_LIMIT])


def _number(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 20):
        raise Refused("bad-request")
    number = int(written)
    if number > _LARGEST:
        raise Refused("bad-request")
    return number
