"""The files of an entry of a blog, below what it says: a picture that is here below its name."""

from collections.abc import Iterator, Sequence

from backendd.api.records import Entry
from backendd.api.tuples import NamedTuple
from primitivus.model.blogs.entry_files import files_of
from primitivus.model.files.pictures import Read, Wanted
from primitivus.model.scrolling.column import Stretch
from primitivus.widgets.blogs.byline import EntryLook
from primitivus.widgets.drawing.cells import Row
from primitivus.widgets.messages.attachments import NOTHING, Brought, Moved, drawn


class _Shown(NamedTuple):
    """A picture, and the rows in which its file stands among all of its entry."""

    rows: range
    wanted: Wanted


class EntryFiles:
    """Those of an entry as they are now: they are the same as others if all of it is."""

    def __init__(self, entry: Entry, look: EntryLook, moved: Moved = NOTHING) -> None:
        self.of = (entry, look, dict(moved))
        self._files: Sequence[Brought] = [
            drawn(each, moved.get(each.index), look, look.columns) for each in files_of(entry)
        ]
        self._gallery = look.gallery
        self._seen = self._reads()
        self._shown: list[_Shown] = []

    @property
    def is_so(self) -> bool:
        """Whether no picture has been read since."""
        return self._seen == self._reads()

    def rows(self, above: Sequence[Row]) -> Iterator[Row]:
        """Yield their rows, and take note where they are, below all that is in `above` by then."""
        for file in self._files:
            start = len(above)
            self._shown += [
                _Shown(range(start, start + len(file.rows)), each) for each in file.pictures
            ]
            yield from file.rows

    def pictures(self, in_view: Stretch) -> Iterator[Wanted]:
        """Yield the pictures whose files are in view."""
        first, last = in_view.first, in_view.first + in_view.rows
        for each in self._shown:
            if each.rows.start < last and each.rows.stop > first:
                yield each.wanted

    def _reads(self) -> tuple[Read | None, ...]:
        if self._gallery is None:
            return ()
        return tuple(self._gallery.get(each) for file in self._files for each in file.pictures)
