"""Whom a caller means: any valid address, and any that the server has delivered here."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from backendd.api.errors import InvalidJid
from backendd.core import jid
from backendd.store import peers

if TYPE_CHECKING:
    from backendd.session.session import Session


async def peer(session: "Session", text: str) -> str:
    """Return `text` as the bare address of somebody; InvalidJid."""
    return await _valid_or_known(session, jid.bare, text)


async def person(session: "Session", text: str) -> str:
    """Return `text` as the bare address of somebody to talk to; InvalidJid.

    A stranger needs a part before the @ or a dot: who leaves both out has mistyped.
    """
    return await _valid_or_known(session, jid.peer, text)


async def _valid_or_known(session: "Session", valid: Callable[[str], str], text: str) -> str:
    try:
        return valid(text)
    except InvalidJid:
        address = jid.received(text).bare
        profile_id = session.profile.id
        if await session.store.read(lambda db: peers.is_known(db, profile_id, address)):
            return address
        raise
