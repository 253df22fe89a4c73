"""What is unread: what speaks to the user, other chats, and rooms."""

from collections.abc import Iterator

from backendd.api.records import Conversation, Message
from primitivus.model.accounts.account import Account
from primitivus.model.attention import kept_up
from primitivus.model.messages.conversations import waits, worth_a_notice
from primitivus.model.messages.first_lines import FirstLines
from primitivus.model.messages.mentions import mentions
from primitivus.model.messages.message import beginning
from primitivus.model.panes.listed_row import ListedRow, Tone
from primitivus.model.state import State
from primitivus.model.wording.quoting import quote
from primitivus.model.wording.times import came

_CHARACTERS = 200
_DOES = ("mark-read", "peek", "mute")


def mentioning(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield the conversations in which something speaks to the user; Enter goes to the first."""
    for record in _waiting(state, account):
        if number := mentions(record):
            first = int(record.more.get("first_mention", 0)) or record.first_unread
            line = f"go-to {quote(record.peer)} {first} {quote(account.profile.name)}"
            yield _row(account, record, f"@{number}", "mention", first, line)


def chats(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield the other chats in which something is unread; Enter goes on reading there."""
    yield from _unread(state, account, is_room=False)


def rooms(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield the rooms, those last of which the user wants to notice only what speaks to them."""
    yield from _unread(state, account, is_room=True)


def _unread(state: State, account: Account, *, is_room: bool) -> Iterator[ListedRow]:
    found = [
        each
        for each in _waiting(state, account)
        if (each.kind == "room") is is_room and not mentions(each)
    ]
    for record in sorted(found, key=lambda each: not worth_a_notice(each)):
        tone: Tone = "unread" if worth_a_notice(record) else "quiet"
        line = f"chat {quote(record.peer)} {quote(account.profile.name)}"
        yield _row(account, record, str(record.unread), tone, record.first_unread, line)


def _waiting(state: State, account: Account) -> list[Conversation]:
    """Return those in which something is unread, but for what is being read just now."""
    seen = {place.peer for place in kept_up(state) if state.at(place) is account}
    listed = account.conversations.listed()
    return [each for each in listed if waits(each) and each.peer not in seen]


def _row(
    account: Account, record: Conversation, sign: str, tone: Tone, first: int, line: str
) -> ListedRow:
    """Return the row of a conversation; `first` is the message that it shows."""
    last = record.last
    message = last if last is not None and last.id == first else account.of(FirstLines).get(first)
    shown = message or last
    return ListedRow(
        account.place(record.peer),
        f"conversation {record.peer}",
        sign=sign,
        name=account.label(record.peer),
        text=_said(account, record, message) if message is not None else "",
        tone=tone,
        time=came(shown) if shown is not None else 0,
        line=line,
        wants=first if message is None else 0,
        does=_DOES,
    )


def _said(account: Account, record: Conversation, message: Message) -> str:
    text = beginning(message, _CHARACTERS)
    return f"{account.author(message)}: {text}" if record.kind == "room" else text
