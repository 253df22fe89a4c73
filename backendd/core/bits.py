"""Bits of binary (XEP-0231): small pictures and sounds that come inside of a stanza."""

import base64
import hashlib
import re
from collections.abc import Mapping
from itertools import islice
from xml.etree.ElementTree import Element

from backendd.api.errors import InvalidArgument, ServerError, TooLarge, UnknownItem
from backendd.core import xml

NAMESPACE = "urn:xmpp:bob"

MOST_BYTES = 128 * 1024
"""Of one of them; the XEP means eight thousand, and servers send pictures of some more."""

MOST = 20
"""How many of them one stanza brings."""

_ADDRESS = re.compile(r"(sha-?\d{1,3})\+([0-9a-f]+)@bob\.xmpp\.org", re.ASCII)
_HASHES = {"sha1": "sha1", "sha-1": "sha1", "sha-256": "sha256", "sha-512": "sha512"}


def named(uri: str) -> str:
    """Return the name that a `cid:` address has for some; InvalidArgument for any other."""
    scheme, _, name = uri.partition(":")
    if scheme.lower() != "cid" or not name:
        raise InvalidArgument("only an address of the form cid:NAME is part of a form")
    return name


def ask(cid: str) -> Element:
    """Return the payload that asks for some by their name."""
    return xml.element(NAMESPACE, "data", {"cid": cid})


def decode(answer: Element, cid: str) -> bytes:
    """Return what an answer to `ask` has; UnknownItem, TooLarge, ServerError."""
    data = xml.child(answer, NAMESPACE, "data")
    if data is None or not (data.text or "").strip():
        raise UnknownItem("whoever sent the form no longer has it")
    return _content(data, cid)


def brought(stanza: Element) -> Mapping[str, bytes]:
    """Return those that came along in a stanza, by their names; what is no good is left out."""
    found = {}
    for data in islice(stanza.iter(f"{{{NAMESPACE}}}data"), MOST):
        cid = data.get("cid", "")
        try:
            found[cid] = _content(data, cid)
        except (ServerError, TooLarge):
            continue
    return found


def _content(data: Element, cid: str) -> bytes:
    written = "".join((data.text or "").split())
    if len(written) > MOST_BYTES * 4 // 3 + 4:
        raise TooLarge(f"it is larger than {MOST_BYTES // 1024} KiB")
    try:
        content = base64.b64decode(written, validate=True)
    except ValueError:
        raise ServerError("what came can't be read") from None
    if not content or not _fits(content, cid):
        raise ServerError("what came does not match its name")
    return content


def _fits(content: bytes, cid: str) -> bool:
    found = _ADDRESS.fullmatch(cid)
    algorithm = _HASHES.get(found[1]) if found else None
    return not found or not algorithm or hashlib.new(algorithm, content).hexdigest() == found[2]
