"""What server and account can do, as far as they have said it on the present stream."""

import asyncio

SERVER, ACCOUNT = "server", "account"


class Server:
    """The features that both announce, and what is known of them before they have answered."""

    def __init__(self) -> None:
        self.features: frozenset[str] = frozenset()
        self.trusts_ids = False
        """Whether the account's server is known to set stanza ids, and so to strip forged ones."""
        self._answered: set[str] = set()
        self._was_asked = asyncio.Event()
        self._was_asked.set()

    def resume(self, *, trusts_ids: bool) -> None:
        """Begin with what another process knew of the stream that may be resumed."""
        self.trusts_ids = trusts_ids
        self._answered.clear()
        self._was_asked.clear()

    def forget(self) -> None:
        """Know nothing, and trust in nothing: the server of another stream may be another."""
        self.trusts_ids = False
        self._answered.clear()
        self.features = frozenset()

    def offline(self) -> None:
        """Let `discovered` wait until they were asked once more."""
        self._was_asked.clear()

    def learn(self, who: str, features: frozenset[str]) -> None:
        """Add what SERVER or ACCOUNT has answered."""
        self._answered.add(who)
        self.features |= features

    def asked(self) -> None:
        """End the waiting: both have answered, or are late."""
        self._was_asked.set()

    async def discovered(self) -> None:
        """Return when server and account have said what they can do, or are late with it."""
        await self._was_asked.wait()

    def may_have(self, feature: str) -> bool:
        """Return whether server or account announce it; not to know is not to know that not."""
        return feature in self.features or not {SERVER, ACCOUNT} <= self._answered
