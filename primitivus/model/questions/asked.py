"""Questions that the backend keeps, each with an id: what those of all kinds share."""

from collections.abc import Iterable
from typing import ClassVar, Generic, Self

from primitivus.model.accounts.account import Account
from primitivus.model.popups.listing import Entry, Listing, Part
from primitivus.model.questions.question import Question
from primitivus.model.questions.unanswered import Record, Unanswered
from primitivus.model.state import State
from primitivus.model.wording.address import with_meaning
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr


class Asked(Question, Generic[Record]):
    """One of a kind of which an account keeps those that wait as `kept`.

    `command` is what opens one, and the first word of what it is `about`.
    """

    command: ClassVar[str]
    kept: ClassVar[type[Unanswered]]  # type: ignore[type-arg]  # of that record
    record: Record

    @classmethod
    def of(cls, account: Account, record: Record) -> Self:
        """Return the question that a record of an account asks."""
        raise NotImplementedError

    @classmethod
    def waiting(cls, account: Account) -> Iterable[Self]:
        return (cls.of(account, each) for each in account.of(cls.kept).listed())

    @classmethod
    def count(cls, account: Account) -> int:
        return len(account.of(cls.kept))

    @classmethod
    def about_id(cls, id: str) -> str:
        """Return what `about` is of the one with this id."""
        return f"{cls.command} {id}"

    @property
    def name(self) -> str:
        return with_meaning(self.place.peer)

    @property
    def about(self) -> str:
        return self.about_id(self.record.id)

    @property
    def word(self) -> str:
        """Return what names it on a command line, whatever else is asked there, of whom."""
        return f"{self.record.id} of {self.place.account}"

    @property
    def line(self) -> str:
        return f"{self.command} {quote(self.word)}"

    def is_at(self, state: State) -> bool:
        popup = state.view.popup
        return isinstance(popup, AskedPopup) and popup.asked == (self.about, self.place.account)


class AskedPopup(Listing):
    """What can be answered, to choose from; `asked` is what it is about, of which account."""

    asked: tuple[str, str] = ("", "")


def popup(asked: Asked[Record], title: str, *answers: tuple[str, str]) -> AskedPopup:
    """Return what asks for one of these answers: what each says, and the line that gives it.

    In the line `{}` stands for what is asked.
    """
    word, whose = quote(asked.word), asked.place.account
    entries = [Entry((("popup", said),), line.format(word), whose=whose) for said, line in answers]
    later = Entry((("popup", tr("Decide later")),), "cancel")
    part = Part(asked.told, (*entries, later))
    about = (asked.about, asked.place.account)
    return AskedPopup(title, (part,), tr("Enter does what is chosen"), asked=about)
