"""Something that an account is asked, and that waits for an answer of the user."""

from collections.abc import Iterable
from typing import ClassVar, Self

from backendd.api.values import Value
from primitivus.model.accounts.account import Account
from primitivus.model.place import Place
from primitivus.model.state import State


class Question(Value):
    """One of a kind, which is its class; a feature lists the class in questions.py."""

    # What one is called, and several.
    nouns: ClassVar[tuple[str, str]]
    # What stands before it in a list.
    sign: ClassVar[str] = "?"
    # Whose account is asked, and by whom.
    place: Place

    @classmethod
    def waiting(cls, account: Account) -> Iterable[Self]:
        """Return those of an account that wait, the oldest first."""
        raise NotImplementedError

    @classmethod
    def count(cls, account: Account) -> int:
        """Return how many of an account wait: anybody can have a thousand of them do so."""
        raise NotImplementedError

    @classmethod
    def counted(cls, number: int) -> str:
        """Return how the status line counts so many that wait."""
        raise NotImplementedError

    @property
    def name(self) -> str:
        """Return what it is called in a list: who asks, or for what."""
        raise NotImplementedError

    @property
    def about(self) -> str:
        """Return a word for it alone in its account, by which what was said of it is settled."""
        raise NotImplementedError

    @property
    def told(self) -> str:
        """Return the sentence that says who asks for what."""
        raise NotImplementedError

    @property
    def how(self) -> str:
        """Return what to type to answer it."""
        raise NotImplementedError

    @property
    def line(self) -> str:
        """Return the command line that goes to where keys answer it."""
        raise NotImplementedError

    @property
    def yes(self) -> str:
        """Return the command line that agrees; empty: there is more to say than that."""
        return ""

    @property
    def no(self) -> str:
        """Return the command line that refuses."""
        return ""

    def is_at(self, state: State) -> bool:
        """Return whether one is there."""
        raise NotImplementedError
