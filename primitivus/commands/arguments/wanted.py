"""What a search is narrowed to by words such as from:bob among those that are looked for."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated

from primitivus.commands.arguments import people
from primitivus.commands.arguments.days import BEFORE, begins_us, read_day
from primitivus.commands.arguments.nicks import of_nick
from primitivus.commands.arguments.types import Kind
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.model.place import Place
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.search.wanted import Narrowed, Wanted
from primitivus.model.state import State
from primitivus.sentences import tr

_ME = "me"
_SIGNS: Mapping[str, str] = {
    "from:": tr("only what somebody wrote, or me"),
    "in:": tr("only in a conversation"),
    "after:": tr("only of that day and later ones"),
    "before:": tr("only of days before that one"),
    "on:": tr("only of that day"),
}
# In quotes it is looked for as written; behind the colon they are for a name with blanks.
_PART = re.compile(rf'(?<!\S)({"|".join(_SIGNS)})("[^"]*"|[^\s"]\S*)|"[^"]*"?')


def read(state: State, text: str) -> Wanted:
    """Return what is looked for where; CommandError where nobody is meant, or no day."""
    found = [part for part in _PART.finditer(text) if part[1]]
    words = text
    for part in reversed(found):
        words = words[: part.start()] + words[part.end() :]
    words = " ".join(words.split())
    asked: dict[str, str] = {}
    for part in found:
        if part[1] in asked:
            raise CommandError(
                tr("{part} is there twice: a search is narrowed by each once", part=part[1])
            )
        asked[part[1]] = part[2].strip('"')
    if not words and asked:
        raise CommandError(tr("a word is missing that is to be found there"))
    place = _conversation(state, asked["in:"]) if "in:" in asked else None
    since, until = _times(asked)
    where = Narrowed(peer=place.peer if place is not None else "", since=since, until=until)
    wanted = Wanted(words, where, place.account if place is not None else "")
    if (sender := asked.get("from:", "")) == _ME:
        return replace(wanted, is_ours=True)
    return replace(wanted, where=replace(where, sender=_sender(state, place, sender)))


def _conversation(state: State, word: str) -> Place:
    place = people.find(state, word)
    if place.peer not in state.at(place).conversations.peers():
        raise CommandError(tr('no conversation is with "{word}", of which in: is', word=word))
    return place


def _sender(state: State, place: Place | None, word: str) -> str:
    """Return the address of who is called so: in a room that is searched by nick before others."""
    if not word:
        return ""
    if place is not None and state.at(place).of(Rooms).get(place.peer) is not None:
        there = of_nick(state.at(place).occupant_places(place), word)
        if there is not None:
            return there.peer
    found = people.find(state, word).peer
    if "@" not in found and "." not in found:
        # Whoever is there no more may have written something.
        if place is not None:
            return f"{place.peer}/{word}"
        raise CommandError(
            tr('nobody here is called "{word}": from: takes an address as well', word=word)
        )
    return found


def _times(asked: Mapping[str, str]) -> tuple[int, int]:
    """Return since when and until when; of several the shortest time."""
    days = {sign: _day(sign, asked[sign]) for sign in ("after:", "before:", "on:") if sign in asked}
    on = days.get("on:")
    since = [day for day in (days.get("after:"), on) if day is not None]
    until = [day for day in (days.get("before:"), on and _next(on)) if day is not None]
    return begins_us(max(since)) if since else 0, begins_us(min(until)) if until else 0


def _day(sign: str, word: str) -> datetime.date:
    try:
        day = read_day(word)
        begins_us(day)
    except ValueError as error:
        raise CommandError(f"{sign} {error}") from None
    return day


def _next(day: datetime.date) -> datetime.date:
    return day + datetime.timedelta(days=1) if day < datetime.date.max else day


def _complete(asked: Asked) -> Iterable[Candidate]:
    """Complete such words, and what follows the colon; what else is looked for may be anything."""
    sign, colon, begun = asked.word.partition(":")
    if not colon:
        found = ((each, said) for each, said in _SIGNS.items() if each.startswith(sign))
        return [Candidate(each, said) for each, said in found] if sign else []
    sign += colon
    names: Iterable[Candidate] = ()
    if sign in ("after:", "before:", "on:"):
        names = asked._replace(word=begun).begun(tuple(BEFORE))
    elif sign in _SIGNS:
        own = [Candidate(_ME, tr("what you wrote"))] if sign == "from:" else []
        own = [each for each in own if each.text.startswith(begun)]
        names = [*own, *people.complete_peer(asked._replace(word=begun))]
    return [Candidate(_written(sign, each.text), each.description) for each in names]


def _written(sign: str, name: str) -> str:
    return f'{sign}"{name}"' if " " in name else f"{sign}{name}"


def _last_word(text: str) -> int:
    """Return where the last word begins."""
    return len(text) - len(text.split(" ")[-1])


Words = Annotated[str, Kind("rest", complete=_complete, takes_rest=True, begun_at=_last_word)]
