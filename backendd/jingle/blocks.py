"""In-band bytestreams as elements (XEP-0047), and how they are offered (XEP-0261)."""

import base64
import binascii
from xml.etree.ElementTree import Element

from backendd.api.values import Value
from backendd.core import xml
from backendd.jingle.names import BLOCKS, IN_BAND
from backendd.jingle.refusals import Refused

BLOCK_SIZE = 16384
"""What we offer: with what surrounds it, servers that take the least let it pass."""

_LARGEST, _LIMIT, _MODULUS = 65535, 300, 65536


class InBand(Value):
    """An in-band bytestream: its id, and how much a block may hold."""

    sid: str
    block_size: int = BLOCK_SIZE


def encode(offered: InBand) -> Element:
    """Return the `<transport/>`."""
    attributes = {"sid": offered.sid, "block-size": str(offered.block_size)}
    return xml.element(IN_BAND, "transport", attributes)


def decode(element: Element) -> InBand:
    """Return what a `<transport/>` or an `<open/>` says; Refused."""
    sid, size = element.get("sid", ""), element.get("block-size", "")
    is_number = size.isascii() and size.isdigit() and len(size) < 6
    if not sid or len(sid) > _LIMIT or not is_number or not 0 < int(size) <= _LARGEST:
        raise Refused("bad-request")
    return InBand(sid, int(size))


def encode_open(stream: InBand) -> Element:
    """Return what opens it."""
    attributes = {"sid": stream.sid, "block-size": str(stream.block_size), "stanza": "iq"}
    return xml.element(BLOCKS, "open", attributes)


def encode_close(stream: InBand) -> Element:
    """Return what closes it."""
    return xml.element(BLOCKS, "close", {"sid": stream.sid})


def encode_data(stream: InBand, number: int, data: bytes) -> Element:
    """Return a block, the `number`th from 0."""
    attributes = {"sid": stream.sid, "seq": str(number % _MODULUS)}
    return xml.element(BLOCKS, "data", attributes, text=base64.b64encode(data).decode())


def decode_data(data: Element, stream: InBand, number: int) -> bytes:
    """Return what a block holds that has to be the `number`th; Refused where it can't be."""
    if data.get("seq", "") != str(number % _MODULUS):
        raise Refused("unexpected-request")
    encoded = "".join((data.text or "").split())
    try:
        block = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("bad-request") from None
    if len(block) > stream.block_size:
        raise Refused("bad-request")
    return block
