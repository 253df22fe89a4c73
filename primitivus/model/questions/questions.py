"""What waits for an answer of the user, of all kinds there are."""

from collections.abc import Iterator, Sequence

from primitivus.model.attention import is_looked_at, unread
from primitivus.model.questions.challenges import ChallengeQuestion
from primitivus.model.questions.invitations import RoomInvitation
from primitivus.model.questions.question import Question
from primitivus.model.questions.reader_requests import ReaderQuestion
from primitivus.model.questions.requests import PresenceRequest
from primitivus.model.state import State
from primitivus.model.telling.alert import Alert

QUESTIONS: tuple[type[Question], ...] = (
    PresenceRequest, RoomInvitation, ReaderQuestion, ChallengeQuestion,
)  # fmt: skip
"""The kinds, in the order in which they are listed and gone to."""


def waiting(state: State) -> Iterator[Question]:
    """Yield what waits, account by account."""
    for account in state.accounts.opened():
        for kind in QUESTIONS:
            yield from kind.waiting(account)


def counts(state: State) -> dict[type[Question], int]:
    """Return how many wait of each kind of which some do."""
    accounts = state.accounts.opened()
    of_kinds = {kind: sum(map(kind.count, accounts)) for kind in QUESTIONS}
    return {kind: count for kind, count in of_kinds.items() if count}


def waits(state: State) -> int:
    """Return how much waits for the user: unread messages, and what is asked."""
    return unread(state) + sum(counts(state).values())


def announce(state: State, asked: Sequence[Question]) -> None:
    """Say what is asked just now and how it is answered, with a bell where nobody looks.

    Of several at once it is the last: all of them are listed.
    """
    if not asked:
        return
    question = asked[-1]
    account, said = state.at(question.place), f"{question.told}: {question.how}"
    state.say(said, about=question.about, account=account, line=question.line)
    if not is_looked_at(state):
        state.alerts.ring(Alert(f"{question.nouns[0]} {question.name}", question.told), account)
