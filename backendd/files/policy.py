"""Where a transfer may go: whether without encryption, and whether into one's own network.

What was resolved is what is connected to, so a name can't be one machine when it is looked at and
another when it is used.
"""

import asyncio
import ipaddress
import socket
from dataclasses import replace
from typing import Literal

from backendd.api.errors import HostUnreachable, NotAllowed
from backendd.api.values import Value
from backendd.files.addresses import Address, is_public
from backendd.files.links import Link


class Reach(Value):
    """What a transfer may do: plain http `never`, only in one's own `network`, or `always`."""

    plain: Literal["never", "network", "always"]
    private: bool
    """Whether it may go to addresses that only one's own network has."""


ASKED = Reach("always", private=True)
"""A user has seen the address and wants it: `Hop.remarks` says what to know of it."""

UNASKED = Reach("never", private=False)
"""Somebody else has said where, and nobody has looked."""

UPLOAD = Reach("network", private=True)
"""The own server has said where."""

_PLAIN = "where nothing is encrypted (plain http)"
_CHOSEN = "only an address that you chose yourself may lead there"


class Hop(Value):
    """One server that a transfer may ask, by the addresses it has now."""

    link: Link
    addresses: tuple[Address, ...]

    @property
    def is_public(self) -> bool:
        """Whether anybody could ask it, and not only who is in this network."""
        return any(map(is_public, self.addresses))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a user should know of it, in sentences."""
        host = self.link.host
        if self.is_public and self.link.is_secure:
            return ()
        if self.is_public:
            return (f"{host} has no encryption: who is between can read and change the file",)
        if self.link.is_secure:
            return (f"{host} is in your own network, or this machine",)
        return (f"{host}, in your own network, has no encryption",)

    def narrowed(self, reach: Reach) -> Reach:
        """Return what a transfer may do that this server refers elsewhere."""
        if self.is_public:
            reach = replace(reach, private=False)
        return replace(reach, plain="never") if self.link.is_secure else reach


async def hop(link: Link, reach: Reach, *, referred_by: str = "") -> Hop:
    """Return the server of `link` as it may be asked; HostUnreachable, NotAllowed."""
    who = f"{referred_by} refers to {link.host}" if referred_by else f"this goes to {link.host}"
    if reach.plain == "never" and not link.is_secure:
        raise NotAllowed(f"{who}, {_PLAIN}: {_CHOSEN}")
    found = await _resolve(link)
    allowed = tuple(address for address in found if reach.private or is_public(address))
    if not allowed:
        raise NotAllowed(f"{who}, which is in your own network: {_CHOSEN}")
    step = Hop(link, allowed)
    if reach.plain == "network" and step.is_public and not link.is_secure:
        raise NotAllowed(f"{who}, {_PLAIN}, and is out in the Internet: nothing is sent there")
    return step


async def _resolve(link: Link) -> list[Address]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(link.host, link.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise HostUnreachable(f"no address is known for {link.host}") from error
    return [ipaddress.ip_address(str(where[0]).partition("%")[0]) for *_, where in found]
