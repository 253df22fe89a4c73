"""Several names in one sentence."""

from collections.abc import Iterable, Sequence
from functools import reduce

from primitivus.sentences import tr


def listed(names: Sequence[str]) -> str:
    """Return all of some names: `a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    return tr("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def each_of(names: Iterable[str]) -> str:
    """Return names of which each is meant: `a and b`."""
    return reduce(lambda some, other: tr("{some} and {other}", some=some, other=other), names)


def either(names: Iterable[str]) -> str:
    """Return names of which one is meant: `a or b`."""
    return reduce(lambda some, other: tr("{some} or {other}", some=some, other=other), names)
