"""How words are completed: what is asked of a type of argument, and what it answers."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from backendd.api.tuples import NamedTuple
from primitivus.model.state import State


class Candidate(NamedTuple):
    """One way to complete a word: the whole word, and what it means."""

    text: str
    description: str = ""


class Named(Protocol):
    """A command, as far as completing its name needs it."""

    @property
    def name(self) -> str: ...

    @property
    def aliases(self) -> tuple[str, ...]: ...

    @property
    def summary(self) -> str: ...


class Commands(Protocol):
    """The commands there are."""

    def available(self, *contexts: str) -> Sequence[Named]: ...


class Files(Protocol):
    """What is known of the user's files."""

    def keymaps(self) -> Sequence[str]:
        """Return the names of all keymaps."""
        ...


class Known(Protocol):
    """What words are completed from: the program as it is now."""

    @property
    def state(self) -> State: ...

    @property
    def registry(self) -> Commands: ...

    @property
    def screen(self) -> Files: ...


class Asked(NamedTuple):
    """The unfinished word, the one before it, and the contexts whose commands may stand there."""

    word: str
    earlier: str
    contexts: Sequence[str]
    known: Known

    def begun(self, words: Iterable[str]) -> list[Candidate]:
        """Return those of `words` that go on as it begins."""
        return [Candidate(word) for word in words if word.startswith(self.word)]


# How a type of argument completes a word; the candidates are offered in this order.
Complete = Callable[[Asked], Iterable[Candidate]]


def nothing(_: Asked) -> Iterable[Candidate]:
    """Complete a word that may be anything."""
    return ()
