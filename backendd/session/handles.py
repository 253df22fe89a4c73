"""Files that callers gave open, each for a transfer."""

from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError


class Handles(dict[int, Descriptor]):
    """Those of one profile, by the transfers whose files they are."""

    def check(self, transfer: records.Transfer) -> None:
        """Raise FileError where a caller gave the file of a transfer, and it is gone."""
        if not transfer.path and transfer.id not in self:
            raise FileError(
                "the file was given open, and the backend was started anew since: give it once more"
            )

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
