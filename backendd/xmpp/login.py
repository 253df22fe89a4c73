"""From nothing to an authenticated stream (RFC 6120 6)."""

from collections.abc import Callable

from backendd.api.values import Value
from backendd.xmpp import securing
from backendd.xmpp.account import Account
from backendd.xmpp.authentication import authenticate
from backendd.xmpp.endpoints import Endpoint
from backendd.xmpp.handshake import Handshake
from backendd.xmpp.sasl import offers_scram


class Login(Value):
    """How to log an account in; `patience_s` bounds each wait for the server.

    `logged_in` is told of an account that the server took, and whether that was by SCRAM.
    """

    account: Account
    patience_s: float
    logged_in: Callable[[Account, bool], None]

    async def run(
        self, preferred: tuple[str, int] | None = None, last_resort: Endpoint | None = None
    ) -> Handshake:
        """Return an authenticated stream, tried at `preferred` first and at `last_resort` last.

        Raises `AuthenticationFailed`, `CertificateError`, `HostUnreachable` or `ServerError`.
        """
        return await securing.secured(
            self.account.server,
            self.patience_s,
            self._authenticate,
            preferred=preferred,
            last_resort=last_resort,
        )

    async def _authenticate(self, shake: Handshake) -> None:
        mechanism = await authenticate(shake, self.account)
        self.logged_in(self.account, offers_scram([mechanism.name]))
        shake.wire.open_stream()
        await shake.expect_features()
