"""One post of a blog: what it is called and by whom, what it says, its files and its links."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from backendd.api.records import Entry
from primitivus.model.accounts.link import NOT_RUNNING
from primitivus.model.blogs import discussion
from primitivus.model.blogs.discussions import Discussions
from primitivus.model.blogs.entry_links import other_links
from primitivus.model.blogs.posts import hashtag
from primitivus.model.blogs.talk import POST
from primitivus.model.files.pictures import Wanted
from primitivus.model.files.transfers import Transfers
from primitivus.model.panes.post import PostPane
from primitivus.model.screen.touch import Choice
from primitivus.model.wording.enumerating import joined
from primitivus.model.xhtml.document import Document
from primitivus.sentences import ntr, tr
from primitivus.widgets.blogs import byline
from primitivus.widgets.blogs.byline import EntryLook
from primitivus.widgets.blogs.comments import CommentRows
from primitivus.widgets.blogs.entry_files import EntryFiles
from primitivus.widgets.blogs.xhtml.inline import wrapped
from primitivus.widgets.blogs.xhtml.rows import lay_out
from primitivus.widgets.drawing import edges
from primitivus.widgets.drawing.cells import Row, Segment, fill, fit, single_line
from primitivus.widgets.drawing.lazy_rows import LazyRows
from primitivus.widgets.drawing.touching import row_of
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.messages.attachments import NOTHING, Moved
from primitivus.widgets.scene import Scene

# Left and right of what is said.
MARGIN = 1
# Lines are no longer, however wide the screen is: eyes lose them.
MOST_COLUMNS = 100


class PostParts:
    """A post, the comments on it, and what is told below them, as parts of a column."""

    def __init__(self, pane: PostPane) -> None:
        self._pane = pane
        self._comments = CommentRows()
        self._files: EntryFiles | None = None
        self._post = LazyRows(iter(()))
        self._look: EntryLook | None = None
        self._told: list[Row] = []

    def use(self, entry: Entry, look: EntryLook, moved: Moved, *, is_lost: bool) -> None:
        """Lay out the post as it is now, with this look, and how far its files are.

        `is_lost`: no backend is there, which could be asked for what is said to it.
        """
        files, self._look = self._files, look
        if files is None or files.of != (entry, look, moved) or not files.is_so:
            self._files, self._post = laid_out(entry, self._pane.document, look, moved)
        self._told = list(_below(self._pane, look, is_lost=is_lost))

    def parts(self) -> int:
        return len(self._pane.talk.comments) + 2

    def rows(self, part: int, most: int) -> int:
        return self._of(part).count(most)

    def page(self) -> Iterator[Row]:
        """Yield the rows in view, beside those of the marked comment a sign."""
        talk, look = self._pane.talk, self._look
        comments = talk.comments.listed()
        for part, first, many in talk.column.view():
            is_marked = part == talk.marked_part != POST
            for row in self._of(part).some(first, many):
                is_begun = is_marked and row and look is not None
                sign = look.symbols.border_focused if is_begun and look is not None else " "
                shown = (("pane.border.focused" if is_begun else "default", sign), *row)
                is_comment = POST < part <= len(comments)
                yield row_of(Choice(comments[part - 1].entry.id), shown) if is_comment else shown

    def pictures(self) -> list[Wanted]:
        """Return those whose files are in view."""
        seen = [each for each in self._pane.talk.column.view() if each.part == POST]
        return [one for each in seen for one in self._files.pictures(each)] if self._files else []

    def _of(self, part: int) -> LazyRows:
        comments = self._pane.talk.comments.listed()
        if part == POST or self._look is None:
            return self._post
        if part > len(comments):
            return LazyRows(iter(self._told))
        return self._comments.of(comments[part - 1], self._look)


def measure(scene: Scene, pane: PostPane, columns: int, height: int) -> None:
    """Let the pane know how much it has to show at this width."""
    entry = pane.entry
    if entry is None:
        pane.laid_out = None
        return
    room = max(2, min(columns - 2 * MARGIN, MOST_COLUMNS))
    parts = pane.laid_out if isinstance(pane.laid_out, PostParts) else PostParts(pane)
    moved = scene.state.at(pane.place).of(Transfers).of_entry(entry)
    is_muted = scene.state.at(pane.place).of(Discussions).is_muted(entry.uri)
    look = replace(entry_look(scene, room), is_muted=is_muted)
    parts.use(entry, look, moved, is_lost=scene.state.backend.is_lost)
    pane.measured(parts, height)


def draw(scene: Scene, pane: PostPane, columns: int, height: int) -> list[Row]:
    """Return exactly `height` rows, from the first one in view on."""
    parts = pane.laid_out
    if isinstance(parts, PostParts):
        shown = _edged(scene, pane, list(parts.page()), columns)
    else:
        said, style = (pane.error, "message.error") if pane.error else ("asking", "hint")
        text = single_line(joined(said, pane.kept))
        margin: Segment = ("default", " " * MARGIN)
        rows = wrap_runs(text, [(style, len(text))], max(2, columns - 2 * MARGIN))
        shown = [(margin, *row) for row in rows]
    return [fill(row, columns) for row in (*shown, *[()] * height)][:height]


def _edged(scene: Scene, pane: PostPane, rows: list[Row], columns: int) -> list[Row]:
    """Return rows with the lines that tell what is unread above them and below."""
    told, symbols, is_drawn = pane.talk.edges, scene.symbols, scene.settings.decorations
    line = partial(edges.rule, columns=columns, symbols=symbols, is_drawn=is_drawn)
    above = (
        [edges.above(line, symbols, ("comments", told.above), "unread above")]
        if told.tells_above
        else []
    )
    below = (
        [edges.below(line, symbols, ("comments", told.below), "unread below")]
        if told.tells_below
        else []
    )
    return [*above, *rows, *below]


def pictures(pane: PostPane) -> list[Wanted]:
    """Return the pictures whose files are in view."""
    return pane.laid_out.pictures() if isinstance(pane.laid_out, PostParts) else []


def entry_look(scene: Scene, columns: int) -> EntryLook:
    """Return how an entry looks that has so many columns."""
    gallery = scene.gallery if scene.settings.pictures != "off" else None
    return EntryLook(columns, scene.symbols, scene.nick_style, gallery)


def laid_out(
    entry: Entry, document: Document, look: EntryLook, moved: Moved = NOTHING
) -> tuple[EntryFiles, LazyRows]:
    """Return the rows of a post, from its title to its links, and its files among them."""
    above: list[Row] = []
    files = EntryFiles(entry, look, moved)
    return files, LazyRows(_post(entry, document, look, files.rows(above)), above)


def _post(entry: Entry, document: Document, look: EntryLook, files: Iterator[Row]) -> Iterator[Row]:
    for text, style in _titles(entry):
        yield from wrapped(text, [(style, len(text))], look.columns)
    yield from byline.segments(byline.written(entry, look), look.columns)
    if entry.tags:
        tags = " ".join(hashtag(single_line(each)) for each in entry.tags)
        yield from byline.segments([("message.info", tags)], look.columns)
    if counts := list(byline.counts(entry, look)):
        yield from byline.segments(counts, look.columns)
    if look.is_muted:
        muted = tr("{muted} what is said to it makes no noise", muted=look.symbols.muted)
        yield from byline.segments([("message.info", muted)], look.columns)
    # Many programs write a title once more, as the first heading of the text.
    yield from _parted(lay_out(document.below(entry.title), look.columns, look.symbols))
    yield from _parted(files)
    yield from _parted(_links(entry, document, look))
    yield from _rule(entry, look)


def _titles(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.title:
        yield single_line(entry.title), "post.title"
    yield from byline.state(entry)


def _rule(entry: Entry, look: EntryLook) -> Iterator[Row]:
    """Yield what parts the post from what is said to it."""
    if not entry.comments_node:
        return
    rule, many = look.symbols.rule, discussion.comments(entry)
    said = ntr("{n} comment", "{n} comments", many) if many else tr("comments")
    text = fit(f"{rule * 2} {said} " + rule * look.columns, look.columns, rule)
    yield ()
    yield (("line.day", text),)


def _below(pane: PostPane, look: EntryLook, *, is_lost: bool) -> Iterator[Row]:
    """Yield what is told of comments that are not there, or not yet."""
    entry, paging = pane.entry, pane.talk.paging
    if entry is None or not entry.comments_node:
        return
    if not pane.wants_comments:
        said, style = (
            tr("they are at {service}: :comments asks for them", service=entry.comments_service),
            "hint",
        )
    elif paging.error:
        said, style = paging.error, "message.error"
    elif paging.is_awaiting and is_lost:
        said, style = NOT_RUNNING, "message.error"
    elif paging.is_awaiting:
        said, style = tr("asking{ellipsis}", ellipsis=look.symbols.ellipsis), "hint"
    elif not len(pane.talk.comments):
        said, style = tr("nobody has said anything to it yet"), "message.info"
    elif paging.is_offline:
        said, style = paging.told, "message.info"
    else:
        return
    yield ()
    yield from byline.segments([(style, single_line(said))], look.columns)


def _links(entry: Entry, document: Document, look: EntryLook) -> Iterator[Row]:
    numbers: dict[str, int] = {}
    for number, link in enumerate(document.links(), 1):
        numbers[link.url] = number
        yield from byline.link(f"[{number}]", link.url, look)
    for rel, href in other_links(entry):
        number = numbers.setdefault(href, len(numbers) + 1)
        yield from byline.link(f"[{number}] {rel or 'related'}:", href, look)


def _parted(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield rows with a blank one above, if there are any."""
    for number, row in enumerate(rows):
        if number == 0:
            yield ()
        yield row
