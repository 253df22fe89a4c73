"""What there is to know of a file: as XEP-0446 writes it, and Jingle did before that."""

import base64
import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.values import Value, field
from backendd.core import xml

METADATA = "urn:xmpp:file:metadata:0"
TRANSFER = "urn:xmpp:jingle:apps:file-transfer:5"
HASHES = "urn:xmpp:hashes:2"

LONGEST_NAME = 4096
"""What is looked at: a file may be given a shorter one, with what stands at the end of this."""

LONGEST_DESCRIPTION = 1000

_LARGEST = 2**63 - 1
_MOST_HASHES = 20
_LONGEST_HASH = 64
_MIME = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")
_ALGORITHM = re.compile(r"[a-z0-9-]{1,32}")


class Metadata(Value):
    """What is said of a file; nothing of it has to be so. `size` is None where nothing is said.

    `hashes` are digests by the names of their algorithms, as they were written (XEP-0300).
    """

    name: str = ""
    mime: str = ""
    size: int | None = None
    hashes: Mapping[str, bytes] = field(default_factory=dict)
    description: str = ""


def read(file: Element | None, namespace: str) -> Metadata:
    """Return what the element of a file says, whose children are of `namespace`."""
    if file is None:
        return Metadata()
    mime = xml.child_text(file, namespace, "media-type").partition(";")[0].strip().lower()
    description = xml.child_text(file, namespace, "desc")
    return Metadata(
        name=text.clean_line(xml.child_text(file, namespace, "name"), limit=LONGEST_NAME),
        mime=mime if _MIME.fullmatch(mime) else "",
        size=_size(xml.child_text(file, namespace, "size").strip()),
        hashes=read_hashes(file),
        description=text.clean_line(description, limit=LONGEST_DESCRIPTION),
    )


def write(file: Metadata, namespace: str) -> Element:
    """Return the element of a file, with children of `namespace`."""
    known = {
        "media-type": file.mime,
        "name": file.name,
        "size": "" if file.size is None else str(file.size),
        "desc": file.description,
    }
    children = [xml.element(namespace, key, text=value) for key, value in known.items() if value]
    return xml.element(namespace, "file", children=[*children, *write_hashes(file.hashes)])


def read_hashes(parent: Element) -> dict[str, bytes]:
    """Return the digests in an element, by algorithm (XEP-0300); what is none is left out."""
    found: dict[str, bytes] = {}
    for each in parent.findall(f"{{{HASHES}}}hash")[:_MOST_HASHES]:
        algorithm, digest = each.get("algo", "").lower(), _digest(each.text or "")
        if digest and _ALGORITHM.fullmatch(algorithm):
            found.setdefault(algorithm, digest)
    return found


def write_hashes(hashes: Mapping[str, bytes]) -> list[Element]:
    """Return an element for each digest."""
    return [
        xml.element(HASHES, "hash", {"algo": each}, text=base64.b64encode(digest).decode())
        for each, digest in hashes.items()
    ]


def _size(written: str) -> int | None:
    is_number = written.isascii() and written.isdigit() and len(written) <= len(str(_LARGEST))
    return int(written) if is_number and int(written) <= _LARGEST else None


def _digest(written: str) -> bytes:
    """Return what is encoded, nothing where that is no digest."""
    if len(written) > 4 * _LONGEST_HASH:
        return b""
    try:
        digest = base64.b64decode("".join(written.split()), validate=True)
    except ValueError:
        return b""
    return digest if len(digest) <= _LONGEST_HASH else b""
