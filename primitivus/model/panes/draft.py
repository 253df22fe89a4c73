"""A post that is being written, as it will be read."""

import os
from pathlib import Path
from typing import Protocol

from backendd.api.records import Draft, Entry
from primitivus.model.blogs.post_drafts import name
from primitivus.model.files.local_files import NOT_LOOKED_AT
from primitivus.model.panes.pane import Pane
from primitivus.model.place import Place
from primitivus.model.scrolling.beyond import ALL_SHOWS, Beyond
from primitivus.model.xhtml.document import Document
from primitivus.model.xhtml.reading import read, read_text
from primitivus.sentences import tr

GONE = tr("it is no draft any more: it was published, or deleted")


class LaidOut(Protocol):
    """The rows of a draft, which are laid out as far as they are asked for."""

    def count(self, most: int) -> int:
        """Return how many rows there are, counted up to `most`."""
        ...


class DraftPane(Pane):
    """A draft, to scroll in; what becomes of its markup is asked for when it is in view."""

    context = "draft"
    is_titled = True
    exit = "back"

    def __init__(self, place: Place, draft: Draft, hint: str = "", leaving: str = "") -> None:
        self.place = place
        self.draft = draft
        # Which keys go on from here.
        self.hint = hint
        # Which one leaves it for now, where the backend keeps it.
        self.leaving = leaving
        # As it came from the editor, of the draft as it is; empty: it was saved elsewhere.
        self.text = ""
        # What in that can't be understood.
        self.problems: tuple[str, ...] = ()
        # Its files of this machine, as they were when they were looked at.
        self.files = NOT_LOOKED_AT
        # The post that it changes, whose files it may keep, and whether to ask for that.
        self.post: Entry | None = None
        self.asks_post = True
        # Why the backend doesn't keep it, or it can't be shown as it will be.
        self.error = ""
        self.is_saved = bool(draft.id)
        # Where it is, as long as the backend doesn't keep it.
        self.left: Path | None = None
        # Whom its blog is for, as far as that was told, and whether that is to be asked.
        self.readers = ""
        self.asks_readers = True
        self.is_asked = False
        # By which it is published once, however often that is tried.
        self.token = os.urandom(8).hex()
        self.document = Document()
        self.top = 0
        self.laid_out: LaidOut | None = None
        self._height = 1

    @property
    def caption(self) -> str:
        return tr("Draft: {name}", name=name(self.draft))

    @property
    def beyond(self) -> Beyond:
        if self.laid_out is None:
            return ALL_SHOWS
        return Beyond.of(self.laid_out.count(self.top + self._height + 1), self.top, self._height)

    @property
    def height(self) -> int:
        """How many rows are in view."""
        return self._height

    @property
    def page(self) -> int:
        return max(1, self._height - 2)

    @property
    def amiss(self) -> tuple[str, ...]:
        """What has to be put right in its head, or in its files where that is."""
        return self.problems or self.files.problems

    def write(self, draft: Draft, text: str, problems: tuple[str, ...]) -> None:
        """Hold what was written here, and is to be kept yet."""
        self._hold(draft, text, problems)
        self.is_saved = False

    def take_over(self, draft: Draft) -> None:
        """Hold a draft as the backend keeps it now, but for what was written here since."""
        if self.is_saved or draft.entry == self.draft.entry:
            self.saved(draft)

    def saved(self, draft: Draft) -> None:
        """Take note that what was written here is kept, and how."""
        if draft.entry == self.draft.entry:
            self.draft, self.error = draft, ""
        else:
            self._hold(draft, "", ())
        self.is_saved = True

    def gone(self) -> None:
        """Take note that it was published, or deleted, elsewhere."""
        self.error, self.is_saved = GONE, True

    def _hold(self, draft: Draft, text: str, problems: tuple[str, ...]) -> None:
        if (draft.service, draft.node) != (self.draft.service, self.draft.node):
            self.readers, self.asks_readers = "", True
        self.draft, self.text, self.problems = draft, text, problems
        self.error, self.is_asked = "", False
        self.files = NOT_LOOKED_AT
        self.token = os.urandom(8).hex()

    def preview(self, xhtml: str, body: str) -> None:
        """Show what becomes of its markup."""
        self.document = read(xhtml) or read_text(body)

    def scroll(self, rows: int) -> None:
        if self.laid_out is not None:
            wanted = max(0, self.top + rows)
            self.top = min(wanted, self._last(self.laid_out, wanted))

    def measured(self, laid_out: LaidOut, height: int, above: int) -> None:
        """Take over how high things are now; so many rows more are `above`, which move nothing."""
        self.laid_out, self._height = laid_out, height
        self.top += above if self.top else 0
        self.top = min(self.top, self._last(laid_out, self.top))

    def forget(self, account: str) -> None:
        if self.place.account == account and self.is_saved:
            self._hold(Draft(id=self.draft.id), "", ())
            self.document, self.laid_out = Document(), None

    def copy(self) -> "DraftPane":
        other = DraftPane(self.place, self.draft, self.hint, self.leaving)
        other.text, other.problems, other.error = self.text, self.problems, self.error
        other.token, other.top = self.token, self.top
        other.is_saved, other.left, other.post = self.is_saved, self.left, self.post
        return other

    def _last(self, laid_out: LaidOut, top: int) -> int:
        return max(0, min(top, laid_out.count(top + self._height) - self._height))
