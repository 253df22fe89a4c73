"""A post that is being written: how it stands with it, and below that how it will be read."""

from collections.abc import Iterator

from backendd.api.records import Draft, Entry
from primitivus.model.accounts.account import Account
from primitivus.model.blogs.blogs import MICROBLOG, blog_name
from primitivus.model.blogs.post_drafts import feed_of_draft
from primitivus.model.files import kept_files, local_files
from primitivus.model.files.local_files import enclosure
from primitivus.model.files.pictures import Wanted
from primitivus.model.files.transfers import Transfers
from primitivus.model.panes.draft import DraftPane
from primitivus.model.scrolling.column import Stretch
from primitivus.model.wording.times import now_us
from primitivus.sentences import tr
from primitivus.widgets.blogs.byline import EntryLook
from primitivus.widgets.blogs.post import MARGIN, MOST_COLUMNS, entry_look, laid_out
from primitivus.widgets.drawing.cells import Row, fill, single_line
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.messages.attachments import Moved
from primitivus.widgets.scene import Scene

_Line = tuple[str, str]


class DraftRows:
    """What is told of a draft, and the rows of the post below."""

    def __init__(
        self, head: list[Row], pane: DraftPane, entry: Entry, look: EntryLook, moved: Moved
    ) -> None:
        self._of = (pane.draft, pane.document, pane.files, pane.post, look, dict(moved))
        self.head = head
        self._files, self._post = laid_out(entry, pane.document, look, moved)

    def is_of(self, pane: DraftPane, look: EntryLook, moved: Moved) -> bool:
        """Return whether they are those of a pane with this look, as far as its files are read."""
        now = (pane.draft, pane.document, pane.files, pane.post, look, dict(moved))
        return self._of == now and self._files.is_so

    def count(self, most: int) -> int:
        head = len(self.head)
        return min(most, head + self._post.count(max(0, most - head)))

    def page(self, top: int, height: int) -> list[Row]:
        """Return so many rows from `top` on, fewer where it ends."""
        head = self.head[top : top + height]
        start = max(0, top - len(self.head))
        return [*head, *self._post.some(start, height - len(head))]

    def pictures(self, top: int, height: int) -> list[Wanted]:
        """Return the pictures whose files are in so many rows from `top` on."""
        first = top - len(self.head)
        return list(self._files.pictures(Stretch(0, max(0, first), height + min(0, first))))


def measure(scene: Scene, pane: DraftPane, columns: int, height: int) -> None:
    """Let the pane know how much it has to show at this width."""
    if scene.state.at(pane.place).is_locked:
        pane.laid_out = None
        return
    room = max(2, min(columns - 2 * MARGIN, MOST_COLUMNS))
    own = scene.state.at(pane.place).profile.jid
    look = entry_look(scene, room)
    head = [*_head(scene, pane, room), ((("pane.border", scene.symbols.rule * room)),), ()]
    rows = pane.laid_out
    transfers = scene.state.at(pane.place).of(Transfers)
    moved = {
        **kept_files.moved(pane.draft, pane.post, transfers),
        **local_files.moved(pane.draft, pane.files),
    }
    if not isinstance(rows, DraftRows) or not rows.is_of(pane, look, moved):
        rows = DraftRows(head, pane, _entry(pane, own), look, moved)
    above, rows.head = len(head) - len(rows.head), head
    pane.measured(rows, height, above)


def pictures(pane: DraftPane) -> list[Wanted]:
    """Return the pictures whose files are in view."""
    rows = pane.laid_out
    return rows.pictures(pane.top, pane.height) if isinstance(rows, DraftRows) else []


def draw(scene: Scene, pane: DraftPane, columns: int, height: int) -> list[Row]:
    """Return exactly `height` rows, from the first one in view on."""
    rows = pane.laid_out
    shown = rows.page(pane.top, height) if isinstance(rows, DraftRows) else []
    margin = ("default", " " * MARGIN)
    return [fill((margin, *row), columns) for row in (*shown, *[()] * height)][:height]


def _head(scene: Scene, pane: DraftPane, columns: int) -> Iterator[Row]:
    for style, said in _told(scene, pane):
        text = single_line(said)
        yield from wrap_runs(text, [(style, len(text))], columns)


def _told(scene: Scene, pane: DraftPane) -> Iterator[_Line]:
    """Yield how it stands with a draft, where it goes, and what keys do with it."""
    account, draft = scene.state.at(pane.place), pane.draft
    if pane.error:
        yield "message.error", pane.error
    if pane.left is not None and not pane.is_saved:
        yield "message.error", tr("What you wrote is in {left}", left=pane.left)
    if not pane.is_asked and scene.state.backend.is_lost:
        yield "message.error", tr("How it will be read is shown once the backend runs")
    for each in pane.amiss:
        yield "message.error", each
    yield "message.info", _goes_to(pane, _where(account, draft))
    if not draft.entry.get("comments", True):
        yield "message.info", tr("There can be no comments on it.")
    if hint := "; ".join(filter(None, (pane.hint, pane.leaving if pane.is_saved else ""))):
        yield "hint", hint


def _goes_to(pane: DraftPane, where: str) -> str:
    """Return which post of which blog it will be, and for whom."""
    if pane.draft.entry.get("id"):
        return tr('A change of a post in "{where}", which is not published yet.', where=where)
    if not pane.readers:
        return tr('This is not published yet; it goes to "{where}".', where=where)
    return tr(
        'This is not published yet; it goes to "{where}": {readers}.',
        where=where,
        readers=pane.readers,
    )


def _where(account: Account, draft: Draft) -> str:
    return blog_name(account, feed_of_draft(draft, account.profile.jid))


def _entry(pane: DraftPane, own: str) -> Entry:
    """Return the entry that a draft would be."""
    entry = pane.draft.entry
    return Entry(
        service=pane.draft.service or own,
        node=pane.draft.node or MICROBLOG,
        title=str(entry.get("title", "")),
        author=own,
        author_verified=True,
        published=pane.draft.updated or now_us(),
        updated=pane.draft.updated or now_us(),
        tags=list(map(str, entry.get("tags", ()))),
        attachments=[
            *kept_files.enclosures(pane.draft, pane.post),
            *(enclosure(str(each), pane.files) for each in entry.get("files", ())),
        ],
    )
