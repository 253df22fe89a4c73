"""The files of a directory, as a list to choose from that narrows down while one types."""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from backendd.api.tuples import NamedTuple
from backendd.api.values import Mutable, field
from primitivus.model.panes.pane import Focus
from primitivus.model.popups.listing import Entry, Listing, Part
from primitivus.model.search.fuzzy import rank
from primitivus.model.wording.homely import from_home
from primitivus.model.wording.quoting import quote
from primitivus.model.wording.written import as_size
from primitivus.sentences import ntr, tr

# So many show; of more one types some letters.
MOST = 200
PARENT = ".."
_ENTER, _SEND = "choose-file", "send-file"


class DirectoryEntry(NamedTuple):
    """A file, or a folder; `modified` in seconds, of a folder 0."""

    name: str
    is_folder: bool = False
    size: int = 0
    modified: float = 0.0


class Folders(Mutable):
    """Where a file was chosen last, and which folder was looked into last, if one was."""

    chosen: str = ""
    seen: str = ""

    def forget(self, folder: str) -> None:
        """Have no file be chosen there: it can't be looked into."""
        if self.chosen == folder:
            self.chosen = ""


class FileChooser(Listing):
    """Enter sends a file, or goes into a folder; `entries` is None until the disk has answered.

    Hidden ones show where a dot is typed first, and two dots are the folder above.
    """

    directory: str = field(kw_only=True)
    # The one that was looked into before is marked first.
    folders: Folders = field(kw_only=True)
    entries: Sequence[DirectoryEntry] | None = None
    _found: Sequence[Part] = ()
    _found_for: str | None = None
    context: ClassVar[Focus] = "chooser"
    # What is sent is looked at first.
    opens_at_once: ClassVar[bool] = False

    @property
    def parent(self) -> str:
        """Return the directory above."""
        return os.path.dirname(self.directory)

    @property
    def folder(self) -> str:
        """Return the folder that is chosen, nothing where none is."""
        return self._path_for(_ENTER)

    @property
    def file(self) -> str:
        """Return the file that is chosen, nothing where none is."""
        return self._path_for(_SEND)

    def _path_for(self, command: str) -> str:
        chosen = self.chosen
        is_so = chosen is not None and chosen.run.startswith(f"{command} ")
        return chosen.about if chosen is not None and is_so else ""

    def take(self) -> str:
        """Return the file that is chosen, and have the next be looked for where it is."""
        if self.file:
            self.folders.chosen = self.directory
        return self.file

    def enter(self) -> str:
        self.take()
        return super().enter()

    def fill(self, entries: Sequence[DirectoryEntry]) -> None:
        """Show what is in the directory."""
        self.entries, self._found_for = entries, None
        if not self.editor.text:
            names = [each.about for each in self.choices()]
            seen = self.folders.seen
            self.selected = names.index(seen) if seen in names else 0
        self.folders.seen = self.directory

    def found(self) -> Sequence[Part]:
        # It is asked for several times each frame, and there may be thousands.
        if self._found_for != self.editor.text:
            self._found = tuple(self._parts(self.editor.text.strip()))
            self._found_for = self.editor.text
        return self._found

    def _parts(self, typed: str) -> Iterator[Part]:
        title = from_home(self.directory)
        if self.entries is None:
            yield Part(title, (_said(tr("the disk has not answered yet")),))
            return
        if typed == PARENT:
            yield Part(title, (self._entry(DirectoryEntry(PARENT, is_folder=True)),))
            return
        is_hidden_meant = typed.startswith(".")
        there = [e for e in self.entries if is_hidden_meant or not e.name.startswith(".")]
        fit = rank(typed, ((each, each.name) for each in there)) if typed else there
        shown = [self._entry(each) for each in fit[:MOST]]
        if more := len(fit) - len(shown):
            shown.append(
                _said(
                    ntr(
                        "{n} more: some letters of a name find it",
                        "{n} more: some letters of a name find it",
                        more,
                    )
                )
            )
        if not shown:
            hidden = len(self.entries) - len(there)
            why = tr("nothing here matches this") if typed else tr("no files are here")
            shown.append(
                _said(tr("{why}; hidden ones show after a dot", why=why) if hidden else why)
            )
        yield Part(title, tuple(shown))

    def _entry(self, entry: DirectoryEntry) -> Entry:
        path = self.parent if entry.name == PARENT else os.path.join(self.directory, entry.name)
        if entry.is_folder:
            return Entry((("popup.key", f"{entry.name}/"),), f"{_ENTER} {quote(path)}", path)
        about = f"  {as_size(entry.size)}  {_day(entry.modified)}"
        return Entry((("popup", entry.name), ("hint", about)), f"{_SEND} {quote(path)}", path)


def _day(seconds: float) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds):%Y-%m-%d}"
    except (OverflowError, OSError, ValueError):  # a disk may say anything
        return ""


def _said(text: str) -> Entry:
    return Entry((("hint", text),))
