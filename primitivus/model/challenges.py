"""What has to be answered before something gets through, as something that waits for an answer."""

from collections.abc import Iterable
from typing import ClassVar, Self

from backendd.api.records import Challenge
from primitivus.model.account import Account
from primitivus.model.address import with_meaning
from primitivus.model.question import Question
from primitivus.model.quoting import quote
from primitivus.model.rooms import Rooms
from primitivus.model.state import State
from primitivus.model.unanswered import Unanswered


class Challenges(Unanswered[Challenge]):
    """Those of an account that wait."""

    def __init__(self) -> None:
        super().__init__()
        # Which of them is being answered.
        self.opened = ""


def about(id: str) -> str:
    """Return the word for the challenge of this id."""
    return f"challenge {id}"


class ChallengeQuestion(Question):
    """Somebody wants to know something before what we sent gets through."""

    nouns: ClassVar[tuple[str, str]] = ("challenge", "challenges")
    record: Challenge
    is_room: bool

    @classmethod
    def of(cls, account: Account, challenge: Challenge) -> Self:
        is_room = account.of(Rooms).get(challenge.about) is not None
        return cls(account.place(challenge.about), challenge, is_room)

    @classmethod
    def waiting(cls, account: Account) -> Iterable[Self]:
        return (cls.of(account, each) for each in account.of(Challenges).listed())

    @classmethod
    def count(cls, account: Account) -> int:
        return len(account.of(Challenges))

    @property
    def name(self) -> str:
        return with_meaning(self.place.peer)

    @property
    def about(self) -> str:
        return about(self.record.id)

    @property
    def told(self) -> str:
        if self.is_room:
            return f"{self.name} asks something before it lets you in (a captcha)"
        return f"what you sent to {self.name} waits for an answer of yours (a captcha)"

    @property
    def how(self) -> str:
        return f":challenge {self.place.peer}"

    @property
    def word(self) -> str:
        """Return what names it on a command line, whatever else is asked about the same."""
        return f"{self.record.id} of {self.place.account}"

    @property
    def line(self) -> str:
        return f"challenge {quote(self.word)}"

    def is_at(self, state: State) -> bool:
        return state.at(self.place).of(Challenges).opened == self.record.id
