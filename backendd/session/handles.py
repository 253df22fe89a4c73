"""Files that callers gave open, each for a transfer."""

from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError
from backendd.files.copies import Copies
from backendd.files.sources import Stamp

_GONE = "the file was given open, and the backend was started anew since: give it once more"


class Handles(dict[int, Descriptor]):
    """Those of one profile, by the transfers whose files they are; of small ones are `copies`."""

    def __init__(self, copies: Copies) -> None:
        super().__init__()
        self._copies = copies

    def check(self, transfer: records.Transfer) -> None:
        """Raise FileError where a caller gave the file of a transfer, and it is gone."""
        if not transfer.path and transfer.id not in self and not self._copies.has(transfer.id):
            raise FileError(_GONE)

    async def recall(self, transfer: records.Transfer, stamp: Stamp) -> None:
        """Have the copy of what a caller gave, if that is gone; FileError where that is, too."""
        if transfer.path or transfer.id in self:
            return
        copy = await self._copies.opened(transfer.id, stamp)
        if copy is None:
            raise FileError(_GONE)
        self.give(transfer.id, copy)

    def give(self, id: int, handle: Descriptor | None) -> None:
        """Have this be the file of a transfer, in place of any other."""
        self.let_go(id)
        if handle is not None:
            self[id] = handle

    def let_go(self, id: int) -> None:
        """Close what a caller gave for a transfer: whoever reads from it waits for its end."""
        handle = self.pop(id, None)
        if handle is not None:
            handle.close()
