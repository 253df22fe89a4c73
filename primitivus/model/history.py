"""The texts sent before, to walk back to."""


class History:
    """Sent texts, oldest first, without repetitions in a row, at most `limit`."""

    def __init__(self, entries: "list[str] | None" = None, limit: int = 200) -> None:
        raise NotImplementedError

    @property
    def entries(self) -> tuple[str, ...]:
        raise NotImplementedError

    def add(self, text: str) -> None:
        """Remember a sent text, and stop walking."""
        raise NotImplementedError

    def previous(self, current: str) -> str | None:
        """Return the text before; None at the oldest. What was being typed is kept for coming back."""
        raise NotImplementedError

    def next(self) -> str | None:
        """Return the text after, at the end what was being typed; None when not walking."""
        raise NotImplementedError
