"""Rolling a list: what is in view moves, and what is chosen only as far as it has to."""


def rolled(top: int, selected: int, height: int, many: int, by: int) -> tuple[int, int]:
    """Return the first row of a list in view, and the chosen one, after rolling by so many rows."""
    top = max(0, min(many - height, top + by))
    return top, max(top, min(top + height - 1, selected))


def held(top: int, selected: int, height: int, many: int, first: int | None = None) -> int:
    """Return the first row in view of a list, so that the chosen one shows and no room is left.

    `first` is the last row that may be it, by default the chosen one: what stands above that may
    have to show with it.
    """
    top = max(selected - height + 1, min(top, selected if first is None else first))
    return max(0, min(top, many - height))
