"""Asking server and account what they can do, before presence brings the first message."""

import asyncio

from backendd.core import xml
from backendd.session.home import Home
from backendd.session.server import ACCOUNT, SERVER
from backendd.store import streams


async def discover(home: Home) -> None:
    """Return when both have answered, or patience ends; they are asked until they have."""

    async def ask_server(timeout: float) -> None:
        info = await home.disco.info(home.account_jid.domain, timeout=timeout)
        _learn(home, SERVER, info.features)

    async def ask_account(timeout: float) -> None:
        sm_id = home.stream.sm_id
        info = await home.disco.info(home.own, timeout=timeout)
        home.server.trusts_ids = is_trusted = xml.STANZA_IDS in info.features
        _learn(home, ACCOUNT, info.features)
        await home.store.write(
            lambda ledger: streams.save_trust(ledger, sm_id, is_trusted=is_trusted)
        )

    try:
        await asyncio.gather(
            home.missing.ask("disco", ask_server, about=SERVER),
            home.missing.ask("disco", ask_account, about=ACCOUNT),
        )
    finally:
        home.server.asked()


def _learn(home: Home, who: str, features: frozenset[str]) -> None:
    home.server.learn(who, features)
    home.changed("ServerFeatures")
