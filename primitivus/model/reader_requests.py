"""Who wants to read a blog of ours, as something that waits for an answer."""

from collections.abc import Iterable
from typing import ClassVar, Self

from backendd.api.records import ReaderRequest
from primitivus.model.account import Account
from primitivus.model.address import with_meaning
from primitivus.model.blogs import Feed, blog_name
from primitivus.model.listing import Entry, Listing, Part
from primitivus.model.question import Question
from primitivus.model.quoting import quote
from primitivus.model.state import State
from primitivus.model.unanswered import Unanswered


class ReaderRequests(Unanswered[ReaderRequest]):
    """Those of an account that wait."""


def about(id: str) -> str:
    """Return the word for the request of this id."""
    return f"reader {id}"


class ReaderQuestion(Question):
    """Somebody wants to read a blog whose readers are let in one by one."""

    nouns: ClassVar[tuple[str, str]] = ("reader", "readers")
    record: ReaderRequest
    blog: str

    @classmethod
    def of(cls, account: Account, request: ReaderRequest) -> Self:
        feed = Feed(request.service, request.node)
        name = blog_name(account, feed)
        blog = "your blog" if feed == Feed(account.profile.jid) else f"the blog {name}"
        return cls(account.place(request.jid), request, blog)

    @classmethod
    def waiting(cls, account: Account) -> Iterable[Self]:
        return (cls.of(account, each) for each in account.of(ReaderRequests).listed())

    @classmethod
    def count(cls, account: Account) -> int:
        return len(account.of(ReaderRequests))

    @property
    def name(self) -> str:
        return with_meaning(self.place.peer)

    @property
    def about(self) -> str:
        return about(self.record.id)

    @property
    def told(self) -> str:
        return f"{self.name} asks to read {self.blog}"

    @property
    def how(self) -> str:
        return f":accept-reader {self.place.peer} or :deny-reader {self.place.peer}"

    @property
    def word(self) -> str:
        """Return what names it on a command line, whichever other blog they want to read."""
        return f"{self.record.id} of {self.place.account}"

    @property
    def line(self) -> str:
        return f"reader {quote(self.word)}"

    def is_at(self, state: State) -> bool:
        popup = state.view.popup
        return isinstance(popup, ReaderPopup) and popup.word == self.word


class ReaderPopup(Listing):
    """What can be answered to somebody who wants to read, to choose from."""

    word: str = ""


def popup(question: ReaderQuestion, whose: str) -> ReaderPopup:
    """Return what asks for the answer; `whose` it is, where that is to be said."""
    word = quote(question.word)
    entries = (
        Entry((("popup", "Let them read it"),), f"accept-reader {word}"),
        Entry((("popup", "Don't"),), f"deny-reader {word}"),
        Entry((("popup", "Decide later"),), "cancel"),
    )
    title = f"A reader, asked of {whose}" if whose else "A reader"
    return ReaderPopup(title, (Part(question.told, entries),), word=question.word)
