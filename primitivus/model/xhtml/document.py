"""What a text with markup is made of: blocks, one below the other, and the links in them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Literal, TypeVar

from backendd.api.tuples import NamedTuple

T = TypeVar("T")

# So much white space may stand around a title.
_SPACE = 100

Style = Literal["", "strong", "emphasis", "strike", "code"]
Kind = Literal["text", "heading", "code", "rule", "table"]
Align = Literal["left", "center", "right"]
LeadKind = Literal["quote", "bullet", "number", "indent"]


class Span(NamedTuple):
    """A stretch of text in one style; `link` is the number of the one it leads to, 0 for none."""

    text: str
    style: Style = ""
    link: int = 0


class Lazy(Generic[T]):
    """Things in order, read no further than they are looked at, and kept."""

    def __init__(self, things: Iterable[T] = ()) -> None:
        self._read: list[T] = []
        self._rest = iter(things)

    def __iter__(self) -> Iterator[T]:
        place, read = 0, self._read
        while True:
            if place == len(read):
                try:
                    read.append(next(self._rest))
                except StopIteration:
                    return
            yield read[place]
            place += 1

    def __bool__(self) -> bool:
        return bool(self._read) or self._read_on()

    def finish(self) -> None:
        """Read all there is."""
        self._read += self._rest

    def _read_on(self) -> bool:
        """Return whether there is another one, which is read then."""
        for each in self._rest:
            self._read.append(each)
            return True
        return False


Inline = Lazy[Span]
"""What stands within lines."""

Cells = Lazy[Sequence[Inline]]
"""The rows of a table."""


class Link(NamedTuple):
    """Where something leads, and what stands for it."""

    url: str
    text: str
    is_picture: bool = False

    @property
    def is_told(self) -> bool:
        """Return whether what stands for it is where it leads."""
        said = self.text.strip()
        return self.url in (said, f"mailto:{said}", f"https://{said}", f"http://{said}")


class Lead(NamedTuple):
    """What stands left of a block: a quotation, or an item of a list, which may have a number."""

    kind: LeadKind
    number: int = 0


class Block(NamedTuple):
    """What has lines of its own.

    Of its leads, from the left, so many have `begun` above it already; the signs of others stand
    beside its first line. `is_apart`: a blank line is above it. Of a table there are `cells`, the
    first so many rows of which are `heads`, and where in each column its cells are `aligned`.
    """

    kind: Kind
    spans: Inline = Lazy()
    leads: tuple[Lead, ...] = ()
    begun: int = 0
    is_apart: bool = False
    cells: Cells = Lazy()
    heads: int = 0
    aligned: Sequence[Align] = ()

    def says(self, title: str) -> bool:
        """Return whether it is a heading or a paragraph of just these words, and no link."""
        if self.kind not in ("heading", "text") or self.leads or not title:
            return False
        said, most = "", 2 * len(title) + _SPACE
        for each in self.spans:
            said += each.text
            if each.link or len(said) > most:
                return False
        return said.split() == title.split()


_ALIGNS: dict[str | None, Align] = {
    "text-align:left": "left", "text-align:center": "center", "text-align:right": "right",
}  # fmt: skip


def align(styles: Iterable[str | None]) -> Align:
    """Return where the cells of a column stand, by the styles of the first of them."""
    found = (_ALIGNS[each] for each in styles if each in _ALIGNS)
    return next(found, "left")


class Document:
    """Blocks and the links in them, read no further than they are looked at.

    `seen_links` are those of the blocks that were: the first has the number 1.
    """

    def __init__(self, blocks: Iterable[Block] = (), links: Sequence[Link] = ()) -> None:
        self.seen_links = links
        self._blocks = Lazy(blocks)

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks."""
        return iter(self._blocks)

    def below(self, title: str) -> "Document":
        """Return what stands below a title: a first block that says nothing else is left out.

        Where that leads anywhere, it stays.
        """
        return Document(self._below(title), self.seen_links)

    def _below(self, title: str) -> Iterator[Block]:
        blocks = self.blocks()
        for first in blocks:
            if not first.says(title):
                yield first
                break
            for second in blocks:
                yield second._replace(is_apart=False)
                break
            break
        yield from blocks

    def links(self) -> Sequence[Link]:
        """Return all links."""
        self._blocks.finish()
        return self.seen_links
