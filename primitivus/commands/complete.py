"""Completion of command lines: what may stand at the cursor, and walking through it."""

from collections.abc import Sequence
from dataclasses import dataclass

from primitivus.commands.context import Candidate, Completions
from primitivus.commands.registry import Registry


@dataclass(frozen=True, slots=True)
class Completion:
    """What may replace `line[start:end]`; `prefix` is what all candidates begin with."""

    line: str
    start: int
    end: int
    candidates: tuple[Candidate, ...]
    prefix: str

    def apply(self, word: str, *, finished: bool) -> tuple[str, int]:
        """Return the line with `word` filled in (quoted where needed), and the cursor behind it.

        A finished word gets a space behind it.
        """
        raise NotImplementedError


def complete(
    registry: Registry, line: str, cursor: int, source: Completions, contexts: Sequence[str] = ()
) -> Completion:
    """Return how the word at the cursor of a command line can go on."""
    raise NotImplementedError


def complete_input(
    registry: Registry, line: str, cursor: int, source: Completions, contexts: Sequence[str] = ()
) -> Completion:
    """Return how a line of the message input can go on: only a `/command` can so far."""
    raise NotImplementedError


class Cycle:
    """One run of pressing the completion key: first the common prefix, then each candidate."""

    def __init__(self, completion: Completion) -> None:
        raise NotImplementedError

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        raise NotImplementedError

    @property
    def index(self) -> int | None:
        """Return which candidate is filled in now, None for the common prefix."""
        raise NotImplementedError

    def is_at(self, line: str, cursor: int) -> bool:
        """Return whether the line is still as the last step left it, so that the run goes on."""
        raise NotImplementedError

    def next(self) -> tuple[str, int]:
        """Return the line and cursor after one more press."""
        raise NotImplementedError

    def previous(self) -> tuple[str, int]:
        """Return the line and cursor one candidate back."""
        raise NotImplementedError
