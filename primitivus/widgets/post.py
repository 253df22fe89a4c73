"""One post of a blog: what it is called and by whom, what it says, its files and its links."""

from collections.abc import Iterator
from itertools import islice

from backendd.api import sizes
from backendd.api.records import Enclosure, Entry
from backendd.api.values import Value
from primitivus.model import discussion
from primitivus.model.counting import counted
from primitivus.model.panes.post import PostPane, other_links
from primitivus.model.times import clock
from primitivus.model.xhtml.document import Document
from primitivus.themes.symbols import Symbols
from primitivus.widgets import linking
from primitivus.widgets.cells import Row, Segment, fill, printable, single_line
from primitivus.widgets.scene import Scene
from primitivus.widgets.wrap import wrap_runs
from primitivus.widgets.xhtml.inline import wrapped
from primitivus.widgets.xhtml.rows import lay_out

_FORM = "%Y-%m-%d %H:%M"
# Left and right of what is said.
_MARGIN = 1
# Lines are no longer, however wide the screen is: eyes lose them.
_MOST_COLUMNS = 100
# What was changed so soon after it was written isn't told to be.
_SOON_US = 60_000_000
_STATES = {"pending": "it waits to be published", "failed": "it was not published"}


class PostLook(Value):
    """All that decides about the rows of a post but the post itself."""

    columns: int
    symbols: Symbols
    author_style: str


class PostRows:
    """The rows of a post, laid out as far as they are asked for, and kept."""

    def __init__(self, entry: Entry, document: Document, look: PostLook) -> None:
        self.entry = entry
        self.look = look
        self._rows: list[Row] = []
        self._rest = _all(entry, document, look)

    def count(self, most: int) -> int:
        missing = most - len(self._rows)
        if missing > 0:
            self._rows += islice(self._rest, missing)
        return min(most, len(self._rows))

    def page(self, top: int, height: int) -> list[Row]:
        """Return so many rows from `top` on, fewer where it ends."""
        self.count(top + height)
        return self._rows[top : top + height]


def measure(scene: Scene, pane: PostPane, columns: int, height: int) -> None:
    """Let the pane know how much it has to show at this width."""
    entry = pane.entry
    if entry is None:
        pane.laid_out = None
        return
    room = max(2, min(columns - 2 * _MARGIN, _MOST_COLUMNS))
    look = PostLook(room, scene.symbols, scene.nick_style(entry.author))
    rows = pane.laid_out
    if not isinstance(rows, PostRows) or rows.entry is not entry or rows.look != look:
        rows = PostRows(entry, pane.document, look)
    pane.measured(rows, height)


def draw(scene: Scene, pane: PostPane, columns: int, height: int) -> list[Row]:
    """Return exactly `height` rows, from the first one in view on."""
    rows = pane.laid_out
    if isinstance(rows, PostRows):
        shown = rows.page(pane.top, height)
    else:
        said, style = (pane.error, "message.error") if pane.error else ("asking", "hint")
        text = single_line(said)
        shown = wrap_runs(text, [(style, len(text))], max(2, columns - 2 * _MARGIN))
    margin: Segment = ("default", " " * _MARGIN)
    return [fill((margin, *row), columns) for row in (*shown, *[()] * height)][:height]


def _all(entry: Entry, document: Document, look: PostLook) -> Iterator[Row]:
    for text, style in _titles(entry):
        yield from wrapped(text, [(style, len(text))], look.columns)
    yield from _segments(_byline(entry, look), look.columns)
    if entry.tags:
        tags = " ".join(f"#{single_line(each)}" for each in entry.tags)
        yield from _segments([("message.info", tags)], look.columns)
    if counts := list(_counts(entry, look)):
        yield from _segments(counts, look.columns)
    yield ()
    yield from lay_out(document, look.columns, look.symbols)
    yield from _parted(_files(entry, look))
    yield from _parted(_links(entry, document, look))


def _titles(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.title:
        yield single_line(entry.title), "post.title"
    if said := _STATES.get(entry.state):
        why = f": {entry.error[1]}" if entry.error[1] else ""
        is_failed = entry.state == "failed"
        yield single_line(f"{said}{why}"), "message.error" if is_failed else "message.info"


def _byline(entry: Entry, look: PostLook) -> Iterator[Segment]:
    """Yield who wrote it and when; what nothing shows to be true has a sign."""
    name, jid = single_line(entry.author_name), single_line(entry.author or entry.service)
    yield look.author_style, name or jid
    if name and name != jid:
        yield "message.info", f" {jid}"
    if not entry.author_verified:
        yield "message.error", " ?"
        if entry.publisher not in ("", entry.author):
            yield "message.error", f" put there by {single_line(entry.publisher)}"
    if entry.service != entry.author and entry.author:
        yield "message.info", f"  at {single_line(entry.service)}"
    yield "message.time", f"  {clock(entry.published, _FORM)}"
    if entry.updated - entry.published > _SOON_US:
        yield "message.time", f", edited {clock(entry.updated, _FORM)}"


def _counts(entry: Entry, look: PostLook) -> Iterator[Segment]:
    """Yield how many like it and have said something to it, if any have."""
    many = discussion.likes(entry)
    if many:
        style = "reaction.own" if discussion.is_liked(entry) else "reaction"
        yield style, f"{look.symbols.likes} {many}"
        yield "message.info", ", you too" if discussion.is_liked(entry) else ""
    if said := discussion.comments(entry):
        yield "message.info", f"{'  ' * bool(many)}{counted(said, 'comment', 'comments')}"


def _files(entry: Entry, look: PostLook) -> Iterator[Row]:
    for each in entry.attachments:
        way = linking.link(each.url)
        file = [("message.info", f"{look.symbols.file} "), (way, _name(each))]
        about = (single_line(each.mime), sizes.shown(each.size) if each.size else "")
        yield from _segments(
            [*file, *(("message.info", f"  {said}") for said in about if said)], look.columns
        )


def _name(file: Enclosure) -> str:
    return single_line(file.title or file.url.rpartition("/")[2] or file.url)


def _links(entry: Entry, document: Document, look: PostLook) -> Iterator[Row]:
    for number, link in enumerate(document.links(), 1):
        yield from _link(f"[{number}]", link.url, look)
    for rel, href in other_links(entry):
        yield from _link(f"{rel or 'related'}:", href, look)


def _link(label: str, url: str, look: PostLook) -> Iterator[Row]:
    parts = [("message.info", f"{single_line(label)} "), (linking.link(url), single_line(url))]
    yield from _segments(parts, look.columns)


def _segments(parts: Iterator[Segment] | list[Segment], columns: int) -> Iterator[Row]:
    found = list(parts)
    text = "".join(said for _, said in found)
    if printable(text) != text:
        text = printable(text)
        found = [("message.info", text)]
    yield from wrapped(text, [(style, len(said)) for style, said in found], columns)


def _parted(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield rows with a blank one above, if there are any."""
    for number, row in enumerate(rows):
        if number == 0:
            yield ()
        yield row
