"""What waits for the user, of all kinds there are, and the pane that shows it."""

from collections.abc import Iterator

from primitivus.model.accounts.account import Account
from primitivus.model.home import asked, conversations, files, posts, trouble, unsent
from primitivus.model.home.source import Source
from primitivus.model.messages.unsent import Unsent
from primitivus.model.panes.home import HomePane
from primitivus.model.panes.listed_row import ListedRow
from primitivus.model.place import Place
from primitivus.model.rows.made_rows import MadeRows
from primitivus.model.state import State
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr

SOURCES: tuple[Source, ...] = (
    conversations.mentioning,
    conversations.chats,
    conversations.rooms,
    asked.questions,
    files.offered,
    unsent.failed,
    unsent.waiting,
    posts.comments,
    posts.likes,
    posts.posts,
    posts.unpublished,
    files.going,
    trouble.connection,
    trouble.warnings,
    trouble.of_backend,
)
"""In the order in which an account's rows stand, from top to bottom."""


def is_told(state: State) -> bool:
    """Return whether it is known of each account whether something waits there."""
    opened = state.accounts.opened()
    return all(each.is_filled and each.of(Unsent).are_known for each in opened)


def home(state: State) -> HomePane:
    """Return the pane of what waits, to be shown where one is."""
    return HomePane(MadeRows(state, _rows), lambda: _nearest(state))


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
        account.place(""), "locked", symbol="locked", name=tr("locked"), text=account.why_locked(),
        tone="quiet", line=f"profile {quote(name)}",
    )  # fmt: skip


def _nearest(state: State) -> Place:
    """Return the conversation that one was in last, where nothing waits; without a peer: none."""
    return state.account.left_place()
