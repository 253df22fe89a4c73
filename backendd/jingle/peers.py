"""All sessions of a profile: files that it offers or asks for, and that others do."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Container
from functools import partial
from typing import Final
from xml.etree.ElementTree import Element

from backendd.api.errors import InvalidJid
from backendd.core import jid, xml
from backendd.jingle import blocks, candidates, descriptions, elements, names, refusals
from backendd.jingle.descriptions import File
from backendd.jingle.elements import Content, Said
from backendd.jingle.in_band import Incoming
from backendd.jingle.names import CLOSE, DATA, FILES, OPEN
from backendd.jingle.ports import Means, Source, Target
from backendd.jingle.reasons import GONE, LOST, NOT_AVAILABLE, Reason
from backendd.jingle.receiving import Offer, Reception
from backendd.jingle.refusals import Refused
from backendd.jingle.requests import Request
from backendd.jingle.sending import Sending, Told
from backendd.jingle.session import Session, begun
from backendd.jingle.talk import Talk

log = logging.getLogger(__name__)

MOST: Final = 200
"""Sessions there may be at once; who offers one more is told to wait."""
MOST_OF_ONE: Final = 20
"""Of these with one account."""

_Key = tuple[str, str]


class Peers:
    """The sessions of a profile whose full JID is `own()`.

    `offered` is called with each offer, and `requested` with each request, that comes from one
    whom `admits` lets begin something; to others it is as if we had no Jingle.
    """

    def __init__(
        self,
        means: Means,
        own: Callable[[], str],
        admits: Callable[[str], Awaitable[bool]],
        offered: Callable[[Offer], None],
        requested: Callable[[Request], None],
    ) -> None:
        self._means = means
        self._own = own
        self._admits = admits
        self._offered = offered
        self._requested = requested
        self._turn = asyncio.Lock()
        self._talks: dict[_Key, Talk] = {}
        self._incoming: dict[_Key, Incoming] = {}

    # -- what we begin

    async def send(
        self, peer: str, methods: frozenset[str], source: Source, file: File, told: Told
    ) -> None:
        """Return when a client, a full JID, has the file; raises why it hasn't got it.

        `methods` are the namespaces of what it announces (XEP-0030).
        """
        session = Session.begin(self._own())
        talk, expect = self._talk(session, peer), partial(self._expect, peer)
        await Sending(talk, self._means, expect, source, file, told).offer(methods)

    async def fetch(
        self,
        peer: str,
        methods: frozenset[str],
        file: File,
        target: Target,
        told: Told,
        *,
        offset: int,
    ) -> None:
        """Return when a file of a client's is here that it has offered before, and that broke off.

        `offset`: how much of it `target` has already.
        """
        session = Session.begin(self._own(), "responder")
        talk, expect = self._talk(session, peer), partial(self._expect, peer)
        await Reception(talk, self._means, expect).ask(methods, file, target, told, offset)

    # -- what we are asked

    async def on_jingle(self, iq: Element) -> Element | None:
        """Answer an iq with a `<jingle/>`: None where all is well, or the error."""
        # In order, though it takes a while to find out who may begin a session.
        async with self._turn:
            try:
                await self._hear(_sender(iq), iq[0])
            except Refused as refused:
                return refusals.encode(refused)
        return None

    async def on_block(self, iq: Element) -> Element | None:
        """Answer an iq that opens, fills or closes an in-band stream."""
        payload = iq[0]
        try:
            incoming = self._find_incoming(_sender(iq), payload)
            if payload.tag == OPEN:
                incoming.open(blocks.decode(payload))
            elif payload.tag == DATA:
                await incoming.fill(payload)
            else:
                incoming.close()
        except Refused as refused:
            return refusals.encode(refused)
        return None

    def on_message(self, message: Element) -> None:
        """Take a block that comes in a message."""
        payload = message.find(DATA)
        if payload is None:
            return
        try:
            self._find_incoming(_sender(message), payload).put(payload)
        except Refused as refused:
            log.info("a block in a message is dropped: %s", refused)

    def stay(self, account: str, clients: Container[str]) -> None:
        """Take note that of the clients of an account only these, full JIDs, are there."""
        for (peer, _), talk in list(self._talks.items()):
            if peer not in clients and jid.received(peer).bare == account:
                talk.end(GONE)

    def lost(self) -> None:
        """Take note that the stream is another one: no session goes on in it."""
        for talk in list(self._talks.values()):
            talk.end(LOST)

    async def _hear(self, peer: str, jingle: Element) -> None:
        said = elements.decode(jingle)
        talk = self._talks.get((peer, said.sid))
        if said.action != "session-initiate":
            if talk is None:
                raise refusals.unknown_session()
            talk.hear(said)
        elif talk is not None:
            raise refusals.tie_break()
        else:
            await self._begin(peer, said)

    async def _begin(self, peer: str, said: Said) -> None:
        account = jid.received(peer).bare
        if not await self._admits(account):
            raise Refused("service-unavailable")
        session = begun(said, self._own())
        of_one = sum(jid.received(who).bare == account for who, _ in self._talks)
        if len(self._talks) >= MOST or of_one >= MOST_OF_ONE:
            raise Refused("resource-constraint")
        content = session.content
        reason = _why_not(content)
        file = descriptions.decode(content.description) if reason is None else File()
        talk = self._talk(session, peer)
        if reason is not None:
            talk.terminate(reason)
            return
        expect = partial(self._expect, peer)
        if content.senders == "responder":
            self._requested(Request(talk, self._means, file, expect))
        else:
            self._offered(Offer(talk, self._means, file, expect))

    def _talk(self, session: Session, peer: str) -> Talk:
        key = (peer, session.sid)
        talk = Talk(session, peer, self._means, lambda: self._talks.pop(key, None))
        self._talks[key] = talk
        return talk

    def _expect(self, peer: str, incoming: Incoming) -> None:
        kept = {key: each for key, each in self._incoming.items() if not each.is_closed}
        self._incoming = {**kept, (peer, incoming.stream.sid): incoming}

    def _find_incoming(self, peer: str, payload: Element) -> Incoming:
        incoming = self._incoming.get((peer, payload.get("sid", "")))
        # Who closes a stream of which we had all may well be a moment behind.
        if incoming is None or (incoming.is_closed and payload.tag != CLOSE):
            raise Refused("not-acceptable" if payload.tag == OPEN else "item-not-found")
        return incoming


def _sender(stanza: Element) -> str:
    """Return who has sent a stanza; Refused where it is nobody with whom there can be a session."""
    try:
        return jid.received(stanza.get("from", "")).full
    except InvalidJid:
        raise Refused("bad-request") from None


def _is_of_files(content: Content) -> bool:
    description = content.description
    return description is not None and xml.split(description.tag)[0] == FILES


def _why_not(content: Content) -> Reason | None:
    """Return why a session can't be had with us; Refused where it can't be read."""
    assert content.transport is not None
    if not _is_of_files(content):
        return Reason("unsupported-applications")
    if content.senders not in ("initiator", "responder"):
        return Reason("failed-application", detail=NOT_AVAILABLE)
    if content.is_secured:
        return Reason("security-error")
    match xml.split(content.transport.tag)[0]:
        case names.SOCKS5:
            candidates.decode(content.transport)
        case names.IN_BAND:
            blocks.decode(content.transport)
        case _:
            return Reason("unsupported-transports")
    return None
