"""What is drawn at a place on the screen, for whoever presses it with the mouse."""

from collections.abc import Hashable
from typing import Literal

from backendd.api.tuples import NamedTuple
from primitivus.model.panes.pane import Pane
from primitivus.model.screen.borders import Border


class Run(NamedTuple):
    """What is drawn stands for a command line, which is run at once."""

    line: str


class Choice(NamedTuple):
    """The row is of this in its pane (`Pane.point`): it is chosen, and opened if it was already.

    With `then`, that command line is run on it at once instead. `is_alone`: what is drawn with it
    stands for it, and not the rest of the row. `hides`: what would stand there, had a heading not
    its place.
    """

    what: Hashable
    then: str = ""
    is_alone: bool = False
    hides: Hashable = None


class Text(NamedTuple):
    """A row of what is typed on the input line, by the index of its first character."""

    start: int
    end: int


class Typed(NamedTuple):
    """A row of what is typed into a field of a popup: `text`, which begins at `start` of all of it.

    `of` is the field in its form (`Pane.point`); None: there is but one.
    """

    text: str
    start: int = 0
    of: Hashable = None


class Nothing(NamedTuple):
    """What follows in the row is of nothing in the pane."""


class Pulled(NamedTuple):
    """A border between panes was let go so far right or down from where it was pressed."""

    border: Border
    by: int


Target = Run | Choice | Text | Typed | Nothing | Pulled

Part = Literal["side", "main", "input", "over", "edge"]
"""A list at a side, a main pane, the input line, what lies over the panes, or what is around."""


class Spot(NamedTuple):
    """What was drawn where the mouse was: in which part and pane, and what it is for.

    `at` is the index in what is typed; `first` is what the first entry in view stands for.
    """

    part: Part
    pane: Pane | None = None
    target: Target | None = None
    at: int = 0
    first: Hashable = None
