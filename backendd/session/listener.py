"""What a profile does about what its stream tells: commits it, and lets each part follow."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, InvalidJid, NotConnected, StorageError
from backendd.core import jid, xml
from backendd.core.profiles import StreamSetUp
from backendd.session import bound_address
from backendd.session.discovery import discover
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.session.pipeline import Answer
from backendd.session.setup import Setup, Step
from backendd.session.stages import Settled
from backendd.store import doubts, profiles, settling, streams
from backendd.store.ledger import Ledger
from backendd.store.streams import KnownStream
from backendd.xmpp.account import Batch, Resumption, StreamClosed
from backendd.xmpp.states import State

log = logging.getLogger(__name__)


class StreamListener:
    """Listens to one stream object, from its first connection to its end.

    `is_set_up` is what another process knew of the stream that is resumed.
    """

    def __init__(
        self,
        home: Home,
        parts: Sequence[Part],
        steps: Sequence[Sequence[Step]],
        *,
        is_set_up: bool,
    ) -> None:
        self.is_over = False
        self.is_set_up = is_set_up
        self._home = home
        self._parts = parts
        self._is_new = True
        first, *others = steps
        self._setup = Setup(
            [[self._discover, *first], *others],
            home.tasks,
            2 * home.missing.patience.short_s,  # what is asked may depend on another answer
            home.storage_failed,
        )

    def state_changed(self, state: State, error: BackendError | None, next_attempt_us: int) -> None:
        """Tell the new state; where the connection is gone all that hung on it ends first."""
        if state is State.OFFLINE:
            self.is_over = True
        if state is not State.ONLINE:
            self._home.server.offline()
            self._setup.end()
            self._home.missing.end()
            for part in self._parts:
                part.offline()
        self._home.changed("State", "FullJid", "LastError", "NextAttempt")

    async def stream_replaced(self, resumption: Resumption | None) -> None:
        """Remember the new stream, or that there is none to resume.

        Raises ServerError where the server takes us for somebody else.
        """
        bound, sm_id = self._home.stream.bound, self._home.stream.sm_id
        bound_address.check(self._home, bound or self._home.own)
        known = None
        if resumption is not None:
            known = KnownStream(
                resumption.sm_id, resumption.full_jid, resumption.handled, resumption.acked,
                resumption.expires_us, resumption.location,
            )  # fmt: skip

        def work(ledger: Ledger) -> None:
            streams.save(ledger, known)
            doubts.begin_stream(ledger, sm_id)
            if bound:
                bound_address.save(ledger, bound)
            for part in self._parts:
                part.replaced(ledger)

        self.is_set_up = False
        self._home.server.forget()
        self._home.disco.forget()
        self._home.pubsub.forget()
        await self._home.store.write(work)
        if bound:
            bound_address.take(self._home, bound)

    async def stream_started(self, *, resumed: bool) -> None:
        """Set the stream up, or what is left of that; where it can't be stored it is dropped."""
        try:
            if resumed and self._is_new:
                # The stream object is new: what the process before it had in flight and the
                # server does not have is nowhere but in the outbox.
                sm_id = self._home.stream.sm_id
                await self._home.store.write(lambda ledger: doubts.release(ledger, sm_id))
            self._is_new = False
            await self._set_up(resumed=resumed and self.is_set_up)
        except NotConnected:
            return
        except StorageError as error:
            await self._home.storage_failed(error)

    async def _set_up(self, *, resumed: bool) -> None:
        """Do what is due; a stream that is resumed in the middle has it all due."""
        home, sm_id = self._home, self._home.stream.sm_id
        if not await self._setup.run(resumed=resumed):
            return
        self.is_set_up = True
        await home.store.write(lambda ledger: streams.save_set_up(ledger, sm_id))
        home.events.publish(StreamSetUp())

    async def _discover(self, *, resumed: bool) -> None:
        await discover(self._home)

    async def received(self, stanzas: Batch) -> None:
        """Commit what these stanzas say together with their number."""
        home, context = self._home, self._home.context()
        kept = [self._settled(each) for each in stanzas.stanzas if not self._take(each)]
        opened = home.inbound.open(context, kept)

        def work(ledger: Ledger) -> list[Answer]:
            answers = home.inbound.run(ledger, context, opened)
            streams.save_handled(ledger, stanzas.sm_id, stanzas.handled)
            return answers

        answers = await home.store.write(work)
        for stanza, error in opened.lost:
            home.warn_of_nobody(stanza, error)
        for shell in stanzas.lost:
            self._warn_of_lost(shell)
        for answer in answers:
            home.stream.answer(answer.request, answer.error)

    def _take(self, stanza: Element) -> bool:
        """Have a message taken that answers what was asked; return whether there was one to."""
        taker = self._home.stream.taker(stanza) if stanza.tag == xml.MESSAGE else None
        if taker is None:
            return False
        try:
            taker(stanza)
        except InvalidJid as error:
            self._home.warn_of_nobody(stanza, error)
        except Exception:
            log.exception("%s: dropped what answers a question", self._home.profile.name)
        return True

    def _settled(self, stanza: Element) -> Element | Settled:
        """Return an answer along with what it is settled by."""
        settle = self._home.stream.settling(stanza) if stanza.tag == xml.IQ else None
        return Settled(stanza, settle) if settle is not None else stanza

    def _warn_of_lost(self, shell: Element) -> None:
        sender = shell.get("from", "") or self._home.own
        self._home.warnings.add(
            "dropped",
            sender,
            f"something from {jid.shown(sender)} was too large to be kept; ask for it in parts",
        )

    async def acknowledged(self, sm_id: str, h: int) -> None:
        """Settle what the server has: it leaves the outbox, and its messages are sent."""

        def work(ledger: Ledger) -> None:
            settling.acknowledge(ledger, sm_id, h)
            streams.save_acked(ledger, sm_id, h)

        await self._home.store.write(work)

    async def refused(self, refusal: StreamClosed) -> None:
        """Suspect what was in flight; from the outbox it goes out alone."""
        await self._home.store.write(
            lambda ledger: doubts.suspect(ledger, refusal.sm_id, is_lone=refusal.is_lone)
        )
        if refusal.is_kept:
            return
        # As after a restart: nothing that was in flight is kept anywhere else, and what was done
        # on the stream may have been lost.
        self._is_new = True
        self.is_set_up = False

    def logged_in(self, *, by_scram: bool) -> None:
        """Remember it: the password works, and after SCRAM it isn't given by PLAIN."""
        profile = self._home.profile
        seen = by_scram or profile.scram_seen
        if profile.password_worked and profile.scram_seen == seen:
            return
        self._home.profile = replace(profile, password_worked=True, scram_seen=seen)
        self._home.write_soon(
            lambda ledger: profiles.save_login(
                ledger.db, profile.id, profile.xmpp_password, by_scram=by_scram
            ),
            name="remember the login",
        )
