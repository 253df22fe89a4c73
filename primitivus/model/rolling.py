"""Rolling a list: what is in view moves, and what is chosen only as far as it has to."""


def rolled(top: int, selected: int, height: int, many: int, by: int) -> tuple[int, int]:
    """Return the first row of a list in view, and the chosen one, after rolling by so many rows."""
    top = max(0, min(many - height, top + by))
    return top, max(top, min(top + height - 1, selected))
