"""How files are moved: what a feature is to the transfers of a profile.

A way moves the bytes, and stores what follows from the end. It is handed to `Home.transfers`.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.errors import BackendError
from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.api.words import Direction, TransferMethod
from backendd.core.conversations import Peer
from backendd.core.transfers import NewTransfer
from backendd.files.sources import Source, Stamp
from backendd.store.ledger import Ledger

AT_ONCE = 3
"""How many usually go on at the same time on one way."""

Ending = Callable[[Ledger], None]
"""Stores what follows from it that a file is where it should be."""


class Move(Value):
    """A transfer that is to be gone on with.

    `handle` is the file that a caller gave, open, if it has no path. `tell` is called with how
    many bytes have passed; `check` with how many were looked through, of how many, before more can.
    `is_paused` says of one that is stopped whether it is to go on later. `step_aside` is called
    when nothing of it is to move any more: another begins. So it does in `pausing`, which ends once
    there is room for this one again.
    """

    transfer: records.Transfer
    handle: Descriptor | None
    tell: Callable[[int], None]
    check: Callable[[int, int], None]
    is_paused: Callable[[], bool]
    step_aside: Callable[[], None]
    pausing: Callable[[], AbstractAsyncContextManager[None]]


class Way(Protocol):
    """How files are moved in one direction, by one method, so many of them `at_once`."""

    method: TransferMethod
    at_once: int

    async def move(self, move: Move) -> Ending:
        """Return when the file is there; raises BackendError why it can't be, and NotConnected.

        NotConnected: it goes on with the next stream. Paused: it waits until somebody resumes it,
        with what there is of it. Cancelled, it leaves nothing but what it
        needs to go on.
        """

    def gave_up(self, ledger: Ledger, transfer: records.Transfer, error: BackendError) -> None:
        """Store what follows from it that a file doesn't arrive: it failed, or was cancelled."""

    def goes_on(self, ledger: Ledger, transfer: records.Transfer) -> None:
        """Store what follows from it that what had failed is tried once more."""

    async def forget(self, transfer: records.Transfer) -> None:
        """Remove what is left of one that nobody goes on with."""


Ways = dict[tuple[Direction, TransferMethod], Way]
"""Those that there are, by what they move where."""


class Sending(NamedTuple):
    """A file that the user wants to send; without a path a caller gives it, open.

    `is_free`: it may go another way than the one it began on. `is_encrypted`: only who has its
    address shall be able to read it (XEP-0454).
    """

    whom: Peer
    name: str
    stamp: Stamp
    mime: str
    path: str = ""
    token: str = ""
    is_free: bool = False
    description: str = ""
    is_encrypted: bool = False

    @classmethod
    def of(
        cls,
        whom: Peer,
        source: Source,
        token: str = "",
        *,
        is_free: bool = False,
        description: str = "",
        is_encrypted: bool = False,
    ) -> "Sending":
        """Return what is sent of a source."""
        return cls(
            whom, source.name, source.stamp, source.mime, source.path, token, is_free, description,
            is_encrypted,
        )  # fmt: skip

    def by_server(self, time: int) -> NewTransfer:
        """Return the transfer that puts it on the server; what it goes out with is to be added."""
        return NewTransfer(
            peer=self.whom.jid, direction="out", method="http", name=self.name, time=time,
            size=self.stamp.size, path=self.path, mime=self.mime, token=self.token,
            is_encrypted=self.is_encrypted, notes=self.stamp.notes(),
        )  # fmt: skip


class SendingWay(Way, Protocol):
    """A way on which files go out."""

    async def permit(self, sending: Sending) -> None:
        """Raise why a file can't go this way; NotConnected, Timeout where it isn't known now."""

    def queue(self, ledger: Ledger, sending: Sending) -> int:
        """Store a transfer that is to begin, with what belongs to it; return its id."""
