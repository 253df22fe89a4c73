"""What a session does about what its stream tells: commits it, and lets each part follow."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, NotConnected, StorageError
from backendd.core import clock, jid, xml
from backendd.core.profiles import StreamSetUp
from backendd.session import batch, binding
from backendd.session.missing import DISCO
from backendd.store import outbox, profiles
from backendd.store.ledger import Ledger
from backendd.xmpp.account import Batch, Refusal, Resumption
from backendd.xmpp.states import State

if TYPE_CHECKING:
    from backendd.session.session import Session

log = logging.getLogger(__name__)


class StreamListener:
    """Listens to one stream object, from its first connection to its end.

    `is_set_up` and `trusts_ids` are what another process knew of the stream that is resumed.
    """

    def __init__(self, session: "Session", *, is_set_up: bool, trusts_ids: bool) -> None:
        self.is_over = False
        self.trusts_ids = trusts_ids
        self._session = session
        self.is_set_up = is_set_up
        self.was_discovered = asyncio.Event()
        self._answered: set[str] = set()
        self._is_new = True

    def state_changed(self, state: State, error: BackendError | None, next_attempt_us: int) -> None:
        """Tell of it."""
        if state is State.OFFLINE:
            self.is_over = True
        if state is State.ONLINE:
            self._session.online_since = clock.now_us()
        else:
            self.was_discovered.clear()
            self._session.missing.end()
            self._session.set_syncing(False)
            for part in self._session.parts:
                part.offline()
        self._session.changed("State", "FullJid", "LastError", "NextAttempt")

    async def stream_replaced(self, resumption: Resumption | None) -> None:
        """Remember the new stream, or that there is none to resume.

        Raises ServerError where the server takes us for somebody else.
        """
        bound = self._session.bound
        binding.check(self._session, bound or self._session.own)
        row = None
        if resumption is not None:
            row = (
                resumption.sm_id, resumption.full_jid, resumption.handled, resumption.acked,
                resumption.expires_us, resumption.location,
            )  # fmt: skip

        def work(ledger: Ledger) -> None:
            profiles.save_stream(ledger, row)
            if bound:
                binding.save(ledger, bound)
            for part in self._session.parts:
                part.replaced(ledger)

        self.is_set_up = False
        # Of another stream's server nothing is known, and it is trusted in nothing.
        self.trusts_ids = False
        self._answered.clear()
        self._session.server_features = frozenset()
        await self._session.store.write(work)
        if bound:
            binding.take(self._session, bound)

    async def session_started(self, *, resumed: bool) -> None:
        """Let each part do what is due."""
        try:
            if resumed and self._is_new:
                # The stream object is new: what the process before it had in flight and the
                # server does not have is nowhere but in the outbox.
                sm_id = self._session.sm_id
                await self._session.store.write(lambda ledger: outbox.release(ledger, sm_id))
            self._is_new = False
            await self._set_up(resumed=resumed and self.is_set_up)
        except NotConnected:
            return
        except StorageError as error:
            await self._session.storage_failed(error)

    async def _set_up(self, *, resumed: bool) -> None:
        """Let each part do what is due; a stream that is resumed in the middle has it all due."""
        session, sm_id = self._session, self._session.sm_id
        prepared = [self._try(part.prepare(resumed=resumed)) for part in session.parts]
        await self._together([self._discover(), *prepared])
        for part in session.parts:
            await self._try(part.online(resumed=resumed))
        self.is_set_up = True
        await session.store.write(lambda ledger: profiles.save_set_up(ledger, sm_id))
        session.hub.publish(StreamSetUp(session.profile.id))

    async def _together(self, works: Iterable[Coroutine[Any, Any, None]]) -> None:
        """Return when all are done; where one fails the others end with it."""
        tasks = [self._session.tasks.start(work, name="set-up") for work in works]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()

    async def _try(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except (NotConnected, StorageError):
            raise
        except BackendError as error:
            log.warning("%s: %s", self._session.profile.name, error)
        except Exception:
            # The other parts can do without it, and nobody would set the stream up again.
            log.exception("%s: a part can't do what is due", self._session.profile.name)

    # -- what server and account can do

    @property
    def is_discovered(self) -> bool:
        """Whether both have answered."""
        return {"server", "account"} <= self._answered

    async def _discover(self) -> None:
        """Ask them, before presence brings the first message."""
        missing = self._session.missing
        try:
            await asyncio.gather(
                missing.ask(DISCO, self._ask_server, about="server"),
                missing.ask(DISCO, self._ask_account, about="account"),
            )
        finally:
            self.was_discovered.set()

    async def _ask_server(self, timeout: float) -> None:
        session = self._session
        features = await session.disco(session.account_jid.domain, timeout=timeout)
        self._learn("server", features)

    async def _ask_account(self, timeout: float) -> None:
        session, sm_id = self._session, self._session.sm_id
        features = await session.disco(session.own, timeout=timeout)
        self.trusts_ids = is_trusted = xml.STANZA_IDS in features
        self._learn("account", features)
        await session.store.write(
            lambda ledger: profiles.save_trust(ledger, sm_id, is_trusted=is_trusted)
        )

    def _learn(self, who: str, features: frozenset[str]) -> None:
        self._answered.add(who)
        self._session.server_features |= features
        self._session.changed("ServerFeatures")

    async def received(self, stanzas: Batch) -> None:
        """Commit what these stanzas say together with their number."""
        works = batch.open_stanzas(
            stanzas.stanzas,
            self._session.parts,
            self._session.account_jid,
            trusts_ids=self.trusts_ids,
            lost=self._session.warn_of_nobody,
        )

        def work(ledger: Ledger) -> None:
            ledger.do(works)
            profiles.save_handled(ledger, stanzas.sm_id, stanzas.handled)

        await self._session.store.write(work)
        for shell in stanzas.lost:
            self._warn_of_lost(shell)

    def _warn_of_lost(self, shell: Element) -> None:
        sender = shell.get("from", "") or self._session.own
        self._session.warnings.add(
            "dropped",
            sender,
            f"something from {jid.shown(sender)} was too large to be kept; ask for it in parts",
        )

    async def acknowledged(self, sm_id: str, h: int) -> None:
        """Settle what the server has."""

        def work(ledger: Ledger) -> None:
            outbox.settle(ledger, sm_id, h)
            profiles.save_acked(ledger, sm_id, h)

        await self._session.store.write(work)

    async def refused(self, refusal: Refusal) -> None:
        """Suspect what was in flight; from the outbox it goes out alone."""
        await self._session.store.write(
            lambda ledger: outbox.suspect(ledger, refusal.sm_id, is_lone=refusal.is_lone)
        )
        if refusal.is_kept:
            return
        # As after a restart: nothing that was in flight is kept anywhere else, and what was done
        # on the stream may have been lost.
        self._is_new = True
        self.is_set_up = False

    def logged_in(self, *, by_scram: bool) -> None:
        """Remember it: the password works, and after SCRAM it isn't given by PLAIN."""
        profile = self._session.profile
        seen = by_scram or profile.scram_seen
        if profile.password_worked and profile.scram_seen == seen:
            return
        self._session.profile = replace(profile, password_worked=True, scram_seen=seen)
        self._session.write_soon(
            lambda ledger: profiles.save_login(
                ledger.db, profile.id, profile.xmpp_password, by_scram=by_scram
            ),
            name="remember the login",
        )
