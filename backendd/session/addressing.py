"""Whom a caller means: any valid address, and any that the server has delivered here."""

from collections.abc import Callable, Container

from backendd.api.errors import InvalidJid
from backendd.core import jid
from backendd.core.conversations import Peer
from backendd.core.jid import Jid
from backendd.session.home import Home
from backendd.store import peers


async def contact(home: Home, text: str, *, also: Container[str] = ()) -> str:
    """Return `text` as the bare address of somebody, who may be one of `also`; InvalidJid."""
    return (await _valid_or_known(home, jid.parse, text, also)).bare


async def conversation(home: Home, text: str) -> Peer:
    """Return with whom the conversation is that `text` addresses; InvalidJid."""
    rooms = await home.known_rooms()
    return rooms.peer(await _valid_or_known(home, jid.parse, text))


async def correspondent(home: Home, text: str) -> Peer:
    """Return `text` as somebody to talk to, a room, or an occupant of one; InvalidJid.

    A stranger needs a part before the @ or a dot: who leaves both out has mistyped.
    """
    rooms = await home.known_rooms()
    return rooms.peer(await _valid_or_known(home, jid.correspondent, text))


async def addressee(home: Home, text: str) -> Peer:
    """Return as whom `text` is written to, as `correspondent`, once it is looked into; InvalidJid.

    Of a stranger it may have to be asked first whether that is a room.
    """
    whom = await correspondent(home, text)
    for part in home.parts:
        await part.meet(whom)
    return whom


async def _valid_or_known(
    home: Home, valid: Callable[[str], Jid], text: str, also: Container[str] = ()
) -> Jid:
    try:
        return valid(text)
    except InvalidJid:
        address = jid.received(text)
        if address.bare in also or await home.store.read(
            lambda view: peers.is_known(view, address)
        ):
            return address
        raise
