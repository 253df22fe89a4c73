"""One attempt at a connection: where it is made, and how it becomes a binding."""

import asyncio
import importlib
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from backendd.api.errors import BackendError
from backendd.xmpp.account import Account
from backendd.xmpp.bindings import Bindings
from backendd.xmpp.faults import Moved, parse_host
from backendd.xmpp.sending import Sender

if TYPE_CHECKING:  # slixmpp is loaded with the first connection, not before
    from backendd.xmpp.endpoints import Endpoint

log = logging.getLogger(__name__)

REDIRECTS = 5


class Connecting:
    """Logs `account` in and binds; `logged_in` is told of an account that the server took.

    `account` is read at each attempt; `patience_s` bounds each wait for the server.
    """

    def __init__(
        self,
        account: Callable[[], Account],
        logged_in: Callable[[Account, bool], None],
        sender: Sender,
        bindings: Bindings,
        patience_s: float,
    ) -> None:
        self._account = account
        self._logged_in = logged_in
        self._sender = sender
        self._bindings = bindings
        self._patience_s = patience_s
        self._preferred: tuple[str, int] | None = None
        self._last_resort: Endpoint | None = None  # what let us in, and then went no further
        self._redirects = 0

    async def attempt(self) -> tuple[bool, BackendError | None]:
        """Return whether an earlier stream was resumed, and why there is no connection."""
        try:
            return await self._establish(), None
        except BackendError as error:
            log.info("%s: no connection: %s", self._account().jid, error)
            return False, error
        except Exception:
            # Only a bug gets here; the profile must not stay offline because of it.
            log.exception("connecting failed")
            return False, BackendError("connecting failed for an internal reason; see the log")

    def follows(self, error: BackendError) -> bool:
        """Return whether the next attempt goes to where `error` points, as it does a few times."""
        if not isinstance(error, Moved) or self._redirects == REDIRECTS:
            self._redirects = 0
            return False
        self._preferred = (error.host, error.port)
        self._redirects += 1
        return True

    def succeeded(self) -> None:
        """Take note that what was tried is a connection now, wherever it was sent from."""
        self._redirects = 0

    async def _establish(self) -> bool:
        await self._bindings.prepare()
        account = self._account()
        await asyncio.to_thread(importlib.import_module, "backendd.xmpp.login")
        from backendd.xmpp.login import Login

        location = self._bindings.held.location
        preferred = self._preferred or (parse_host(location) if location else None)
        self._preferred = None
        login = Login(account, self._patience_s, self._logged_in)
        shake = await login.run(preferred, self._last_resort)
        self._last_resort = shake.endpoint
        try:
            resumed = await self._bindings.open(shake, account.resource)
        except BaseException:
            self._sender.detach()
            shake.wire.abort()
            raise
        self._last_resort = None
        return resumed
