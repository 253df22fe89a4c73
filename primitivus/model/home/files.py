"""Files: those that are offered, and how far others are on their way."""

from collections.abc import Iterator

from primitivus.model.accounts.account import Account
from primitivus.model.files.transfers import Transfers, about, has_passed, share
from primitivus.model.home.source import MOST
from primitivus.model.panes.listed_row import ListedRow
from primitivus.model.state import State
from primitivus.model.wording.quoting import quote
from primitivus.model.wording.written import as_size
from primitivus.sentences import ntr, tr


def offered(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield the files that somebody offers; Enter goes to where it is said."""
    offers = account.of(Transfers).offers()
    for each in offers[:MOST]:
        place = account.place(each.peer)
        where = f"go-to {quote(each.peer)} {each.message_id} {quote(place.account)}"
        yield ListedRow(
            place,
            about(each.id),
            symbol="below",
            name=each.name,
            text=_offer(account.name(each.peer), each.size),
            line=where if each.message_id else "transfers",
            yes="accept-file",
            no="refuse-file",
            item=each,
        )
    if (more := len(offers) - MOST) > 0:
        yield ListedRow(
            account.place(""), "more offers", symbol="below", name=tr("files"), tone="quiet",
            text=ntr("{n} file more", "{n} files more", more), line="transfers",
        )  # fmt: skip


def _offer(name: str, size: int) -> str:
    if size:
        return tr("offered by {name}, {size}", name=name, size=as_size(size))
    return tr("offered by {name}", name=name)


def going(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield how far the files are that go on by themselves, all in one row."""
    files = account.of(Transfers).going()
    if not files:
        return
    size, done = sum(each.size for each in files), sum(each.done for each in files)
    part = "" if all(map(has_passed, files)) else share(done, size)
    name = files[0].name if len(files) == 1 else ntr("{n} file", "{n} files", len(files))
    text = tr("on the way {part}", part=part).rstrip()
    yield ListedRow(
        account.place(""), "transfers", symbol="file", name=name, text=text, tone="quiet",
        line="transfers",
    )  # fmt: skip
