"""The rooms of all accounts, row by row: who invites, where one is, what is kept, where one was."""

from collections.abc import Iterator, Sequence

from backendd.api.records import Room
from primitivus.failures import reason
from primitivus.model.accounts.account import Account
from primitivus.model.messages.mentions import mentions
from primitivus.model.messages.message import beginning
from primitivus.model.panes.listed_row import ListedRow, Tone
from primitivus.model.questions.invitations import RoomInvitation
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.state import State
from primitivus.model.wording.quoting import quote
from primitivus.model.wording.times import came
from primitivus.sentences import ntr, tr

_CHARACTERS = 200

# How it stands with a room, as a sign.
_SIGNS = {"in": "room", "joining": "room_coming", "waiting": "room_waiting", "out": "room_left"}
_TITLES = (tr("Invitations"), tr("You are there"), tr("Bookmarked"), tr("Where you were"))
# So without a connection, when nobody knows where one is.
_UNKNOWN = (tr("Invitations"), tr("You will be there again"), *_TITLES[2:])


def room_rows(state: State) -> Iterator[ListedRow]:
    """Yield them, of each account under titles of their own."""
    for account in state.accounts.opened():
        whose = state.accounts.told_apart(account)
        is_known = state.backend.hears_of_others(account.profile)
        parts = _parts(account, is_known=is_known)
        for title, rows in zip(_TITLES if is_known else _UNKNOWN, parts, strict=True):
            if rows:
                said = f"{whose}: {title.lower()}" if whose else title
                yield ListedRow(account.place(""), title, name=f"{said} ({len(rows)})")
                yield from rows


def _parts(account: Account, *, is_known: bool) -> Sequence[list[ListedRow]]:
    known = sorted(account.of(Rooms).listed(), key=lambda each: _order(account, each.room))
    wanted = [each for each in known if each.state != "out"]
    kept = [each for each in known if each.bookmarked and each.state == "out"]
    return (
        [_invitation(account, each) for each in RoomInvitation.waiting(account)],
        [_wanted(account, each, is_known=is_known) for each in wanted],
        [_kept(account, each) for each in kept],
        [_left(account, each) for each in _were(account, {each.room for each in (*wanted, *kept)})],
    )


def _were(account: Account, others: set[str]) -> list[str]:
    """Return the rooms where we were, and of which something is here."""
    talked = (
        each.peer
        for each in account.conversations.listed()
        if each.kind == "room" and each.peer not in others
    )
    left = account.of(Rooms).named().difference(others)
    return sorted({*talked, *left}, key=lambda room: _order(account, room))


def _order(account: Account, room: str) -> tuple[str, str]:
    return account.name(room).casefold(), room


def _invitation(account: Account, each: RoomInvitation) -> ListedRow:
    record = each.record
    told = tr("{inviter} invites you", inviter=each.inviter)
    about = (record.room, tr("its password comes with it") if record.password else "")
    return ListedRow(
        each.place, each.about, sign=each.sign, name=account.name(record.room),
        text=f"{told}: {record.reason}" if record.reason else told,
        tone="mention", time=record.time, besides=_joined(*about), line=each.line, yes=each.yes,
        no=each.no, item=record,
    )  # fmt: skip


def _wanted(account: Account, room: Room, *, is_known: bool) -> ListedRow:
    """Return the row of a room in which we are, or want to be."""
    record = account.conversation(room.room)
    is_in, spoken = room.state == "in" and is_known, mentions(record)
    sign = f"@{spoken}" if spoken else str(record.unread) if record.unread else ""
    tone: Tone = "mention" if spoken else "unread" if record.unread else "plain"
    many = ntr("{n} here", "{n} here", room.occupants) if is_in else ""
    coming = {"joining": tr("entering it"), "waiting": tr("tried again")}.get(room.state, "")
    return ListedRow(
        account.place(room.room),
        f"room {room.room}",
        sign=sign,
        symbol="" if sign else _SIGNS[room.state if is_known else "out"],
        name=account.name(room.room),
        text=_joined(reason(room.error).rstrip("."), coming, many, room.subject),
        tone="error" if room.error[0] else tone,
        besides=_joined(*_about(room)),
        line=f"chat {quote(room.room)} {quote(account.profile.name)}",
        does=(*(("mark-read",) if record.unread else ()), *_keeping(room), "leave"),
        item=room,
    )


def _kept(account: Account, room: Room) -> ListedRow:
    """Return the row of a room that is kept, and where we are not."""
    enters = tr("entered when you connect") if room.autojoin else tr("not entered by itself")
    return ListedRow(
        account.place(room.room),
        f"room {room.room}",
        symbol=_SIGNS["out"],
        name=account.name(room.room),
        text=_joined(reason(room.error).rstrip("."), enters),
        tone="error" if room.error[0] else "plain",
        besides=_joined(*_about(room)),
        line=f"join {quote(room.room)}",
        does=_keeping(room),
        item=room,
    )


def _left(account: Account, room: str) -> ListedRow:
    """Return the row of a room where we were."""
    last, known = account.conversation(room).last, account.of(Rooms).get(room)
    left = reason(known.error).rstrip(".") if known is not None else ""
    said = f"{account.author(last)}: {beginning(last, _CHARACTERS)}" if last is not None else ""
    return ListedRow(
        account.place(room),
        f"room {room}",
        symbol=_SIGNS["out"],
        name=account.name(room),
        text=left or said,
        tone="error" if left else "quiet",
        time=came(last) if last is not None else 0,
        besides=_joined(room, tr("you are not there")),
        line=f"chat {quote(room)} {quote(account.profile.name)}",
        does=("join", "bookmark"),
    )


def _keeping(room: Room) -> tuple[str, ...]:
    """Return what keys do with how a room is kept."""
    if room.bookmarked:
        return "autojoin toggle", "edit-bookmark", "unbookmark"
    return ("bookmark",)


def _about(room: Room) -> Iterator[str]:
    yield room.room
    yield tr("you are {nick} there", nick=room.nick) if room.nick else ""
    yield "bookmarked" if room.bookmarked else ""
    yield tr("entered when you connect") if room.autojoin else ""
    yield tr("it takes a password") if room.password_protected else ""
    yield tr("members only") if room.members_only else ""


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))
