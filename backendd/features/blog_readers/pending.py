"""Requests to read that a service still has, told once more (XEP-0060 8.7).

A service tells each but once, to whichever client is there: it may be one that knows nothing of it.
"""

import logging

from backendd.api.errors import BackendError, NotConnected
from backendd.features.blog_readers import stanza
from backendd.session.home import Home
from backendd.store import readers

log = logging.getLogger(__name__)

MOST_SERVICES = 20
MOST_NODES = 50
"""Of one service."""


class Pending:
    """Has services that can tell once more who waits to read nodes of ours."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def ask(self) -> None:
        """Have all be told that wait; they come as others do."""
        home = self._home
        domain = home.account_jid.domain
        services = await home.store.read(lambda view: readers.services(view, domain))
        for each in services[:MOST_SERVICES]:
            try:
                await self._ask(each)
            except NotConnected:
                return
            except BackendError as error:
                log.info("%s: %s tells not who wants to read: %s", home.profile.name, each, error)

    async def _ask(self, service: str) -> None:
        if stanza.GET_PENDING not in (await self._home.disco.info(service)).features:
            return
        session, nodes = await self._begin(service)
        for number, node in enumerate(nodes[:MOST_NODES]):
            if number:  # a session is of one node
                session, _ = await self._begin(service)
            asked = stanza.ask_pending(session, node)
            await self._home.stream.request("set", service, asked)

    async def _begin(self, service: str) -> tuple[str, tuple[str, ...]]:
        answer = await self._home.stream.request("set", service, stanza.ask_pending())
        return stanza.decode_pending(answer)
