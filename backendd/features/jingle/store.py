"""Files that somebody has offered or wants, found again when they are offered once more."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from backendd.api import records
from backendd.api.errors import BackendError, HostUnreachable, NotConnected
from backendd.api.tuples import NamedTuple
from backendd.api.words import Direction, TransferState
from backendd.features.jingle.model import METHODS
from backendd.files import hashing, names
from backendd.files.wanted import Wanted
from backendd.jingle.descriptions import File
from backendd.jingle.receiving import Offer
from backendd.store import transfers
from backendd.store.ledger import Ledger
from backendd.store.view import View

Notes = Mapping[str, str | int]

_CHANGED, _LOST, _PEER, _SID = "changed", "lost", "peer", "sid"
# After these an offer is gone that neither side wanted to end.
_NOBODYS = (HostUnreachable, NotConnected)


class Standing(NamedTuple):
    """Where an offer stands: the full JID of who is at the other end, and the session."""

    peer: str
    sid: str


def stands(ledger: Ledger, id: int, standing: Standing) -> None:
    """Keep where an offer stands."""
    known = transfers.notes(ledger, id)
    transfers.remember(ledger, id, {**known, _PEER: standing.peer, _SID: standing.sid})


def standing(view: View, id: int) -> Standing:
    """Return where an offer stood; nowhere where that isn't known."""
    known = transfers.notes(view, id)
    return Standing(str(known.get(_PEER, "")), str(known.get(_SID, "")))


def offered(ledger: Ledger, id: int, offer: Offer) -> None:
    """Keep by what an offer is known again that the user hasn't answered yet."""
    transfers.remember(ledger, id, {_CHANGED: offer.file.modified})
    stands(ledger, id, Standing(offer.peer, offer.sid))


def withdrawn(ledger: Ledger, id: int, error: BackendError) -> None:
    """Take note that an offer stands no more, though the user has not answered it."""
    unless: Sequence[TransferState] = ("queued", "running", "cancelled")
    if transfers.move(ledger, id, "failed", error=error, unless=unless):
        transfers.note(ledger, id, _LOST, int(isinstance(error, _NOBODYS)))


def keep(ledger: Ledger, id: int, wanted: Wanted, file: File) -> None:
    """Keep where a file goes, and by what it is known again."""
    transfers.remember(ledger, id, wanted.notes() | {_CHANGED: file.modified})


def kept(view: View, id: int) -> Wanted:
    """Return where a file goes that was taken; nowhere where that isn't kept."""
    return Wanted.of(transfers.notes(view, id))


def forget(ledger: Ledger, id: int) -> None:
    """Have nobody go on with a file."""
    transfers.remember(ledger, id, {})


def forget_open(ledger: Ledger) -> None:
    """Have nobody go on with what went into files that callers had open: those are gone."""
    methods = [*METHODS.values()]
    rows = ledger.db.execute(
        f"""SELECT id FROM transfer WHERE profile = ? AND direction = 'in' AND path = ''
            AND notes <> '{{}}' AND method IN ({_marks(methods)})""",
        (ledger.profile_id, *methods),
    ).fetchall()
    for (row_id,) in rows:
        if kept(ledger, row_id).is_open:
            forget(ledger, row_id)


def interrupted(view: View, peer: str, file: File) -> records.Transfer | None:
    """Return the newest transfer of theirs that `file` goes on with, None where there is none."""
    states: Sequence[TransferState] = ("queued", "running", "paused", "failed")
    found = _like(view, "in", peer, file, states)
    return next((each for each in found if _goes_on(view, each, file)), None)


def lost(
    view: View, peer: str, file: File, is_live: Callable[[int], bool]
) -> records.Transfer | None:
    """Return the newest offer of theirs of `file` that is gone though neither side wanted that.

    What is not `is_live` any more may not have been noticed yet.
    """
    found = _like(view, "in", peer, file, ["failed", "offered"])
    return next((each for each in found if _is_lost(view, each, file, is_live)), None)


def not_there(view: View, peer: str, file: File) -> records.Transfer | None:
    """Return the newest transfer to them that is this file, and hasn't arrived; None without one.

    Who asks for it has no session any more in which it goes, or is offered.
    """
    states: Sequence[TransferState] = (
        "offered", "queued", "running", "paused", "failed", "cancelled",
    )  # fmt: skip
    return next(_like(view, "out", peer, file, states), None)


def _like(
    view: View, direction: Direction, peer: str, file: File, states: Sequence[TransferState]
) -> Iterator[records.Transfer]:
    """Yield transfers with somebody of files of a name and a size, the newest first."""
    methods = [*METHODS.values()]
    rows = view.db.execute(
        f"""SELECT id FROM transfer WHERE profile = ? AND direction = ? AND peer = ? AND size = ?
            AND method IN ({_marks(methods)}) AND state IN ({_marks(states)}) ORDER BY id DESC""",
        (view.profile_id, direction, peer, file.size, *methods, *states),
    ).fetchall()
    for (row_id,) in rows:
        transfer = transfers.get(view, row_id)
        if transfer is not None and names.safe(transfer.name) == names.safe(file.name):
            yield transfer


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def _goes_on(view: View, transfer: records.Transfer, file: File) -> bool:
    notes = transfers.notes(view, transfer.id)
    if not notes.get("key"):
        return False  # nothing of it is kept
    same = _is_same(transfer, notes, file)
    # Where nothing tells them apart its hash tells in the end whether it is whole.
    return bool(file.hashes or file.hashes_used) if same is None else same


def _is_lost(
    view: View, transfer: records.Transfer, file: File, is_live: Callable[[int], bool]
) -> bool:
    notes = transfers.notes(view, transfer.id)
    is_offered = transfer.state == "offered"
    is_gone = not is_live(transfer.id) if is_offered else bool(notes.get(_LOST))
    return is_gone and _is_same(transfer, notes, file) is not False


def _is_same(transfer: records.Transfer, notes: Notes, file: File) -> bool | None:
    """Return whether a file is that of a transfer; None where nothing tells before it is whole."""
    digest = hashing.shown(file.hashes)
    if digest and transfer.hash:
        return digest == transfer.hash
    if file.modified and notes.get(_CHANGED):
        return file.modified == notes[_CHANGED]
    return None
