"""The rooms that are kept, and are not open."""

from collections.abc import Iterator

from primitivus.commands.context import Context
from primitivus.model.accounts.account import Account
from primitivus.model.popups.switching import Goal
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.wording.quoting import quote


def bookmarked(ctx: Context) -> Iterator[Goal]:
    """Yield them, to be entered; one of another profile is shown, with what enters it."""
    accounts = ctx.state.accounts
    for account in accounts.opened():
        for each in account.of(Rooms).bookmarked():
            if each.room not in account.conversations:
                yield Goal(
                    "bookmark",
                    account.name(each.room),
                    _line(ctx, account, each.room),
                    also=each.room,
                    whose=accounts.told_apart(account),
                    place=account.place(each.room),
                )


def _line(ctx: Context, account: Account, room: str) -> str:
    if account is ctx.state.account:
        return f"join {quote(room)}"
    return f"chat {quote(room)} {quote(account.profile.name)}"
