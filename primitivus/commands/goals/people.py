"""With whom one talks, and whom one knows."""

from collections.abc import Iterator

from primitivus.commands.context import Context
from primitivus.model.accounts.account import Account
from primitivus.model.messages.conversations import waits
from primitivus.model.messages.mentions import mentions
from primitivus.model.popups.switching import Goal
from primitivus.model.wording.quoting import quote
from primitivus.model.wording.times import came


def conversations(ctx: Context) -> Iterator[Goal]:
    """Yield the open ones, rooms as well."""
    accounts = ctx.state.accounts
    for account in accounts.opened():
        whose = accounts.told_apart(account)
        for record in account.conversations.listed():
            goal = _goal(account, record.peer, whose)
            yield goal._replace(
                kind="room" if record.kind == "room" else "chat",
                recent=came(record.last) if record.last is not None else 0,
                unread=record.unread,
                mentions=mentions(record),
                waits=waits(record),
            )


def contacts(ctx: Context) -> Iterator[Goal]:
    """Yield those with whom no conversation is open."""
    accounts = ctx.state.accounts
    for account in accounts.opened():
        whose, talking = accounts.told_apart(account), account.conversations
        for each in account.roster.listed():
            if each.jid not in talking:
                yield _goal(account, each.jid, whose)


def _goal(account: Account, peer: str, whose: str) -> Goal:
    line = f"chat {quote(peer)} {quote(account.profile.name)}"
    place = account.place(peer)
    return Goal("contact", account.name(peer), line, also=peer, whose=whose, place=place)
