"""How wide panes were made and what was folded away, kept for the next start.

A file of the state directory has a line for each that isn't as it is by itself: a name of `Sizes`
and a number.
"""

from collections.abc import Iterator, Sequence

from primitivus.app import kept
from primitivus.model.panes.sizes import WHOLE, Sizes

_BY_THEMSELVES = Sizes()


def read() -> Sizes:
    """Return what is kept; what isn't known there, or makes no sense, is as it is by itself."""
    known = dict(_known(kept.lines("sizes")))
    pairs = zip(Sizes._fields, _BY_THEMSELVES, strict=True)
    return Sizes._make(type(usual)(known.get(name, usual)) for name, usual in pairs)


def write(sizes: Sizes) -> None:
    """Keep sizes. It waits for the disk."""
    pairs = zip(Sizes._fields, sizes, _BY_THEMSELVES, strict=True)
    told = (f"{name} {int(size)}\n" for name, size, usual in pairs if size != usual)
    kept.write("sizes", "".join(told), "how wide panes are")


def _known(lines: Sequence[str]) -> Iterator[tuple[str, int]]:
    for line in lines:
        name, _, number = line.partition(" ")
        is_number = number.isascii() and number.isdigit() and len(number) <= len(str(WHOLE))
        if name in Sizes._fields and is_number and int(number) <= WHOLE:
            yield name, int(number)
