"""What has to be answered before something gets through, as something that waits for an answer."""

from collections.abc import Iterable
from typing import ClassVar, Self

from backendd.api.records import Challenge
from primitivus.model.account import Account
from primitivus.model.address import with_meaning
from primitivus.model.meanwhile import Meanwhile
from primitivus.model.question import Question
from primitivus.model.quoting import quote
from primitivus.model.rooms import Rooms
from primitivus.model.state import State


class Challenges:
    """Those of an account that wait, by id, the oldest first."""

    def __init__(self) -> None:
        # Which of them is being answered.
        self.opened = ""
        self._waiting: dict[str, Challenge] = {}
        self._meanwhile: Meanwhile[Challenge] = Meanwhile()

    def __len__(self) -> int:
        return len(self._waiting)

    def __contains__(self, id: object) -> bool:
        return id in self._waiting

    def listed(self) -> list[Challenge]:
        return list(self._waiting.values())

    def expect(self) -> None:
        """Note that a snapshot is asked for: what is told from here on wins over it."""
        self._meanwhile.begin()

    def reset(self, waiting: Iterable[Challenge]) -> None:
        self._waiting = {each.id: each for each in waiting}
        self._meanwhile.settle(self._waiting)

    def merge(self, came: Iterable[Challenge], gone: Iterable[str]) -> list[Challenge]:
        """Take in what came and what is gone; return those that came."""
        fresh = list(came)
        for each in fresh:
            self._waiting[each.id] = each
            self._meanwhile.told(each.id, each)
        for id in gone:
            self._waiting.pop(id, None)
            self._meanwhile.told(id, None)
        return fresh


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
