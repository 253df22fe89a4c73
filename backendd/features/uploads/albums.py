"""Several files that are sent at once, with one text."""

import uuid
from collections.abc import Sequence
from itertools import islice

from backendd.api.descriptors import Descriptor
from backendd.api.errors import (
    BackendError,
    InvalidArgument,
    NotConnected,
    Timeout,
    TooLarge,
)
from backendd.api.tuples import NamedTuple
from backendd.core import clock, sharing
from backendd.core.conversations import Peer, text_to
from backendd.core.messages import Sent, sendable
from backendd.features.uploads.service import Uploads
from backendd.files import folders
from backendd.files.handed import Handed
from backendd.files.sources import Source
from backendd.session.home import Home
from backendd.session.ways import Sending
from backendd.store import contacts, message_drafts, saying, transfers
from backendd.store.ledger import Ledger

MOST_OF_A_MESSAGE = 20
"""What servers take: each file has about one and a half kB of it."""

_ASK_S = 5.0


class Album(NamedTuple):
    """Files that are sent together, at `paths` or open.

    `is_encrypted`: only who has their addresses shall read them. `draft`: of which the text is.
    """

    whom: Peer
    text: str
    token: str
    is_encrypted: bool
    draft: str = ""
    paths: Sequence[str] = ()
    handed: Sequence[Handed] = ()


class Albums:
    """Sends files together, to those who see them so, else one by one."""

    def __init__(self, home: Home, uploads: Uploads) -> None:
        self._home = home
        self._uploads = uploads

    async def send(self, album: Album) -> Sequence[int]:
        """Return the ids of transfers that go on by themselves; FileError, and why they can't."""
        home, token = self._home, album.token
        text = sendable(album.text) if album.text.strip() else ""
        if not album.paths and not album.handed:
            raise InvalidArgument("there is nothing to send: no file is given")
        known = await home.store.read(lambda view: transfers.by_token(view, token))
        if known:
            return known
        sendings = await self._sendings(album)
        together = MOST_OF_A_MESSAGE if await self._is_seen_as_one(album) else 1

        def work(ledger: Ledger) -> Sequence[int]:
            return transfers.by_token(ledger, token) or self._add(
                ledger, text, album.draft, sendings, together
            )

        ids = await home.store.write(work)
        for id, handed in zip(ids, album.handed, strict=False):
            await home.transfers.hand(id, Descriptor.copy(handed.handle.fileno()))
        home.events.publish(Sent(album.whom.jid))
        home.transfers.look()
        return ids

    def _add(
        self, ledger: Ledger, text: str, draft: str, sendings: Sequence[Sending], together: int
    ) -> list[int]:
        home, whom, ids, now = self._home, sendings[0].whom, list[int](), clock.now_us()
        home.permit(ledger, whom)
        # Who has sent the same draft without these files has said it already.
        said_by, wanted = message_drafts.said(ledger, whom, draft, text, now), text
        if said_by is not None:
            text = ""
        if text and together == 1:
            stanza_id = str(uuid.uuid4())
            said_by, _ = saying.add(ledger, whom, home.own, text, stanza_id, now)
            saying.queue(ledger, whom, text_to(whom, text, stanza_id), now, said_by)
            text = ""
        waiting, before = iter(sendings), 0
        while some := list(islice(waiting, together)):
            ids += self._uploads.queue_all(ledger, some, text, after=before)
            last = transfers.get(ledger, ids[-1])
            before, text = last.message_id if last is not None else 0, ""
            said_by = said_by or before
        if draft and said_by:
            message_drafts.end(ledger, whom, draft, wanted, said_by, now)
        return ids

    async def _sendings(self, album: Album) -> list[Sending]:
        found = []
        for path in await folders.expand(album.paths) if album.paths else ():
            async with await Source.at(path) as source:
                found.append(_sending(album, source))
        for handed in album.handed:
            async with await Source.of(handed.handle, handed.name) as source:
                found.append(_sending(album, source))
        try:
            for each in found:
                await self._permit(each)
        except (NotConnected, Timeout):
            pass  # what the server takes turns out when it answers
        return found

    async def _permit(self, sending: Sending) -> None:
        """Raise why the server can't take one of the files, as `Uploads.permit`, and what helps."""
        try:
            await self._uploads.permit(sending)
        except TooLarge as error:
            may_go_directly = sending.whom.kind == "chat" and not sending.is_encrypted
            helps = "; sent alone it may go directly" if may_go_directly else ""
            raise TooLarge(f'"{sending.name}" is too large: {error}{helps}') from error

    async def _is_seen_as_one(self, album: Album) -> bool:
        """Return whether all clients of a contact tell files of one message apart (XEP-0447).

        What is encrypted has a message each, in which nothing else may be (XEP-0454).
        """
        whom = album.whom
        if album.is_encrypted or whom.kind != "chat" or not self._home.stream.is_online:
            return False
        clients = await self._home.store.read(lambda view: contacts.clients(view, whom.jid))
        try:
            told = [
                await self._home.disco.of(f"{whom.jid}/{each.resource}", timeout=_ASK_S)
                for each in clients
            ]
        except BackendError:
            return False  # one of them doesn't say
        return bool(told) and all(sharing.SHARING in each.features for each in told)


def _sending(album: Album, source: Source) -> Sending:
    return Sending.of(album.whom, source, album.token, is_encrypted=album.is_encrypted)
