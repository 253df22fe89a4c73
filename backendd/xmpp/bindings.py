"""The binding of a profile from one connection to the next, and from one process to the next."""

import asyncio
from asyncio import FIRST_COMPLETED
from typing import TYPE_CHECKING

from backendd.api.errors import BackendError, HostUnreachable, StorageError
from backendd.api.tasks import Tasks
from backendd.core import jid
from backendd.xmpp import negotiation
from backendd.xmpp.account import Listener
from backendd.xmpp.acks import Acks
from backendd.xmpp.binding import Binding, Route, Settles
from backendd.xmpp.faults import Moved, Suspect
from backendd.xmpp.held import Held
from backendd.xmpp.refusals import Refusals
from backendd.xmpp.sending import MAX_BYTES, Sender

if TYPE_CHECKING:  # slixmpp is loaded with the first connection, not before
    from backendd.xmpp.handshake import Handshake

COMMIT_S = 60.0


class Bindings:
    """Resumes the binding that is held where that can be, else binds a new one."""

    def __init__(
        self,
        listener: Listener,
        tasks: Tasks,
        sender: Sender,
        held: Held,
        route: Route,
        settles: Settles,
    ) -> None:
        self.held = held
        self.offered: frozenset[str] = frozenset()  # the features of the present stream
        self._listener = listener
        self._tasks = tasks
        self._sender = sender
        self._route = route
        self._settles = settles
        self._unanswered = ""  # the binding of which the server said nothing when asked
        self._acks = Acks(tasks, listener.acknowledged, self.fail)
        self._refusals = Refusals(listener, self._acks, sender)

    async def prepare(self, seconds: float = COMMIT_S) -> None:
        """Let everything of the last connection come to rest before there is a next.

        `StorageError` where that takes longer than `seconds`.
        """
        try:
            async with asyncio.timeout(seconds):
                await self._sender.settle()
                if self.held.current is not None:
                    await self.held.current.drain()
                if await self._refusals.report():
                    self.held.rest()
        except TimeoutError as error:
            raise StorageError("what came last still isn't stored") from error

    async def open(self, shake: "Handshake", resource: str) -> bool:
        """Bind over an authenticated stream, or resume; return whether it is the old one."""
        if await self._resume(shake):
            await self._prove(shake)
            return True
        await self._begin(shake, resource)
        return False

    def disconnected(self, reason: BackendError | None) -> None:
        """Take note that the connection is gone: some bindings are over with it."""
        self._refusals.note(self.held.current, reason)
        self.held.lost()

    def fail(self, error: Exception) -> None:
        """End the connection: what it brought can't be stored, or what is due on it not be done."""
        if self.held.current is not None:
            self.held.current.fail(error)

    async def _prove(self, shake: "Handshake") -> None:
        """Return once the server has acknowledged on the resumed binding.

        A server may say "resumed" and be deaf: one that reads on where the old connection was cut
        takes all that follows for the rest of half a stanza. Such a binding is forgotten.
        """
        assert self.held.current is not None
        proof = self.held.current.prove()
        await asyncio.wait(
            (proof, shake.wire.closed), timeout=shake.patience_s, return_when=FIRST_COMPLETED
        )
        if proof.done() and not shake.wire.closed.done():
            return
        if isinstance(shake.wire.reason, StorageError):
            # The fault is ours, and says nothing of the binding.
            raise shake.wire.reason
        # All that was in flight was written again, and it was closed again.
        self._refusals.note(self.held.current, shake.wire.reason, again=True)
        await self._listener.stream_replaced(self.held.void())
        raise shake.wire.reason or HostUnreachable(
            f"{shake.domain} resumed the session, but doesn't take part in it"
        )

    async def _resume(self, shake: "Handshake") -> bool:
        known = self.held.resumption
        if known is None or not negotiation.offers_management(shake):
            return False
        try:
            answer = await negotiation.resume(shake, known.sm_id, known.handled)
        except Moved:
            raise
        except BackendError:
            await self._note_silence(known.sm_id)
            raise
        self._unanswered = ""
        if not answer.accepted:
            await self._refused(known.sm_id, answer.h)
            return False
        if answer.h is None:
            self.held.void()
            raise Suspect("the server resumes the stream without saying what it has")
        # From here to the end of attaching nothing may wait: stanzas follow at once.
        binding = self.held.current or self._new(
            known.full_jid, known.sm_id, True, known.handled, answer.h, known.location
        )
        try:
            binding.acknowledged(answer.h)
        except Suspect:
            self.held.void()
            raise
        binding.inbox.resume()
        self._run(binding, shake)
        self._sender.attach(shake.wire, binding)
        # The owner has to know what arrived before it repeats anything.
        await self._acks.flush()
        binding.start(self._tasks)
        return True

    async def _note_silence(self, sm_id: str) -> None:
        """Forget a binding over which the server ends the talk again: so it would for ever.

        Once it may have been the connection.
        """
        if self._unanswered != sm_id:
            self._unanswered = sm_id
            return
        await self._listener.stream_replaced(self.held.void())

    async def _refused(self, sm_id: str, h: int | None) -> None:
        if h is None:
            return
        if self.held.current is None:
            self._acks.note(sm_id, h)
        else:
            try:
                self.held.current.acknowledged(h)
            except Suspect:
                return
        await self._acks.flush()

    async def _begin(self, shake: "Handshake", resource: str) -> None:
        bound = self.held.bound
        old_resource = jid.received(bound.full_jid).resource if bound else ""
        full_jid = await negotiation.bind(shake, resource or old_resource)
        enabled = await negotiation.enable(shake)
        self.held.end()
        binding = self._new(
            full_jid,
            enabled.sm_id if enabled else "",
            enabled is not None,
            location=enabled.location if enabled else "",
        )
        self._run(binding, shake)
        try:
            await self._listener.stream_replaced(enabled.resumption(full_jid) if enabled else None)
        except BaseException:
            self.held.end()
            raise
        binding.start(self._tasks)
        self._sender.attach(shake.wire, binding)

    def _new(
        self,
        full_jid: str,
        sm_id: str,
        managed: bool,
        handled: int = 0,
        acked: int = 0,
        location: str = "",
    ) -> Binding:
        self.held.current = Binding(
            full_jid,
            sm_id,
            managed=managed,
            handled=handled,
            acked=acked,
            location=location,
            commit=self._listener.received,
            route=self._route,
            settles=self._settles,
            note=self._note,
        )
        return self.held.current

    def _note(self, sm_id: str, h: int) -> None:
        self._sender.progressed()
        self._acks.note(sm_id, h)

    def _run(self, binding: Binding, shake: "Handshake") -> None:
        self._sender.max_bytes = negotiation.announced_limit(shake) or MAX_BYTES
        self.offered = frozenset(feature.tag for feature in shake.features)
        binding.wire = shake.wire
        shake.hand_over(binding.take, binding.inbox.take_uncounted)
