"""Messages of the user that are not out: they have failed, or wait."""

from collections import defaultdict
from collections.abc import Iterator

from backendd.api.records import Message
from primitivus.model.account import Account
from primitivus.model.home.source import MOST
from primitivus.model.listed_row import ListedRow
from primitivus.model.message import beginning
from primitivus.model.quoting import quote
from primitivus.model.state import State
from primitivus.model.unsent import Unsent
from primitivus.sentences import ntr, tr

_CHARACTERS = 60


def failed(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield the messages that have failed, with why; Enter goes there, and keys try again."""
    found = account.of(Unsent).failed()
    for each in found[:MOST]:
        why = f": {each.error[1]}" if each.error[1] else ""
        yield ListedRow(
            account.place(each.peer),
            f"message {each.id}",
            symbol="failed",
            name=tr("to {name}", name=account.name(each.peer)),
            text=tr('"{text}" was not sent{why}', text=beginning(each, _CHARACTERS), why=why),
            tone="error",
            line=_where(account, each),
            does=("retry", "discard"),
            item=each,
        )
    if (more := len(found) - MOST) > 0:
        yield ListedRow(
            account.place(""), "more failed", symbol="failed", name=tr("messages"), tone="error",
            text=ntr("{n} more was not sent", "{n} more were not sent", more),
            line=_where(account, found[MOST]),
        )  # fmt: skip


def waiting(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield to whom messages wait to be sent; Enter goes to the first of them."""
    of_peers: defaultdict[str, list[Message]] = defaultdict(list)
    for each in account.of(Unsent).waiting():
        of_peers[each.peer].append(each)
    for peer, messages in of_peers.items():
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


def _where(account: Account, message: Message) -> str:
    return f"go-to {quote(message.peer)} {message.id} {quote(account.profile.name)}"
