"""What is wrong: the connection, what the backend warns of, and what was said of it last."""

from collections.abc import Iterator

from backendd.api.records import Warning
from primitivus.model.accounts.account import Account
from primitivus.model.panes.listed_row import ListedRow, Tone
from primitivus.model.state import State
from primitivus.model.telling.banner import banner
from primitivus.model.telling.notices import last_trouble
from primitivus.sentences import tr


def connection(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield why an account is not online; Enter tries."""
    said = banner(state.backend, account) if state.is_attached else None
    if said is None:
        return
    tone: Tone = "quiet" if said.quiet else "error"
    is_away = account.profile.state in ("offline", "waiting")
    yield ListedRow(
        account.place(""), "connection", symbol="offline" if is_away else "unknown",
        name=tr("connection"), text=said.text, tone=tone, line="connect" if is_away else "warnings",
    )  # fmt: skip


def warnings(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield what doesn't work as it should in an account."""
    for each in account.profile.warnings:
        yield _warning(account, each)


def of_backend(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield what the backend as a whole warns of, and what went wrong last, where that was.

    What is of no profile stands with the first one.
    """
    first = state.accounts.opened()[0]
    for each in state.backend_warnings if account is first else ():
        yield _warning(account, each)
    notice = last_trouble(state.told(), state.notices.looked_at_us)
    whose = state.accounts.get(notice.account, first) if notice is not None else first
    if notice is not None and account is (first if whose.is_locked else whose):
        yield ListedRow(
            account.place(""), "trouble", symbol="failed", name=tr("error"),
            text=notice.text.removeprefix(f"{account.profile.name}: "),
            tone="error", time=notice.time_us, line="messages newest",
        )  # fmt: skip


def _warning(account: Account, each: Warning) -> ListedRow:
    return ListedRow(
        account.place(""),
        f"warning {each.word} {each.subject}",
        symbol="failed",
        name=tr("warning"),
        text=each.text,
        tone="error",
        time=each.time,
        line="warnings",
        no="dismiss",
    )
