"""All sessions of a profile: files that it offers or asks for, and that others do."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Container, Iterable, Sequence
from functools import partial
from typing import Final
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, InvalidJid
from backendd.core import jid
from backendd.jingle import blocks, elements, proposals, reasons, refusals
from backendd.jingle.descriptions import File
from backendd.jingle.dialog import Dialog
from backendd.jingle.elements import Content, Role, Said
from backendd.jingle.in_band import Incoming
from backendd.jingle.names import CLOSE, DATA, OPEN
from backendd.jingle.ports import Means, Source, Target
from backendd.jingle.proposals import Proposal
from backendd.jingle.reasons import GONE, LOST
from backendd.jingle.receiving import Offer, Reception
from backendd.jingle.refusals import Refused
from backendd.jingle.requests import Request
from backendd.jingle.sending import Sending, Told
from backendd.jingle.session import Session
from backendd.jingle.talk import Talk

log = logging.getLogger(__name__)

MOST: Final = 400
"""Files that sessions may be about at once; who offers one more is told to wait."""
MOST_OF_ONE: Final = 100
"""Of these with one account."""

_PROPOSE = ("session-initiate", "content-add")

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
        self._dialogs: dict[_Key, Dialog] = {}
        self._incoming: dict[_Key, Incoming] = {}

    # -- what we begin

    async def send(
        self,
        peer: str,
        methods: frozenset[str],
        source: Source,
        file: File,
        told: Told,
        *,
        sid: str = "",
    ) -> None:
        """Return when a client, a full JID, has the file; raises why it hasn't got it.

        `methods` are the namespaces of what it announces (XEP-0030), `sid` the id of the session.
        """
        talk, expect = self._begin_ours(peer, "initiator", sid), partial(self._expect, peer)
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
        talk, expect = self._begin_ours(peer, "responder"), partial(self._expect, peer)
        await Reception(talk, self._means, expect).ask(methods, file, target, told, offset)

    def _begin_ours(self, peer: str, sender: Role, sid: str = "") -> Talk:
        content = Content("initiator", "file", sender)
        (talk,) = self._begin(Session.begin(self._own(), sid), peer, [content])
        return talk

    def disown(self, peer: str, sid: str) -> None:
        """Tell somebody that a session is gone of which only they still know."""
        farewell = elements.encode("session-terminate", sid, [reasons.encode(GONE)])
        self._means.tasks.start(self._disown(peer, farewell), name="jingle farewell")

    async def _disown(self, peer: str, farewell: Element) -> None:
        try:
            await self._means.line.request("set", peer, farewell, timeout=60)
        except BackendError as error:
            log.debug("the end of a session isn't heard: %s", error)

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
        for (peer, _), dialog in list(self._dialogs.items()):
            if peer not in clients and jid.received(peer).bare == account:
                dialog.end(GONE)

    def lost(self) -> None:
        """Take note that the stream is another one: no session goes on in it."""
        for dialog in list(self._dialogs.values()):
            dialog.end(LOST)

    async def _hear(self, peer: str, jingle: Element) -> None:
        said = elements.decode(jingle)
        if said.action in _PROPOSE and not await self._admits(jid.received(peer).bare):
            raise Refused("service-unavailable")
        dialog = self._dialogs.get((peer, said.sid))
        match said.action:
            case "session-initiate" if dialog is None:
                proposed = self._read(peer, said, "initiator")
                session = Session(said.sid, self._own(), "responder")
                talks = self._begin(session, peer, [each.content for each in proposed])
                self._consider(zip(proposed, talks, strict=True), peer)
            case "session-initiate":
                raise refusals.tie_break()
            case _ if dialog is None:
                raise refusals.unknown_session()
            case "content-add":
                proposed = self._read(peer, said, dialog.their_role)
                talks = dialog.begin([each.content for each in proposed], is_added=True)
                self._consider(zip(proposed, talks, strict=True), peer)
            case _:
                dialog.hear(said)

    def _begin(self, session: Session, peer: str, contents: Sequence[Content]) -> Sequence[Talk]:
        """Return what is talked about the contents that a session begins with."""
        key = (peer, session.sid)
        dialog = Dialog(session, peer, self._means, lambda: self._dialogs.pop(key, None))
        talks = dialog.begin(contents)
        self._dialogs[key] = dialog
        return talks

    def _read(self, peer: str, said: Said, by: Role) -> Sequence[Proposal]:
        """Return what is proposed; Refused where it can't be read, or there is no room for it."""
        proposed, account = proposals.read(said.contents, by), jid.received(peer).bare
        counts = [(jid.received(who).bare, len(each)) for (who, _), each in self._dialogs.items()]
        of_all = sum(count for _, count in counts) + len(proposed)
        of_one = sum(count for who, count in counts if who == account) + len(proposed)
        if of_all > MOST or of_one > MOST_OF_ONE:
            raise Refused("resource-constraint")
        return proposed

    def _consider(self, proposed: Iterable[tuple[Proposal, Talk]], peer: str) -> None:
        """Have what is proposed be answered, each for itself."""
        expect = partial(self._expect, peer)
        for each, talk in proposed:
            if each.refusal is not None:
                talk.terminate(each.refusal)
            elif each.is_request:
                self._requested(Request(talk, self._means, each.file, expect))
            else:
                self._offered(Offer(talk, self._means, each.file, expect))

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
