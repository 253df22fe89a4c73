"""What is asked of the user, of all kinds there are."""

from collections.abc import Iterator
from itertools import islice

from primitivus.model.accounts.account import Account
from primitivus.model.home.source import MOST
from primitivus.model.panes.listed_row import ListedRow
from primitivus.model.questions.questions import QUESTIONS
from primitivus.model.state import State
from primitivus.sentences import tr


def questions(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield them in the order of their kinds; anybody can have a thousand of one wait."""
    for kind in QUESTIONS:
        for each in islice(kind.waiting(account), MOST):
            yield ListedRow(
                each.place,
                each.about,
                sign=each.sign,
                name=each.nouns[0],
                text=each.told,
                line=each.line,
                yes=each.yes,
                no=each.no,
            )
        if (more := kind.count(account) - MOST) > 0:
            text = tr("{many} more", many=kind.counted(more))
            yield ListedRow(
                account.place(""), f"more {kind.nouns[1]}", sign="?", name=kind.nouns[1], text=text,
                tone="quiet", line="requests",
            )  # fmt: skip
