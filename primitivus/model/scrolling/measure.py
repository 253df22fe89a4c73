"""How high what is drawn is, which only where it is drawn is known."""

from typing import Protocol


class Measure(Protocol):
    """How high things are where a viewport is drawn."""

    @property
    def height(self) -> int:
        """Return how many rows are in view."""
        ...

    def rows(self, index: int) -> int:
        """Return how many rows a message takes, with the lines above that belong to it."""
        ...

    def head_rows(self) -> int:
        """Return how many rows stand above the oldest message."""
        ...

    def lead(self, index: int) -> int:
        """Return how many rows of a message stand above its text."""
        ...
