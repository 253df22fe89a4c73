"""Addresses of rooms and nicks, as they come from the user."""

from backendd.api.errors import InvalidJid
from backendd.core import jid


def room(address: str) -> str:
    """Return `address` as the bare JID of a room; InvalidJid."""
    found = jid.parse(address)
    if found.resource:
        resource = jid.shown(found.resource)
        raise InvalidJid(f"the address of a room ends before the /: leave out {resource}")
    if not found.local:
        raise InvalidJid(f"{jid.shown(address)} has no name before the @; write room@service")
    return found.bare


def nick(room: str, nick: str) -> str:
    """Return `nick` as rooms take it; InvalidJid."""
    return jid.parse(f"{room}/{nick}").resource if nick else ""
