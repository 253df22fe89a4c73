"""A profile at run time: locked or not, connected or not."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from backendd.api.errors import BackendError, StorageError
from backendd.core import jid
from backendd.crypto.vault import DataKey, Sealed
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.listener import StreamListener
from backendd.session.outbound import Outbound
from backendd.store import profiles, streams
from backendd.store.streams import KnownStream
from backendd.xmpp.account import Account, Resumption
from backendd.xmpp.stream import Stream

log = logging.getLogger(__name__)


class KeyKeeper(Protocol):
    """Where a key waits while this process is restarted."""

    def keep(self, name: str, secret: bytes) -> None: ...

    def forget(self, name: str) -> None: ...


class Session:
    """Unlocks, locks, connects and disconnects a profile; its features live in the home.

    `outbound` and `setup` are the orders in which they take part in what their names say.
    """

    def __init__(
        self,
        home: Home,
        *,
        keys: KeyKeeper,
        features: Sequence[Feature],
        outbound: Sequence[Feature],
        setup: Sequence[Sequence[Feature]],
    ) -> None:
        self.home = home
        self._keys = keys
        self._listener: StreamListener | None = None
        self._changing = asyncio.Lock()
        parts = {feature.name: feature.start(home) for feature in features}
        home.parts = self.parts = tuple(parts.values())
        home.outbound = Outbound([parts[feature.name].compose for feature in outbound])
        self._steps = [[parts[feature.name].set_up for feature in group] for group in setup]

    @property
    def is_set_up(self) -> bool:
        """Whether every part has done what is due on the present stream."""
        return self._listener is not None and self._listener.is_set_up

    @property
    def state(self) -> str:
        """The state as the bus words it."""
        return "locked" if self.home.secrets.key is None else self.home.stream.state.value

    def require_unlocked(self) -> None:
        """Raise ProfileLocked where the key is missing."""
        self.home.secrets.require()

    # -- locked and unlocked

    def unlock(self, key: DataKey) -> None:
        """Use `key` from now on, and have it kept over a restart."""
        self.home.secrets.key = key
        if self.has_password:
            self.keep_key()
        self.home.changed("State")

    @property
    def has_password(self) -> bool:
        """Whether a profile password protects the secrets."""
        try:
            return Sealed.from_bytes(self.home.profile.sealed).has_password
        except StorageError:
            return True  # damaged: no password is the right one

    @property
    def key(self) -> DataKey:
        """The key of the profile's secrets; ProfileLocked."""
        return self.home.secrets.require()

    def keep_key(self) -> None:
        """Have the key kept over a restart, where it takes a password to get it."""
        key = self.home.secrets.key
        if key is not None and self.has_password:
            self._keys.keep(self.home.profile.vault_id, key.to_bytes())
        else:
            self._keys.forget(self.home.profile.vault_id)

    async def change_account(self, address: str) -> None:
        """Disconnect, and be of another account from the next connection on."""
        async with self._changing:
            await self._end_stream()
            await self.home.store.write(lambda ledger: profiles.save_account(ledger, address))
            self.home.profile = replace(self.home.profile, jid=address, scram_seen=False)
            self.home.account_jid = jid.received(address)
            self.home.stream.current = None  # it knows the account
        self.home.changed("Jid", "State", "LastError", "NextAttempt")

    async def lock(self) -> None:
        """Disconnect and forget the key."""
        try:
            await self.disconnect()
        finally:
            self.home.secrets.key = None
            self.home.stream.current = None  # it knows the password
            self._keys.forget(self.home.profile.vault_id)
            self.home.changed("State", "LastError", "NextAttempt")

    # -- connected and not

    async def connect(self) -> None:
        """Return when online; see Stream.connect for the errors."""
        async with self._changing:
            self.require_unlocked()
            stream = self.home.stream.current
            # One that has come to its end is not connected again.
            if stream is None or self._listener is None or self._listener.is_over:
                stream = await self._make_stream()
        await stream.connect()

    async def disconnect(self) -> None:
        """Close the stream; what was known of it is void, but for what the server still has."""
        async with self._changing:
            await self._end_stream()

    async def _end_stream(self) -> None:
        if self.home.stream.current is None or self._listener is None or self._listener.is_over:
            return
        self._listener.is_over = True
        left = await self.home.stream.current.disconnect()
        await self._listener.stream_replaced(left)

    async def stop(self) -> None:
        """Disconnect and end what runs in the background."""
        try:
            await self.disconnect()
        except BackendError as error:
            log.warning("%s: closing the stream failed: %s", self.home.profile.name, error)
        self.home.store.stop()
        await self.home.tasks.stop()
        self.home.events.clear()

    async def _make_stream(self) -> Stream:
        home, config = self.home, self.home.config.connection
        known = await home.store.read(streams.load)
        await home.known_rooms()
        home.server.resume(trusts_ids=bool(known and known.trusts_ids))
        is_set_up = bool(known and known.is_set_up)
        self._listener = StreamListener(home, self.parts, self._steps, is_set_up=is_set_up)
        stream = Stream(
            self._account(),
            self._listener,
            keepalive_s=config.keepalive_s,
            backoff_max_s=config.backoff_max_s,
            resumption=_resumption(known) if known is not None else None,
            tasks=home.tasks,
        )
        stream.features.update(name for part in self.parts for name in part.disco_features)
        stream.features.update(home.pubsub.events.features)
        home.stream.use(stream)
        return stream

    def renew_account(self) -> None:
        """Have the next attempt to connect use what is stored now of the account."""
        if self.home.stream.current is not None and self.home.secrets.key is not None:
            self.home.stream.current.renew(self._account())

    def _account(self) -> Account:
        profile, settings = self.home.profile, self.home.profile.settings
        return Account(
            jid=profile.jid,
            password=self.password(),
            resource=settings.resource,
            host=settings.host,
            port=settings.port,
            direct_tls=settings.direct_tls,
            ca_file=settings.ca_file,
            scram_seen=profile.scram_seen,
            allow_plain=settings.allow_plain,
            password_worked=profile.password_worked,
        )

    def password(self) -> str:
        """Return the XMPP password; ProfileLocked."""
        return self.key.decrypt(self.home.profile.xmpp_password, self.password_purpose).decode()

    @property
    def password_purpose(self) -> str:
        """What the encrypted XMPP password is bound to, so that it can't be put elsewhere."""
        return f"xmpp-password:{self.home.profile.vault_id}"


def _resumption(known: KnownStream) -> Resumption:
    return Resumption(
        known.sm_id,
        known.full_jid,
        handled=known.handled,
        acked=known.acked,
        expires_us=known.expires,
        location=known.location,
    )
