"""Who asks to see our presence, as something that waits for an answer."""

from collections.abc import Iterable
from typing import ClassVar, Self

from backendd.api.records import Request
from primitivus.model.accounts.account import Account
from primitivus.model.questions.question import Question
from primitivus.model.state import State
from primitivus.model.wording.address import with_meaning
from primitivus.model.wording.quoting import quote
from primitivus.sentences import ntr, tr


def about(jid: str) -> str:
    """Return the word for the request of this address."""
    return f"request {jid}"


class PresenceRequest(Question):
    """Somebody asks to see our presence, perhaps with some words."""

    nouns: ClassVar[tuple[str, str]] = (tr("request"), tr("requests"))
    text: str
    nickname: str = ""

    @classmethod
    def of(cls, account: Account, request: Request) -> Self:
        return cls(account.place(request.jid), request.text, request.nickname)

    @classmethod
    def waiting(cls, account: Account) -> Iterable[Self]:
        return (cls.of(account, each) for each in account.roster.requests.values())

    @classmethod
    def count(cls, account: Account) -> int:
        return len(account.roster.requests)

    @classmethod
    def counted(cls, number: int) -> str:
        return ntr("{n} request", "{n} requests", number)

    @property
    def name(self) -> str:
        return with_meaning(self.place.peer)

    @property
    def about(self) -> str:
        return about(self.place.peer)

    @property
    def told(self) -> str:
        said = f" ({self.text})" if self.text else ""
        if not self.nickname:
            return tr("{who} asks to see your presence", who=self.name) + said
        asks = tr(
            '{name}, calling themselves "{nickname}", asks to see your presence',
            name=self.name,
            nickname=self.nickname,
        )
        return asks + said

    @property
    def how(self) -> str:
        return tr(":accept {who} or :deny {who}", who=self.place.peer)

    @property
    def line(self) -> str:
        return f"contact {quote(self.place.peer)} {quote(self.place.account)}"

    @property
    def yes(self) -> str:
        return f"accept {quote(self.place.peer)}"

    @property
    def no(self) -> str:
        return f"deny {quote(self.place.peer)}"

    def is_at(self, state: State) -> bool:
        return state.focus == "contacts" and state.layout.contacts.marked == self.place
