"""The addresses of this machine that others may reach, and those that we let others name."""

import errno
import ipaddress
import socket
import struct

from backendd.files.addresses import innermost

# RFC 3549: dump the addresses of all interfaces.
_GET_ADDRESSES, _NEW_ADDRESS, _DONE, _ERROR = 22, 20, 3, 2
_REQUEST, _DUMP = 1, 0x300
_HEADER, _ABOUT, _ATTRIBUTE = struct.Struct("=IHHII"), struct.Struct("=BBBBI"), struct.Struct("=HH")
_ADDRESS, _LOCAL = 1, 2
_UNUSABLE = 0x20 | 0x40 | 0x08  # deprecated, tentative, duplicate
_MOST = 8


def own() -> tuple[str, ...]:
    """Return our addresses that somebody else can connect to, IPv4 first; none where unknown."""
    try:
        found = _ask()
    except OSError:
        found = []
    usable = dict.fromkeys(each for each in found if allows(each))
    return tuple(sorted(usable, key=lambda each: ":" in each))[:_MOST]


def allows(address: str) -> bool:
    """Return whether we connect to an address because somebody else names it.

    Never to what only this machine or its link has: there are services that trust who comes from
    there. Private networks are allowed: a file may well go to the next room.
    """
    try:
        inner = innermost(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return False
    return not (
        inner.is_loopback
        or inner.is_link_local
        or inner.is_multicast
        or inner.is_unspecified
        or (inner.version == 4 and inner.is_reserved)
    )


def _ask() -> list[str]:
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as kernel:
        kernel.settimeout(1)
        asked = _ABOUT.pack(socket.AF_UNSPEC, 0, 0, 0, 0)
        size = _HEADER.size + len(asked)
        kernel.send(_HEADER.pack(size, _GET_ADDRESSES, _REQUEST | _DUMP, 1, 0) + asked)
        found: list[str] = []
        while True:
            data = kernel.recv(1 << 16)
            if not data:
                raise OSError(errno.EIO, "the kernel says nothing")
            while len(data) >= _HEADER.size:
                length, kind, *_ = _HEADER.unpack_from(data)
                if kind in (_DONE, _ERROR) or length < _HEADER.size:
                    return found
                if kind == _NEW_ADDRESS:
                    found += _read(data[_HEADER.size : length])
                data = data[(length + 3) & ~3 :]
    return found


def _read(message: bytes) -> list[str]:
    family, _, flags, _, _ = _ABOUT.unpack_from(message)
    size = {socket.AF_INET: 4, socket.AF_INET6: 16}.get(family, 0)
    if not size or flags & _UNUSABLE:
        return []
    attributes, rest = {}, message[_ABOUT.size :]
    while len(rest) >= _ATTRIBUTE.size:
        length, kind = _ATTRIBUTE.unpack_from(rest)
        if length < _ATTRIBUTE.size:
            break
        attributes[kind] = rest[_ATTRIBUTE.size : length]
        rest = rest[(length + 3) & ~3 :]
    packed = attributes.get(_LOCAL) or attributes.get(_ADDRESS, b"")
    return [socket.inet_ntop(family, packed)] if len(packed) == size else []
