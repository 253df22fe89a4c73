"""What the switcher goes to, and which of it fits what is typed, best first.

A sign in front of what is typed narrows it down to some kinds. Without letters what is unread comes
first, what speaks to the user before other things, then what is the most recent.
"""

from collections.abc import Mapping, Sequence

from backendd.api.tuples import NamedTuple
from primitivus.model.place import NOWHERE, Place
from primitivus.model.search.fuzzy import (
    FIRST,
    INITIALS,
    INSIDE,
    WHOLE,
    WORD,
    fit,
    fold,
    has_in_order,
    words_of,
)
from primitivus.sentences import tr

Key = tuple[str, str]
"""What tells a goal from others: its kind, and the line that it runs."""


class Goal(NamedTuple):
    """Something to go to, or to do."""

    # A word for what it is, as it is shown.
    kind: str
    name: str
    # The command line of Enter.
    run: str
    # What else it is called: an address, other names of a command.
    also: str = ""
    # What is told of it, found by how its words begin.
    about: str = ""
    # Of which profile it is, where there are several.
    whose: str = ""
    keys: str = ""
    place: Place = NOWHERE
    # When something came last, in µs since the epoch; 0: never.
    recent: int = 0
    unread: int = 0
    mentions: int = 0
    # Whether what is unread is to be noticed.
    waits: bool = False

    @property
    def key(self) -> Key:
        return self.kind, self.run


NARROWED: Mapping[str, frozenset[str]] = {
    ">": frozenset({"view", "command"}),
    ":": frozenset({"view", "command"}),
    "#": frozenset({"room", "bookmark"}),
    "@": frozenset({"chat", "contact"}),
    ",": frozenset({"setting"}),
}
"""The kinds that are left by a sign in front."""

HINT = tr("> commands  # rooms  @ people  , settings")

# What fitting costs besides, in another name than the first, and in the domain of an address.
_ALSO, _IN_DOMAIN = 3, INSIDE + 2
_ABOUT = INSIDE + 4


class _Searched(NamedTuple):
    """A goal, and what it is compared by, folded, each with a blank in front."""

    goal: Goal
    name: str
    also: str
    about: str
    # Where in `also` a domain begins, or its end.
    domain: int


def _searched(goal: Goal) -> _Searched:
    name, also, about = goal.name, goal.also, f"{goal.about} {goal.whose}"
    domain = also.find("@") + 1 if "@" in also else len(also) + 1
    return _Searched(goal, fold(f" {name}"), fold(f" {also}"), fold(f" {about}"), domain)


class Ranking:
    """Finds goals by what is typed; what one more letter leaves is looked for among the rest."""

    def __init__(self, goals: Sequence[Goal]) -> None:
        self.goals = goals
        self._all = [_searched(each) for each in goals]
        self._typed, self._left = "", self._all
        self._found: Sequence[Goal] | None = None

    def find(self, typed: str) -> Sequence[Goal]:
        """Return those that fit, best first."""
        if self._found is None or typed != self._typed:
            self._found = self._find(typed)
        return self._found

    def _find(self, typed: str) -> Sequence[Goal]:
        sign, words = narrowed(typed)
        goes_on = bool(self._typed) and typed.startswith(self._typed)
        goes_on = goes_on and narrowed(self._typed)[0] == sign
        left = self._left if goes_on else self._all
        if sign and not goes_on:
            left = [each for each in left if each.goal.kind in NARROWED[sign]]
        self._typed, self._left = typed, left
        if not words:
            return sorted((each.goal for each in left), key=_urgency)
        costs = [(each, _total(words, each)) for each in left]
        fitting = [(total, each) for each, total in costs if total is not None]
        self._left = [each for _, each in fitting]
        # What costs the same is in its order.
        fitting.sort(key=lambda pair: (pair[0], -pair[1].goal.recent, len(pair[1].name)))
        return [each.goal for _, each in fitting]


def narrowed(typed: str) -> tuple[str, list[str]]:
    """Return the sign in front of what is typed, if it has one, and its words, folded."""
    sign = typed[:1] if typed[:1] in NARROWED else ""
    return sign, words_of(typed[len(sign) :])


def letters(words: Sequence[str], name: str) -> frozenset[int]:
    """Return the indices of the letters of a name that were typed."""
    folded = fold(name)
    fits = (fit(word, folded) for word in words)
    return frozenset(at for each in fits if each is not None for at in each.letters)


def letters_also(words: Sequence[str], goal: Goal, also: str) -> frozenset[int]:
    """Return those of another name: of words that fit there rather than in the first one."""
    searched, folded = _searched(goal), fold(also)
    found = ((word, fit(word, folded)) for word in words if _is_better_in_also(word, searched))
    return frozenset(at for _, each in found if each is not None for at in each.letters)


def _is_better_in_also(word: str, searched: _Searched) -> bool:
    in_name, in_also = fit(word, searched.name[1:]), _cost_in_also(f" {word}", searched)
    return in_also is not None and (in_name is None or in_also < in_name.cost)


def _total(words: Sequence[str], searched: _Searched) -> int | None:
    """Return what all words cost together, each where it fits best; None if one is nowhere."""
    total = 0
    for word in words:
        least = _cost(word, searched)
        if least is None:
            return None
        total += least
    return total


def _cost(word: str, searched: _Searched) -> int | None:
    """Return what a word costs where it fits best; all are asked for with each letter."""
    begun = f" {word}"
    if (at := searched.name.find(begun)) >= 0:
        return WORD if at else WHOLE if len(searched.name) == len(begun) else FIRST
    in_also = _cost_in_also(begun, searched)
    if in_also is not None and in_also < INITIALS:
        return in_also
    in_name = INSIDE if word in searched.name else None
    if len(word) > 1 and has_in_order(word, searched.name):
        found = fit(word, searched.name[1:])
        in_name = found.cost if found is not None else in_name
    in_about = _ABOUT if begun in searched.about else None
    return min((each for each in (in_name, in_also, in_about) if each is not None), default=None)


def _cost_in_also(begun: str, searched: _Searched) -> int | None:
    """Return what a word costs in another name, where scattered letters are not looked for.

    In the domain of an address it has to begin a part.
    """
    if (at := searched.also.find(begun)) >= 0:
        return (WORD + _ALSO if at else FIRST + _ALSO) if at < searched.domain else _IN_DOMAIN
    is_inside = searched.also.find(begun[1:], 0, searched.domain) >= 0
    return INSIDE + 1 if is_inside else None


def _urgency(goal: Goal) -> tuple[int, int]:
    waits = (2 if goal.mentions else 1) if goal.waits else 0
    return -waits, -goal.recent
