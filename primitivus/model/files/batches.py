"""Files that were sent at once, whose end is told in one sentence."""

from collections.abc import Callable, Collection, Iterable

from backendd.api.records import Transfer
from backendd.api.values import Mutable, field
from primitivus.model.files.transfers import OVER
from primitivus.sentences import ntr


class Batch(Mutable):
    """Some files for one peer: how many they are, which are not over, and those that went."""

    size: int
    waits: set[int]
    sent: list[Transfer] = field(default_factory=list)

    def told(self, whom: str) -> str:
        """Return the sentence that says how many of them went to somebody."""
        if len(self.sent) == self.size:
            return ntr(
                "{n} file is sent to {whom}", "{n} files are sent to {whom}", self.size, whom=whom
            )
        return ntr(
            "{sent} of {n} file is sent to {whom}",
            "{sent} of {n} files are sent to {whom}",
            self.size,
            sent=len(self.sent),
            whom=whom,
        )


class Batches:
    """Those of an account of which not all is over; `told` is called with each that is."""

    def __init__(self, told: Callable[[Batch], None]) -> None:
        self._told = told
        self._batches: list[Batch] = []

    def begin(self, ids: Collection[int], known: Iterable[Transfer]) -> None:
        """Follow these, of which some may be over by now; a file alone is told of by its name."""
        if len(ids) > 1:
            self._batches.append(Batch(len(ids), set(ids)))
        for each in known:
            self.end(each)

    def end(self, transfer: Transfer) -> bool:
        """Note that a file is over, if it is; return whether it is told of with others."""
        found = [each for each in self._batches if transfer.id in each.waits]
        if transfer.state not in OVER:
            return False
        for batch in found:
            if transfer.state == "done":
                batch.sent.append(transfer)
            self._leave(batch, transfer.id)
        return bool(found)

    def lose(self, ids: Iterable[int]) -> None:
        """Wait no more for these: nobody tells of them."""
        for id in ids:
            for batch in [each for each in self._batches if id in each.waits]:
                self._leave(batch, id)

    def waiting(self) -> set[int]:
        """Return those that are not over."""
        return {id for batch in self._batches for id in batch.waits}

    def _leave(self, batch: Batch, id: int) -> None:
        batch.waits.discard(id)
        if not batch.waits:
            self._batches.remove(batch)
            self._told(batch)
