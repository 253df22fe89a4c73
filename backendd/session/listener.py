"""What a session does about what its stream tells: commits it, and lets each part follow."""

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, NotConnected, ServerError, Timeout
from backendd.core import clock, jid, xml
from backendd.core.profiles import StreamSetUp
from backendd.session import batch
from backendd.store import outbox, profiles
from backendd.store.ledger import Ledger
from backendd.xmpp.account import Batch, Resumption
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
        self._is_new = True

    def state_changed(self, state: State, error: BackendError | None, next_attempt_us: int) -> None:
        """Tell of it."""
        if state is State.OFFLINE:
            self.is_over = True
        if state is State.ONLINE:
            self._session.online_since = clock.now_us()
        else:
            self._session.set_syncing(False)
            for part in self._session.parts:
                part.offline()
        self._session.changed("State", "FullJid", "LastError", "NextAttempt")

    async def stream_replaced(self, resumption: Resumption | None) -> None:
        """Remember the new stream, or that there is none to resume."""
        row = None
        if resumption is not None:
            row = (
                resumption.sm_id, resumption.full_jid, resumption.handled, resumption.acked,
                resumption.expires_us, resumption.location,
            )  # fmt: skip

        def work(ledger: Ledger) -> None:
            profiles.save_stream(ledger, row)
            for part in self._session.parts:
                part.replaced(ledger)

        self.is_set_up = False
        await self._session.store.write(work)

    async def session_started(self, *, resumed: bool) -> None:
        """Let each part do what is due, in order."""
        if resumed and self._is_new:
            # The stream object is new: what the process before it had in flight and the server
            # does not have is nowhere but in the outbox.
            sm_id = self._session.sm_id
            await self._session.store.write(lambda ledger: outbox.release(ledger, sm_id))
        self._is_new = False
        try:
            await self._set_up(resumed=resumed and self.is_set_up)
        except NotConnected:
            return
        except Timeout as error:
            log.warning("%s: the stream is given up: %s", self._session.profile.name, error)
            await self._session.drop()

    async def _set_up(self, *, resumed: bool) -> None:
        """Let each part do what is due; a stream that is resumed in the middle has it all due."""
        sm_id = self._session.sm_id
        await self._discover()
        for part in self._session.parts:
            try:
                await part.online(resumed=resumed)
            except (NotConnected, Timeout):
                raise
            except BackendError as error:
                log.warning("%s: %s", self._session.profile.name, error)
        self.is_set_up = True
        await self._session.store.write(lambda ledger: profiles.save_set_up(ledger, sm_id))
        self._session.hub.publish(StreamSetUp(self._session.profile.id))

    async def _discover(self) -> None:
        """Ask server and account what they can do, before presence brings the first message.

        Raises NotConnected and Timeout: to know nothing is not to know that there is nothing.
        """
        session, sm_id = self._session, self._session.sm_id
        server, account = await asyncio.gather(
            self._features(session.account_jid.domain), self._features(session.own)
        )
        session.server_features = server | account
        self.trusts_ids = is_trusted = xml.STANZA_IDS in account
        self._session.changed("ServerFeatures")
        await self._session.store.write(
            lambda ledger: profiles.save_trust(ledger, sm_id, is_trusted=is_trusted)
        )

    async def _features(self, address: str) -> frozenset[str]:
        try:
            return await self._session.disco(address)
        except ServerError as error:
            log.warning("%s: no answer to service discovery: %s", self._session.profile.name, error)
            return frozenset()

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

    def scram_offered(self) -> None:
        """Remember it: from now on PLAIN is refused."""
        if self._session.profile.scram_seen:
            return
        self._session.profile = replace(self._session.profile, scram_seen=True)
        self._session.tasks.start(
            self._session.store.write(
                lambda ledger: profiles.save_scram_seen(ledger.db, self._session.profile.id)
            ),
            name="remember scram",
        )
