"""What has to be answered before something gets through, as something that waits for an answer."""

from typing import ClassVar, Self

from backendd.api.records import Challenge
from primitivus.model.accounts.account import Account
from primitivus.model.questions.asked import Asked
from primitivus.model.questions.unanswered import Unanswered
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.state import State
from primitivus.sentences import ntr, tr


class Challenges(Unanswered[Challenge]):
    """Those of an account that wait."""

    def __init__(self) -> None:
        super().__init__()
        # Which of them is being answered.
        self.opened = ""


class ChallengeQuestion(Asked[Challenge]):
    """Somebody wants to know something before what we sent gets through."""

    nouns: ClassVar[tuple[str, str]] = (tr("challenge"), tr("challenges"))
    command: ClassVar[str] = "challenge"
    kept: ClassVar[type[Challenges]] = Challenges
    is_room: bool

    @classmethod
    def of(cls, account: Account, record: Challenge) -> Self:
        is_room = account.of(Rooms).get(record.about) is not None
        return cls(account.place(record.about), record, is_room)

    @classmethod
    def counted(cls, number: int) -> str:
        return ntr("{n} challenge", "{n} challenges", number)

    @property
    def told(self) -> str:
        if self.is_room:
            return tr("{name} asks something before it lets you in (a captcha)", name=self.name)
        return tr(
            "what you sent to {name} waits for an answer of yours (a captcha)", name=self.name
        )

    @property
    def how(self) -> str:
        return f":challenge {self.place.peer}"

    def is_at(self, state: State) -> bool:
        return state.at(self.place).of(Challenges).opened == self.record.id
