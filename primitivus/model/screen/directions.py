"""Where the focus goes from where it is: to what lies there, or to what comes next."""

from typing import Literal

from backendd.api.tuples import NamedTuple

# A list by its context, or of a main pane what it shows (messages) or what is typed there (input).
Part = str
MAIN_PARTS = ("messages", "input")
Direction = Literal["next", "previous", "other", "up", "down", "left", "right"]
# The focus, and which main pane it is about.
Spot = tuple[Part, int]


class Stand(NamedTuple):
    """Where the focus is, and what stands around it.

    `at` numbers the main pane where one is, of so many `mains`; `left` and `right` are the lists
    at the sides by their contexts, empty where none is.
    """

    focus: Part
    at: int
    left: Part
    right: Part
    mains: int
    is_beside: bool

    def to(self, where: Part | Direction) -> Spot:
        """Return what lies in a direction."""
        if where == "other" and self.mains > 1:
            focus: Part = "input" if self.focus == "input" else "messages"
            return focus, 1 - self.at
        if where in ("next", "previous", "other"):
            ring = [*self._row(), ("input", self.at)]
            at = ring.index(self._here(ring))
            return ring[(at + (-1 if where == "previous" else 1)) % len(ring)]
        if where in ("up", "down"):
            return self._above() if where == "up" else self._below()
        return self._beside(-1 if where == "left" else 1)

    def _row(self) -> list[Spot]:
        """Return what stands from left to right; main panes one above the other in their order."""
        row: list[Spot] = [("messages", number) for number in range(self.mains)]
        if self.left:
            row.insert(0, (self.left, self.at))
        if self.right:
            row.append((self.right, self.at))
        return row

    def _here(self, spots: list[Spot]) -> Spot:
        here = self.focus, self.at
        return here if here in spots else spots[0]

    def _above(self) -> Spot:
        if self.focus == "input":
            return "messages", self.at
        is_lower = self.focus == "messages" and self.at == 1 and not self.is_beside
        return (self.focus, 0) if is_lower else (self.focus, self.at)

    def _below(self) -> Spot:
        is_upper = self.mains > 1 and self.at == 0 and not self.is_beside
        return ("messages", 1) if is_upper and self.focus == "messages" else ("input", self.at)

    def _beside(self, step: int) -> Spot:
        row = self._row()
        if not self.is_beside:
            # Of two one above the other the one where one is stands in the row.
            row = [spot for spot in row if spot[1] == self.at]
        is_list = self.focus not in MAIN_PARTS
        at = row.index(self._here(row) if is_list else ("messages", self.at))
        focus, main = row[max(0, min(len(row) - 1, at + step))]
        if focus == "messages" and self.focus == "input" and self.mains > 1:
            focus = "input"
        return focus, main
