"""Messages of the user that are not out: they have failed, or wait."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from backendd.api.records import Message
from primitivus.failures import reason
from primitivus.model.accounts.account import Account
from primitivus.model.home.source import MOST
from primitivus.model.messages.message import beginning
from primitivus.model.messages.unsent import Failed, Unsent
from primitivus.model.panes.listed_row import ListedRow
from primitivus.model.state import State
from primitivus.model.wording.quoting import quote
from primitivus.sentences import ntr, tr

_CHARACTERS = 60


def failed(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield to whom messages were not sent, with why; Enter goes there, and keys try again."""
    of_peers = list(_of_peers(account.of(Unsent).failed()).items())
    for peer, messages in of_peers[:MOST]:
        *_, last = messages
        is_one = len(messages) == 1
        text, many = beginning(last, _CHARACTERS), len(messages)
        said = (
            tr('"{text}" was not sent', text=text)
            if is_one
            else ntr(
                '{n} was not sent, the last "{text}"',
                '{n} were not sent, the last "{text}"',
                many,
                text=text,
            )
        )
        yield ListedRow(
            account.place(peer),
            f"message {last.id}" if is_one else f"messages {peer}",
            symbol="failed",
            name=tr("to {name}", name=account.name(peer)),
            text=f"{said}: {reason(last.error)}" if last.error[1] else said,
            tone="error",
            line=_where(account, messages[0]),
            does=("retry", "discard"),
            item=last if is_one else Failed(messages),
        )
    more = [each for _, messages in of_peers[MOST:] for each in messages]
    if more:
        yield ListedRow(
            account.place(""), "more failed", symbol="failed", name=tr("messages"), tone="error",
            text=ntr("{n} more was not sent", "{n} more were not sent", len(more)),
            line=_where(account, more[0]), does=("retry-all", "discard-all"),
        )  # fmt: skip


def waiting(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield to whom messages wait to be sent; Enter goes to the first of them."""
    for peer, messages in _of_peers(account.of(Unsent).waiting()).items():
        first = messages[0]
        text = ntr(
            '{n} message waits: "{text}"',
            '{n} messages wait: "{text}"',
            len(messages),
            text=beginning(first, _CHARACTERS),
        )
        yield ListedRow(
            account.place(peer),
            f"outbox {peer}",
            symbol="pending",
            name=tr("to {name}", name=account.name(peer)),
            text=text,
            line=_where(account, first),
            does=("discard",),
            item=first,
        )


def _of_peers(messages: Iterable[Message]) -> dict[str, list[Message]]:
    """Return them by whom they are for, in the order in which something first was."""
    found: defaultdict[str, list[Message]] = defaultdict(list)
    for each in messages:
        found[each.peer].append(each)
    return found


def _where(account: Account, message: Message) -> str:
    return f"go-to {quote(message.peer)} {message.id} {quote(account.profile.name)}"
