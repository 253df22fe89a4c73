"""What is so already, as arguments: completed, it is there to be changed, or to be said again."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from primitivus.commands.arguments.people import accounts
from primitivus.commands.arguments.types import (
    Kind,
    as_typed,
    between_commas,
    last_name,
    text_of,
    whole,
)
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.model.accounts.account import Account
from primitivus.model.accounts.profile import Profile
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.wording.address import occupant as split
from primitivus.model.wording.quoting import commas
from primitivus.sentences import tr

_LEAST, _MOST = -128, 127  # RFC 6121 4.7.2.3


def _complete_topic(asked: Asked) -> Iterable[Candidate]:
    state = asked.known.state
    room = state.account.of(Rooms).get(split(state.layout.place.peer)[0])
    is_known = room is not None and not state.account.is_withheld
    return _text(asked, room.subject if room is not None and is_known else "", tr("the topic now"))


def _complete_status(asked: Asked) -> Iterable[Candidate]:
    account = asked.known.state.account
    return _text(
        asked, "" if account.is_withheld else account.profile.status, tr("your status now")
    )


def _complete_highlight(asked: Asked) -> Iterable[Candidate]:
    account = asked.known.state.account
    words = () if account.is_withheld else account.profile.settings.get("highlight", ())
    written = commas(map(str, words))
    return (
        [Candidate(written, tr("those now"))] if written.startswith(asked.word) and written else ()
    )


def _complete_group(asked: Asked) -> Iterable[Candidate]:
    names = {name for each in accounts(asked.known.state) for name in each.roster.arranged.groups}
    wanted = asked.word.casefold()
    written = (commas([name]) for name in sorted(names, key=str.casefold) if name)
    return [Candidate(each) for each in written if each.casefold().startswith(wanted)]


def _complete_nick(asked: Asked) -> Iterable[Candidate]:
    nicks = dict.fromkeys(_own_nicks(asked))
    wanted = asked.word.casefold()
    return [Candidate(nick) for nick in nicks if nick.casefold().startswith(wanted)]


def _complete_nick_as_text(asked: Asked) -> Iterable[Candidate]:
    return [Candidate(as_typed(nick)) for nick, _ in _complete_nick(asked)]


def _own_nicks(asked: Asked) -> Iterator[str]:
    """Yield what one is called in rooms, and by the server: first in the account where one is."""
    for account in accounts(asked.known.state):
        yield from filter(None, (each.nick for each in account.of(Rooms).listed()))
        yield from filter(None, (_own_name(account),))


def _own_name(account: Account) -> str:
    return account.profile.jid.partition("@")[0]


def priority_of(profile: Profile) -> int:
    """Return which priority this client has, as the setting says."""
    return int(profile.settings.get("priority", 0))


def priority(text: str) -> int:
    """Return the priority that is written there; ValueError says what is wrong."""
    try:
        number = int(text)
    except ValueError:
        number = None
    if number is None or not _LEAST <= number <= _MOST:
        raise ValueError(
            tr(
                '"{text}" is not a whole number from {least} to {most}',
                text=text,
                least=_LEAST,
                most=_MOST,
            )
        )
    return number


def _complete_priority(asked: Asked) -> Iterable[Candidate]:
    account = asked.known.state.account
    return _text(asked, "" if account.is_withheld else str(priority_of(account.profile)), "now")


def _text(asked: Asked, text: str, what: str) -> list[Candidate]:
    written = as_typed(text) if text else ""
    return [Candidate(written, what)] if written and written.startswith(asked.word) else []


Topic = Annotated[str, Kind("text", text_of, _complete_topic, takes_rest=True, begun_at=whole)]
Status = Annotated[str, Kind("text", text_of, _complete_status, takes_rest=True, begun_at=whole)]
Priority = Annotated[int, Kind("number", priority, _complete_priority)]
Highlight = Annotated[
    list[str],
    Kind("groups", between_commas, _complete_highlight, takes_rest=True, begun_at=whole),
]
GroupNames = Annotated[
    list[str],
    Kind("groups", between_commas, _complete_group, takes_rest=True, begun_at=last_name),
]
# What one is called in a room; as all that is left of the line it may have blanks without quotes.
OwnNick = Annotated[str, Kind("word", complete=_complete_nick)]
OwnNickText = Annotated[
    str, Kind("text", text_of, _complete_nick_as_text, takes_rest=True, begun_at=whole)
]
