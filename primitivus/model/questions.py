"""What waits for an answer of the user, of all kinds there are."""

from primitivus.model.alert import Alert
from primitivus.model.attention import is_looked_at, unread
from primitivus.model.invitations import RoomInvitation
from primitivus.model.question import Question
from primitivus.model.requests import PresenceRequest
from primitivus.model.state import State

QUESTIONS: tuple[type[Question], ...] = (PresenceRequest, RoomInvitation)
"""The kinds, in the order in which they are listed and gone to."""


def waiting(state: State) -> list[Question]:
    """Return what waits, account by account."""
    return [
        each
        for account in state.accounts.opened()
        for kind in QUESTIONS
        for each in kind.waiting(account)
    ]


def waits(state: State) -> int:
    """Return how much waits for the user: unread messages, and what is asked."""
    return unread(state) + len(waiting(state))


def announce(state: State, question: Question) -> None:
    """Say what is asked just now and how it is answered, with a bell where nobody looks."""
    account, said = state.at(question.place), f"{question.told}: {question.how}"
    state.say(said, about=question.about, account=account)
    if not is_looked_at(state):
        state.alerts.ring(Alert(f"{question.nouns[0]} {question.name}", question.told), account)
