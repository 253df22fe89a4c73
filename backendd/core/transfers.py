"""Files on their way: what tells of them, and what becomes of what when."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from backendd.api import records
from backendd.api.tuples import NamedTuple
from backendd.api.words import Direction, TransferMethod, TransferState

OVER: frozenset[TransferState] = frozenset(("done", "failed", "cancelled"))
"""The states of what goes on no more, if the user doesn't want it to."""

WAITS: frozenset[TransferState] = frozenset(("queued", "running"))
"""The states of what goes on by itself, also after a restart."""

Owned = Literal["message", "entry"]
"""What files go out with."""


def belongs_to(transfer: records.Transfer) -> Owned | None:
    """Return what a file goes out with, or came by; None where that is gone."""
    if transfer.message_id:
        return "message"
    return "entry" if transfer.entry_id else None


def is_held(transfer: records.Transfer) -> bool:
    """Return whether a transfer is paused by the user here, not by who is at its other end."""
    return transfer.state == "paused" and transfer.error == ("", "")


class NewTransfer(NamedTuple):
    """A transfer that is about to be stored. `path` is empty where a caller holds the file.

    `notes` is what its way has to know again after a restart.
    """

    peer: str
    direction: Direction
    method: TransferMethod
    name: str
    time: int
    size: int = 0
    path: str = ""
    url: str = ""
    mime: str = ""
    hash: str = ""
    state: TransferState = "queued"
    is_encrypted: bool = False
    message: int | None = None
    entry: int | None = None
    attachment: int = 0  # which one of the message, or the entry
    token: str = ""
    notes: Mapping[str, str | int] = MappingProxyType({})


class Facts(NamedTuple):
    """What is known of a transfer by now; what is None is as it was."""

    name: str | None = None
    size: int | None = None
    done: int | None = None
    path: str | None = None
    url: str | None = None
    hash: str | None = None
    mime: str | None = None
    method: TransferMethod | None = None
    remarks: Sequence[str] | None = None


class TransfersChanged(NamedTuple):
    """Transfers are new or different, or have come further."""

    transfers: Sequence[records.Transfer]


class TransfersReleased(NamedTuple):
    """What transfers were to go out with is gone."""


class TransfersRemoved(NamedTuple):
    """Transfers are forgotten."""

    ids: Sequence[int]
