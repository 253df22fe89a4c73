"""Several names in one sentence, and several sentences beside each other."""

from collections.abc import Iterable, Sequence
from functools import reduce

from primitivus.sentences import ntr, tr


def listed(names: Sequence[str], most: int = 0) -> str:
    """Return some names: `a, b and c`; where there are more than `most`, those that are first."""
    if 0 < most < len(names):
        return ntr(
            "{first} and {n} more",
            "{first} and {n} more",
            len(names) - most,
            first=", ".join(names[:most]),
        )
    if len(names) < 2:
        return "".join(names)
    return tr("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def each_of(names: Iterable[str]) -> str:
    """Return names of which each is meant: `a and b`."""
    return reduce(lambda some, other: tr("{some} and {other}", some=some, other=other), names)


def either(names: Iterable[str]) -> str:
    """Return names of which one is meant: `a or b`."""
    return reduce(lambda some, other: tr("{some} or {other}", some=some, other=other), names)


def joined(*sentences: str) -> str:
    """Return sentences as one, `this; that`; those that are empty are left out."""
    said = list(filter(None, sentences))
    if not said:
        return ""
    return reduce(lambda one, other: tr("{one}; {other}", one=one, other=other), said)
