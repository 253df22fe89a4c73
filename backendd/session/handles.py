"""Files that callers gave open, each for a transfer."""

from backendd.api.descriptors import Descriptor


class Handles(dict[int, Descriptor]):
    """Those of one profile, by the transfers whose files they are."""

    def let_go(self, id: int) -> None:
        """Close what a caller gave for a transfer: whoever reads from it waits for its end."""
        handle = self.pop(id, None)
        if handle is not None:
            handle.close()
