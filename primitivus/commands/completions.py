"""How words are completed, as far as the command framework itself needs to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to complete a word: the whole word, and what it means."""

    text: str
    description: str = ""


class Completions(Protocol):
    """Knows the words that depend on the state of the program."""

    def complete(self, kind: str, prefix: str) -> Sequence[Candidate]:
        """Return candidates of `kind` (see commands/types.py) that begin with `prefix`."""
        ...
