"""The draft of one conversation: what the backend keeps of it, beside what is typed here."""


class Draft:
    """Knows whether what is typed is saved, and whether another frontend typed something else."""

    def __init__(self) -> None:
        # None: the backend did not take the last one, so nobody knows what it has.
        self._kept: str | None = ""
        self._revision = -1
        self._under_way = 0

    def is_saved(self, text: str) -> bool:
        """Return whether the backend has `text`, or is being given it."""
        return text == self._kept

    def begin(self, text: str) -> None:
        """Note that the backend is being given `text`."""
        self._kept = text
        self._under_way += 1

    def end(self, *, is_taken: bool) -> None:
        """Note that it has answered."""
        self._under_way -= 1
        if not is_taken:
            self._kept = None

    def told(self, draft: str, revision: int, typed: str) -> bool:
        """Return whether the draft of a record is to replace what is typed here.

        It is if it is news, and nothing was typed here since the last one that was. While the
        backend is being given a draft, its records may be older than that.
        """
        if self._under_way or revision <= self._revision:
            return False
        self._revision = revision
        if draft == self._kept:
            return False
        is_untouched = self._kept is not None and typed == self._kept
        self._kept = draft
        return is_untouched
