"""Invitations to rooms, as something that waits for an answer."""

from typing import ClassVar, Self

from backendd.api.records import Invitation
from primitivus.model.accounts.account import Account
from primitivus.model.questions import asked
from primitivus.model.questions.asked import Asked, AskedPopup
from primitivus.model.questions.unanswered import Unanswered
from primitivus.model.wording.quoting import quote
from primitivus.sentences import ntr, tr


class Invitations(Unanswered[Invitation]):
    """Those of an account that wait."""

    def to(self, room: str) -> Invitation | None:
        """Return the newest to a room."""
        return next((each for each in reversed(self.listed()) if each.room == room), None)


class RoomInvitation(Asked[Invitation]):
    """Somebody wants us to be in a room, perhaps with some words."""

    nouns: ClassVar[tuple[str, str]] = (tr("invitation"), tr("invitations"))
    sign: ClassVar[str] = "+"
    command: ClassVar[str] = "invitation"
    kept: ClassVar[type[Invitations]] = Invitations
    inviter: str

    @classmethod
    def of(cls, account: Account, record: Invitation) -> Self:
        return cls(account.place(record.room), record, account.name(record.from_))

    @classmethod
    def counted(cls, number: int) -> str:
        return ntr("{n} invitation", "{n} invitations", number)

    @property
    def told(self) -> str:
        told = tr("{inviter} invites you to {name}", inviter=self.inviter, name=self.name)
        return f"{told} ({self.record.reason})" if self.record.reason else told

    @property
    def how(self) -> str:
        return tr(":accept-invitation {who} or :decline {who}", who=self.place.peer)

    @property
    def yes(self) -> str:
        return f"accept-invitation {quote(self.word)}"

    @property
    def no(self) -> str:
        return f"decline {quote(self.word)}"


def popup(question: RoomInvitation, whose: str) -> AskedPopup:
    """Return what asks for the answer to an invitation; `whose` it is, where that is to be said."""
    return asked.popup(
        question,
        tr("Invitation of {whose}", whose=whose) if whose else tr("Invitation"),
        (tr("Enter the room"), "accept-invitation {}"),
        (tr("Enter it, and keep it"), "accept-invitation {} keep"),
        (tr("Decline"), "decline {}"),
    )
