"""Whom a caller means: any valid address, and any that the server has delivered here."""

from collections.abc import Callable, Container

from backendd.api.errors import InvalidJid
from backendd.core import jid
from backendd.session.home import Home
from backendd.store import peers


async def peer(home: Home, text: str, *, also: Container[str] = ()) -> str:
    """Return `text` as the bare address of somebody, who may be one of `also`; InvalidJid."""
    return await _valid_or_known(home, jid.bare, text, also)


async def person(home: Home, text: str) -> str:
    """Return `text` as the bare address of somebody to talk to; InvalidJid.

    A stranger needs a part before the @ or a dot: who leaves both out has mistyped.
    """
    return await _valid_or_known(home, jid.peer, text)


async def _valid_or_known(
    home: Home, valid: Callable[[str], str], text: str, also: Container[str] = ()
) -> str:
    try:
        return valid(text)
    except InvalidJid:
        address = jid.received(text).bare
        if address in also or await home.store.read(lambda view: peers.is_known(view, address)):
            return address
        raise
