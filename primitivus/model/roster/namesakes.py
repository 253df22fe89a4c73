"""Who is called the same as somebody else."""

from collections import Counter
from collections.abc import Callable, Iterable


class Namesakes:
    """Counts who is called what, anew only where names have changed."""

    def __init__(self) -> None:
        self._naming: tuple[int, ...] | None = None
        self._called: Counter[str] = Counter()

    def count(
        self,
        naming: tuple[int, ...],
        jids: Callable[[], Iterable[str]],
        name: Callable[[str], str],
    ) -> None:
        """Count the names of `jids()`, unless that was done when `naming` was the same."""
        if naming != self._naming:
            self._naming = naming
            self._called = Counter(name(jid).casefold() for jid in jids())

    def has(self, name: str) -> bool:
        """Return whether several are called so."""
        return self._called[name.casefold()] > 1
