"""Files that somebody offers, as something that waits for an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Self

from backendd.api import sizes
from backendd.api.records import Transfer
from primitivus.model.account import Account
from primitivus.model.listing import Entry, Listing, Part
from primitivus.model.question import Question
from primitivus.model.quoting import quote
from primitivus.model.state import State
from primitivus.model.transfers import Transfers, name_of


def is_offer(transfer: Transfer) -> bool:
    """Return whether a file waits for the user to take it."""
    return transfer.direction == "in" and transfer.state == "offered"


def about(id: int) -> str:
    """Return the word for the offer of this id."""
    return f"file offer {id}"


class FileOffer(Question):
    """Somebody wants to send a file, of which nothing is here yet."""

    nouns: ClassVar[tuple[str, str]] = ("file", "files")
    sign: ClassVar[str] = "+"
    record: Transfer
    sender: str

    @classmethod
    def of(cls, account: Account, transfer: Transfer) -> Self:
        return cls(account.place(transfer.peer), transfer, account.name(transfer.peer))

    @classmethod
    def waiting(cls, account: Account) -> Iterable[Self]:
        known = reversed(account.of(Transfers).listed())
        return (cls.of(account, each) for each in known if is_offer(each))

    @classmethod
    def count(cls, account: Account) -> int:
        return sum(map(is_offer, account.of(Transfers).listed()))

    @property
    def name(self) -> str:
        return self.record.name

    @property
    def about(self) -> str:
        return about(self.record.id)

    @property
    def told(self) -> str:
        size = f" ({sizes.shown(self.record.size)})" if self.record.size else ""
        return f"{self.sender} offers {name_of(self.record)}{size}"

    @property
    def how(self) -> str:
        return ":accept-file or :refuse-file"

    @property
    def word(self) -> str:
        """Return what names it on a command line, whatever it is called."""
        return f"{self.record.id} of {self.place.account}"

    @property
    def line(self) -> str:
        return f"file-offer {quote(self.word)}"

    def is_at(self, state: State) -> bool:
        popup = state.view.popup
        return isinstance(popup, FileOfferPopup) and popup.word == self.word


@dataclass(slots=True)
class FileOfferPopup(Listing):
    """What can be answered to who offers a file, to choose from."""

    word: str = ""


def popup(question: FileOffer, whose: str) -> FileOfferPopup:
    """Return what asks for the answer to an offer; `whose` it is, where that is to be said."""
    word = quote(question.word)
    entries = (
        Entry((("popup", "Take it, to where downloads belong"),), f"accept-file {word}"),
        Entry((("popup", "Refuse it"),), f"refuse-file {word}"),
        Entry((("popup", "Decide later"),), "cancel"),
    )
    title = f"File for {whose}" if whose else "File"
    return FileOfferPopup(title, (Part(question.told, entries),), word=question.word)
