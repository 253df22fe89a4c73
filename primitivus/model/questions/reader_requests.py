"""Who wants to read a blog of ours, as something that waits for an answer."""

from typing import ClassVar, Self

from backendd.api.records import ReaderRequest
from primitivus.model.accounts.account import Account
from primitivus.model.blogs.blogs import Feed, blog_name
from primitivus.model.questions import asked
from primitivus.model.questions.asked import Asked, AskedPopup
from primitivus.model.questions.unanswered import Unanswered
from primitivus.model.wording.quoting import quote
from primitivus.sentences import ntr, tr


class ReaderRequests(Unanswered[ReaderRequest]):
    """Those of an account that wait."""


class ReaderQuestion(Asked[ReaderRequest]):
    """Somebody wants to read a blog whose readers are let in one by one."""

    nouns: ClassVar[tuple[str, str]] = (tr("reader"), tr("readers"))
    command: ClassVar[str] = "reader"
    kept: ClassVar[type[ReaderRequests]] = ReaderRequests
    blog: str

    @classmethod
    def of(cls, account: Account, record: ReaderRequest) -> Self:
        feed = Feed(record.service, record.node)
        return cls(account.place(record.jid), record, blog_name(account, feed))

    @classmethod
    def counted(cls, number: int) -> str:
        return ntr("{n} reader", "{n} readers", number)

    @property
    def told(self) -> str:
        return tr('{name} asks to read "{blog}"', name=self.name, blog=self.blog)

    @property
    def how(self) -> str:
        return tr(":accept-reader {who} or :deny-reader {who}", who=self.place.peer)

    @property
    def yes(self) -> str:
        return f"accept-reader {quote(self.word)}"

    @property
    def no(self) -> str:
        return f"deny-reader {quote(self.word)}"


def popup(question: ReaderQuestion, whose: str) -> AskedPopup:
    """Return what asks for the answer; `whose` it is, where that is to be said."""
    return asked.popup(
        question,
        tr("A reader, asked of {whose}", whose=whose) if whose else tr("A reader"),
        (tr("Let them read it"), "accept-reader {}"),
        (tr("Don't"), "deny-reader {}"),
    )
