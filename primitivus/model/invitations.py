"""Invitations to rooms, as something that waits for an answer."""

from collections.abc import Iterable
from typing import ClassVar, Self

from backendd.api.records import Invitation
from primitivus.model.account import Account
from primitivus.model.address import with_meaning
from primitivus.model.listing import Entry, Listing, Part
from primitivus.model.question import Question
from primitivus.model.quoting import quote
from primitivus.model.state import State
from primitivus.model.unanswered import Unanswered


class Invitations(Unanswered[Invitation]):
    """Those of an account that wait."""

    def to(self, room: str) -> Invitation | None:
        """Return the newest to a room."""
        return next((each for each in reversed(self.listed()) if each.room == room), None)


def about(id: str) -> str:
    """Return the word for the invitation of this id."""
    return f"invitation {id}"


class RoomInvitation(Question):
    """Somebody wants us to be in a room, perhaps with some words."""

    nouns: ClassVar[tuple[str, str]] = ("invitation", "invitations")
    sign: ClassVar[str] = "+"
    record: Invitation
    inviter: str

    @classmethod
    def of(cls, account: Account, invitation: Invitation) -> Self:
        inviter = account.name(invitation.from_)
        return cls(account.place(invitation.room), invitation, inviter)

    @classmethod
    def waiting(cls, account: Account) -> Iterable[Self]:
        return (cls.of(account, each) for each in account.of(Invitations).listed())

    @classmethod
    def count(cls, account: Account) -> int:
        return len(account.of(Invitations))

    @property
    def name(self) -> str:
        return with_meaning(self.place.peer)

    @property
    def about(self) -> str:
        return about(self.record.id)

    @property
    def told(self) -> str:
        said = f" ({self.record.reason})" if self.record.reason else ""
        return f"{self.inviter} invites you to {self.name}{said}"

    @property
    def how(self) -> str:
        return f":accept-invitation {self.place.peer} or :decline {self.place.peer}"

    @property
    def word(self) -> str:
        """Return what names it on a command line, whoever else is invited to the same room."""
        return f"{self.record.id} of {self.place.account}"

    @property
    def line(self) -> str:
        return f"invitation {quote(self.word)}"

    def is_at(self, state: State) -> bool:
        popup = state.view.popup
        return isinstance(popup, InvitationPopup) and popup.word == self.word


class InvitationPopup(Listing):
    """What can be answered to an invitation, to choose from."""

    word: str = ""


def popup(question: RoomInvitation, whose: str) -> InvitationPopup:
    """Return what asks for the answer to an invitation; `whose` it is, where that is to be said."""
    word = quote(question.word)
    entries = (
        Entry((("popup", "Enter the room"),), f"accept-invitation {word}"),
        Entry((("popup", "Enter it, and keep it"),), f"accept-invitation {word} keep"),
        Entry((("popup", "Decline"),), f"decline {word}"),
        Entry((("popup", "Decide later"),), "cancel"),
    )
    title = f"Invitation of {whose}" if whose else "Invitation"
    return InvitationPopup(title, (Part(question.told, entries),), word=question.word)
