"""What the user wants to have sent, on the best way there is."""

from collections.abc import Sequence
from typing import Self

from backendd.api import records, text
from backendd.api.descriptors import Descriptor
from backendd.api.errors import (
    BackendError,
    InvalidArgument,
    NotConnected,
    NotSupported,
    Timeout,
    TooLarge,
)
from backendd.api.tuples import NamedTuple
from backendd.api.words import SendMethod, TransferMethod
from backendd.core import jid
from backendd.core.conversations import Peer
from backendd.core.file_metadata import LONGEST_DESCRIPTION
from backendd.files.sources import Source
from backendd.session.home import Home
from backendd.session.ways import Sending, SendingWay
from backendd.store import transfers
from backendd.store.ledger import Ledger

BEST: Sequence[TransferMethod] = ("http", "jingle-s5b")
"""The methods by which files are sent, the best first: nobody has to answer for the first."""

LARGE = 100 * 1024 * 1024
"""Of so many bytes on a file had better not lie on a server."""


class How(NamedTuple):
    """How a file is to be sent, as a caller says."""

    method: SendMethod
    token: str
    description: str
    is_encrypted: bool

    @classmethod
    def of(cls, method: SendMethod, token: str, description: str, encrypted: bool) -> Self:
        """Return it; TooLarge for a description that nobody reads to its end, InvalidArgument."""
        line = text.clean_line(description)
        if len(line) > LONGEST_DESCRIPTION:
            raise TooLarge(
                f"a description of a file takes at most {LONGEST_DESCRIPTION} characters"
            )
        if line and encrypted:
            raise InvalidArgument(
                "an encrypted file can't be described: its message is its address and nothing else"
            )
        return cls(method, token, line, encrypted)

    def sending(self, whom: Peer, source: Source) -> Sending:
        """Return what is sent so of a source."""
        return Sending.of(
            whom, source, self.token, is_free=self.method == "auto", description=self.description,
            is_encrypted=self.is_encrypted,
        )  # fmt: skip


class Sender:
    """Begins transfers, and lists them."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def list(self) -> Sequence[records.Transfer]:
        """Return all transfers, oldest first, as far as they are just now."""
        found = await self._home.store.read(transfers.load)
        return [self._home.transfers.live(each) for each in found]

    async def send(self, whom: Peer, path: str, how: How) -> int:
        """Return the id of a transfer that goes on by itself; FileError, and why it can't."""
        async with await Source.at(path) as source:
            return await self._begin(how.sending(whom, source), how.method, None)

    async def send_handle(self, whom: Peer, file: Descriptor, name: str, how: How) -> int:
        """Send what is given open, as `send` does."""
        async with await Source.of(file, name) as source:
            handle = Descriptor.copy(file.fileno())
            return await self._begin(how.sending(whom, source), how.method, handle)

    async def _begin(self, sending: Sending, method: SendMethod, handle: Descriptor | None) -> int:
        home = self._home
        known = await home.store.read(lambda view: transfers.by_token(view, sending.token))
        if known:
            return known[0]
        way = await self._choose(sending, method)

        def work(ledger: Ledger) -> int:
            if known := transfers.by_token(ledger, sending.token):
                return known[0]
            home.permit(ledger, sending.whom)
            return way.queue(ledger, sending)

        id = await home.store.write(work)
        if handle is not None:
            await home.transfers.hand(id, handle)
        home.transfers.look()
        return id

    async def _choose(self, sending: Sending, method: SendMethod) -> SendingWay:
        """Return how it goes; raises why not, of several ways that of the best."""
        refusals: dict[TransferMethod, BackendError] = {}
        for each in self._order(sending) if method == "auto" else (method,):
            way = self._home.transfers.outward(each)
            if way is None:
                continue
            try:
                await way.permit(sending)
            except (NotConnected, Timeout):
                return way  # what the server takes turns out when it answers
            except BackendError as error:
                refusals[each] = error
            else:
                return way
        told = (refusals[each] for each in (*BEST, method) if each in refusals)
        best = next(told, NotSupported(f"this version can't send files by {method}"))
        may_go_directly = sending.whom.kind == "chat" and not sending.is_encrypted
        if isinstance(best, TooLarge) and method == "auto" and may_go_directly:
            whom = jid.shown(sending.whom.jid)
            helps = f"send it again once {whom} is online with a program that takes files directly"
            raise TooLarge(f"{best}; {helps}")
        raise best

    def _order(self, sending: Sending) -> Sequence[TransferMethod]:
        is_direct = sending.stamp.size >= LARGE and self._home.stream.is_online
        return BEST[::-1] if is_direct else BEST
