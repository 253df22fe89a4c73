"""Pictures to look at, one at a time, as large as the screen is."""

from collections.abc import Sequence
from typing import ClassVar

from backendd.api.tuples import NamedTuple
from backendd.api.values import Mutable
from primitivus.model.files.pictures import Source
from primitivus.model.panes.pane import Focus, Pane
from primitivus.model.scrolling.beyond import Beyond


class Shown(NamedTuple):
    """A picture, and what it is called."""

    name: str
    source: Source


class PicturePopup(Mutable, Pane):
    """Shows the one at the place `at`; up and down go to the others."""

    pictures: Sequence[Shown]
    at: int = 0
    context: ClassVar[Focus] = "overlay"

    @property
    def shown(self) -> Shown:
        return self.pictures[self.at]

    @property
    def beyond(self) -> Beyond:
        return Beyond.of(len(self.pictures), self.at, 1)

    def scroll(self, rows: int) -> None:
        self.at = max(0, min(len(self.pictures) - 1, self.at + rows))

    def enter(self) -> str:
        return "cancel"
