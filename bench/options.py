"""How thoroughly to measure."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """What a group is told; `root` is a scratch directory of its own."""

    root: Path
    is_quick: bool = False
    archived: int = 10_000
    """How many messages the archive has for the one who comes back."""

    @property
    def rounds(self) -> int:
        """How often each of the alternating programs is started."""
        return 3 if self.is_quick else 7

    @property
    def floods(self) -> int:
        """How often each of the alternating programs is flooded."""
        return 1 if self.is_quick else 3

    @property
    def burst(self) -> int:
        """How many messages a flood has."""
        return 1_000 if self.is_quick else 5_000

    @property
    def stored(self) -> int:
        """How many messages the great conversation has."""
        return 100_000 if self.is_quick else 1_000_000

    @property
    def keys(self) -> int:
        """How many keys are typed, or pages turned."""
        return 20 if self.is_quick else 60
