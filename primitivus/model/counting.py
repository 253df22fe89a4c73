"""Numbers of things, in words."""


def counted(number: int, one: str, several: str) -> str:
    """Return how many there are of what is called so."""
    return f"{number} {one if number == 1 else several}"
