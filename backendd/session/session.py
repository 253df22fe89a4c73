"""A profile at run time: locked or not, connected or not, and what happens to its stanzas."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, InvalidJid, NotConnected, ProfileLocked, StorageError
from backendd.api.tasks import Tasks
from backendd.config import Config
from backendd.core import jid
from backendd.core.hub import Hub
from backendd.core.jid import Jid
from backendd.core.profiles import Profile, ProfileChanged
from backendd.core.typing import TypingPeers
from backendd.core.warnings import Warnings
from backendd.crypto.vault import DataKey, Sealed
from backendd.session.listener import StreamListener
from backendd.session.missing import ARCHIVE, PATIENCE, Missing, Patience
from backendd.session.part import Feature, Part
from backendd.store import profiles
from backendd.store.database import Database
from backendd.store.ledger import Ledger, ProfileStore
from backendd.xmpp.account import Account, Resumption
from backendd.xmpp.requests import Kind
from backendd.xmpp.states import State
from backendd.xmpp.stream import Stream

log = logging.getLogger(__name__)

E = TypeVar("E")

Answer = Callable[[Element], Awaitable[Element | None]]


class KeyKeeper(Protocol):
    """Where a key waits while this process is restarted."""

    def keep(self, name: str, secret: bytes) -> None: ...

    def forget(self, name: str) -> None: ...


class Session:
    """The one place where a profile's stream, store and parts meet."""

    def __init__(
        self,
        profile: Profile,
        *,
        database: Database,
        hub: Hub,
        config: Config,
        keys: KeyKeeper,
        when_caller_leaves: Callable[[str, Callable[[], None]], object],
        features: Sequence[Feature],
        patience: Patience = PATIENCE,
    ) -> None:
        self.profile = profile
        self.hub = hub
        self.config = config
        self.tasks = Tasks()
        self.typing = TypingPeers()
        self.warnings = Warnings(lambda: self.changed("Warnings"))
        self.when_caller_leaves = when_caller_leaves
        self.store = ProfileStore(database, profile.id, hub)
        self.account_jid: Jid = jid.received(self.own)
        self._is_catching_up = False
        self.online_since = 0  # when the present connection was made
        self.server_features: frozenset[str] = frozenset()
        self.missing = Missing(
            patience,
            self.tasks,
            lambda: self.changed("Missing", "Syncing"),
            self.storage_failed,
        )
        self._keys = keys
        self._key: DataKey | None = None
        self._stream: Stream | None = None
        self._listener: StreamListener | None = None
        self._answers: list[tuple[Kind, str, Answer]] = []
        self._changing = asyncio.Lock()
        self._subscriptions: list[Callable[[], None]] = []
        self.parts: tuple[Part, ...] = tuple(feature.start(self) for feature in features)

    # -- what features see

    @property
    def own(self) -> str:
        """The bare JID of the account, as the server has it."""
        return self.profile.bound or self.profile.jid

    @property
    def is_online(self) -> bool:
        """Whether stanzas can be sent."""
        return self._stream is not None and self._stream.state is State.ONLINE

    @property
    def sm_id(self) -> str:
        """The id of the present stream, for the outbox; empty while there is none."""
        return self._stream.sm_id if self._stream is not None else ""

    @property
    def bound(self) -> str:
        """The bare address that the server gave the present stream; empty while there is none."""
        return jid.received(self._stream.full_jid).bare if self._stream and self.sm_id else ""

    @property
    def capabilities(self) -> Element:
        """What an available presence says of what we can do; NotConnected."""
        return self._require_stream().capabilities

    @property
    def max_bytes(self) -> int:
        """The largest stanza that the present stream takes; 0 while there is none."""
        return self._stream.max_bytes if self._stream is not None else 0

    @property
    def is_set_up(self) -> bool:
        """Whether every part has done what is due on the present stream."""
        return self._listener is not None and self._listener.is_set_up

    @property
    def trusts_ids(self) -> bool:
        """Whether the account's server is known to set stanza ids, and so to strip forged ones."""
        return self._listener is not None and self._listener.trusts_ids

    async def discovered(self) -> None:
        """Return when server and account have said what they can do, or are late with it."""
        if self._listener is not None:
            await self._listener.was_discovered.wait()

    def may_have(self, feature: str) -> bool:
        """Return whether server or account announce it; not to know is not to know that not."""
        is_known = self._listener is not None and self._listener.is_discovered
        return feature in self.server_features or not is_known

    def offers(self, tag: str) -> bool:
        """Return whether the stream was opened with this among its features (RFC 6120 4.3.2)."""
        return self._stream is not None and self._stream.offers(tag)

    def subscribe(self, kind: type[E], handler: Callable[[E], None]) -> None:
        """Have `handler` called for each event of type `kind`, as long as there is the profile."""
        self._subscriptions.append(self.hub.subscribe(kind, handler))

    def require_unlocked(self) -> None:
        """Raise ProfileLocked where the key is missing."""
        if self._key is None:
            raise ProfileLocked(f"the profile {self.profile.name} is locked; unlock it first")

    def send(self, stanza: Element) -> None:
        """Write a stanza that may be lost; NotConnected while there is no stream."""
        self._require_stream().send(stanza)

    async def send_batch(
        self,
        stanzas: Sequence[bytes],
        record: Callable[[str, int], Awaitable[None]],
        *,
        alone: bool = False,
    ) -> None:
        """Write stanzas whose stream and numbers `record` commits first; NotConnected.

        `alone`: return once they are acknowledged, or the connection is gone.
        """
        await self._require_stream().send_batch(stanzas, record, alone=alone)

    async def request(
        self, kind: Kind, to: str | None, payload: Element, *, timeout: float = 15
    ) -> Element:
        """Return the result of an iq; NotConnected, Timeout, ServerError and below."""
        return await self._require_stream().request(kind, to, payload, timeout=timeout)

    def on_request(self, kind: Kind, tag: str, answer: Answer) -> None:
        """Have iqs of `kind` whose child is `tag` answered by `answer`, on each stream."""
        self._answers.append((kind, tag, answer))

    def changed(self, *properties: str) -> None:
        """Tell that properties of the profile changed."""
        self.hub.publish(ProfileChanged(self.profile.id, properties))

    @property
    def is_syncing(self) -> bool:
        """Whether the archive is being caught up, and answers."""
        return self._is_catching_up and ARCHIVE not in self.missing.words

    def set_syncing(self, is_syncing: bool) -> None:
        """Say whether the archive is being caught up."""
        if self._is_catching_up != is_syncing:
            self._is_catching_up = is_syncing
            self.changed("Syncing")

    def write_soon(self, work: Callable[[Ledger], object], *, name: str) -> None:
        """Have `work` stored; where that fails the connection is dropped."""
        self.tasks.start(self._write_or_drop(work), name=name)

    async def _write_or_drop(self, work: Callable[[Ledger], object]) -> None:
        try:
            await self.store.write(work)
        except StorageError as error:
            await self.storage_failed(error)

    async def storage_failed(self, error: StorageError) -> None:
        """Drop the connection: what is due on it can't be stored."""
        log.error("%s: the connection is dropped: %s", self.profile.name, error)
        await self.drop(error)

    def _require_stream(self) -> Stream:
        if self._stream is None or not self.is_online:
            raise NotConnected(f"the profile {self.profile.name} is not online")
        return self._stream

    def warn_of_nobody(self, stanza: Element, error: InvalidJid) -> None:
        """Tell that a stanza was lost, for it says of nobody whom it is from or to."""
        log.warning("%s: dropped what is from or to nobody: %s", self.profile.name, error)
        sender = stanza.get("from", "")
        self.warnings.add("dropped", sender, f"something was lost that nobody can answer: {error}")

    # -- state

    @property
    def state(self) -> str:
        """The state as the bus words it."""
        if self._key is None:
            return "locked"
        return self._stream.state.value if self._stream is not None else "offline"

    @property
    def full_jid(self) -> str:
        """The JID with the bound resource; empty while not online."""
        return self._stream.full_jid if self._stream is not None and self.is_online else ""

    @property
    def next_attempt(self) -> int:
        """When the next attempt is due; 0 while none is."""
        return self._stream.next_attempt_us if self._stream is not None else 0

    @property
    def last_error(self) -> tuple[str, str]:
        """Why the connection was lost: an error name and a sentence, empty when all is well."""
        error = self._stream.last_error if self._stream is not None else None
        return (error.name, str(error)) if error is not None else ("", "")

    def unlock(self, key: DataKey) -> None:
        """Use `key` from now on, and have it kept over a restart."""
        self._key = key
        if self.has_password:
            self.keep_key()
        self.changed("State")

    @property
    def has_password(self) -> bool:
        """Whether a profile password protects the secrets."""
        try:
            return Sealed.from_bytes(self.profile.sealed).has_password
        except StorageError:
            return True  # damaged: no password is the right one

    @property
    def key(self) -> DataKey:
        """The key of the profile's secrets; ProfileLocked."""
        self.require_unlocked()
        assert self._key is not None
        return self._key

    def keep_key(self) -> None:
        """Have the key kept over a restart, where it takes a password to get it."""
        if self._key is not None and self.has_password:
            self._keys.keep(self.profile.vault_id, self._key.to_bytes())
        else:
            self._keys.forget(self.profile.vault_id)

    async def change_account(self, address: str) -> None:
        """Disconnect, and be of another account from the next connection on."""
        async with self._changing:
            await self._end_stream()
            await self.store.write(lambda ledger: profiles.save_account(ledger, address))
            self.profile = replace(self.profile, jid=address, scram_seen=False)
            self.account_jid = jid.received(address)
            self._stream = None  # it knows the account
        self.changed("Jid", "State", "LastError", "NextAttempt")

    async def lock(self) -> None:
        """Disconnect and forget the key."""
        try:
            await self.disconnect()
        finally:
            self._key = None
            self._stream = None  # it knows the password
            self._keys.forget(self.profile.vault_id)
            self.changed("State", "LastError", "NextAttempt")

    async def connect(self) -> None:
        """Return when online; see Stream.connect for the errors."""
        async with self._changing:
            self.require_unlocked()
            stream = self._stream
            # One that has come to its end is not connected again.
            if stream is None or self._listener is None or self._listener.is_over:
                self._stream = stream = await self._make_stream()
        await stream.connect()

    async def disconnect(self) -> None:
        """Close the stream; what was known of it is void."""
        async with self._changing:
            await self._end_stream()

    async def _end_stream(self) -> None:
        if self._stream is None or self._listener is None or self._listener.is_over:
            return
        self._listener.is_over = True
        await self._stream.disconnect()
        await self._listener.stream_replaced(None)

    async def stop(self) -> None:
        """Disconnect and end what runs in the background."""
        try:
            await self.disconnect()
        except BackendError as error:
            log.warning("%s: closing the stream failed: %s", self.profile.name, error)
        await self.tasks.stop()
        for unsubscribe in self._subscriptions:
            unsubscribe()
        self._subscriptions.clear()

    async def drop(self, reason: BackendError | None = None) -> None:
        """Abort the connection for this `reason`; it is made anew, and resumed."""
        if self._stream is not None:
            await self._stream.drop(reason)

    async def disco(self, address: str, *, timeout: float = 15) -> frozenset[str]:
        """Return the features `address` announces; NotConnected, Timeout, ServerError."""
        return (await self._require_stream().disco(address, timeout=timeout)).features

    async def _make_stream(self) -> Stream:
        row = await self.store.read(lambda db: profiles.load_stream(db, self.profile.id))
        self._listener = StreamListener(
            self, is_set_up=bool(row and row[6]), trusts_ids=bool(row and row[7])
        )
        stream = Stream(
            self._account(),
            self._listener,
            keepalive_s=self.config.connection.keepalive_s,
            backoff_max_s=self.config.connection.backoff_max_s,
            resumption=Resumption(*row[:6]) if row is not None else None,  # type: ignore[arg-type]
            tasks=self.tasks,
        )
        stream.features.update(name for part in self.parts for name in part.disco_features)
        for kind, tag, answer in self._answers:
            stream.on_request(kind, tag, answer)
        return stream

    def renew_account(self) -> None:
        """Have the next attempt to connect use what is stored now of the account."""
        if self._stream is not None and self._key is not None:
            self._stream.renew(self._account())

    def _account(self) -> Account:
        settings = self.profile.settings
        return Account(
            jid=self.profile.jid,
            password=self.password(),
            resource=settings.resource,
            host=settings.host,
            port=settings.port,
            direct_tls=settings.direct_tls,
            ca_file=settings.ca_file,
            scram_seen=self.profile.scram_seen,
            allow_plain=settings.allow_plain,
            password_worked=self.profile.password_worked,
        )

    def password(self) -> str:
        """Return the XMPP password; ProfileLocked."""
        return self.key.decrypt(self.profile.xmpp_password, self.password_purpose).decode()

    @property
    def password_purpose(self) -> str:
        """What the encrypted XMPP password is bound to, so that it can't be put elsewhere."""
        return f"xmpp-password:{self.profile.vault_id}"
