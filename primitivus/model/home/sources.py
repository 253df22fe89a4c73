"""What waits for the user, of all kinds there are, and the pane that shows it."""

from collections.abc import Iterator, Sequence

from primitivus.model.account import Account
from primitivus.model.area import Area
from primitivus.model.attention import kept_up
from primitivus.model.home import asked, conversations, files, posts, trouble, unsent
from primitivus.model.home.source import Source
from primitivus.model.listed_row import ListedRow
from primitivus.model.panes.home import HomePane
from primitivus.model.place import Place
from primitivus.model.quoting import quote
from primitivus.model.state import State

SOURCES: tuple[Source, ...] = (
    conversations.mentioning,
    conversations.chats,
    conversations.rooms,
    asked.questions,
    files.offered,
    unsent.failed,
    unsent.waiting,
    posts.comments,
    posts.posts,
    posts.unpublished,
    files.going,
    trouble.connection,
    trouble.warnings,
    trouble.of_backend,
)
"""In the order in which an account's rows stand, from top to bottom."""

# All but what is typed, and where one is.
_AREAS = tuple(each for each in Area if each not in (Area.VIEW, Area.INPUT, Area.MESSAGES))


class Waiting:
    """The rows of all accounts, made anew only where something is otherwise."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._made: tuple[object, list[ListedRow]] | None = None

    def __call__(self) -> Sequence[ListedRow]:
        key = self._state.changes.count(*_AREAS), kept_up(self._state)
        if self._made is None or self._made[0] != key:
            self._made = key, list(_rows(self._state))
        return self._made[1]


def home(state: State) -> HomePane:
    """Return the pane of what waits, to be shown where one is."""
    return HomePane(state.account.place(""), Waiting(state), lambda: _nearest(state))


def _rows(state: State) -> Iterator[ListedRow]:
    for account in state.accounts.values():
        found = [_locked(account)] if account.is_locked else _of(state, account)
        if len(state.accounts) > 1 and found:
            yield ListedRow(account.place(""), "", name=account.profile.name)
            yield from found
        elif not account.is_locked:
            yield from found


def _of(state: State, account: Account) -> list[ListedRow]:
    return [row for source in SOURCES for row in source(state, account)]


def _locked(account: Account) -> ListedRow:
    name = account.profile.name
    return ListedRow(
        account.place(""), "locked", symbol="locked", name="locked", text=account.why_locked(),
        tone="quiet", line=f"profile {quote(name)}",
    )  # fmt: skip


def _nearest(state: State) -> Place:
    """Return the conversation that one was in last, where nothing waits; without a peer: none."""
    return state.account.left_place()
