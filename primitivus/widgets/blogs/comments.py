"""Comments below a post: who says what, and to whom."""

from collections.abc import Iterator
from dataclasses import replace

from primitivus.model.blogs.comments import Comment
from primitivus.model.panes.post import document
from primitivus.model.xhtml.reading import read_text
from primitivus.sentences import tr
from primitivus.widgets.blogs import byline
from primitivus.widgets.blogs.byline import EntryLook
from primitivus.widgets.blogs.xhtml.inline import wrapped
from primitivus.widgets.blogs.xhtml.rows import LEAD, lay_out
from primitivus.widgets.drawing.cells import Row, Segment, single_line, width
from primitivus.widgets.drawing.lazy_rows import LazyRows

# What answers something stands in; deeper talks take no more than such a part of the columns.
_MOST_PART = 4
# So many are kept as they were laid out.
_KEPT = 500


class CommentRows:
    """The rows of comments, laid out as far as they are asked for."""

    def __init__(self) -> None:
        self._look: EntryLook | None = None
        self._kept: dict[str, tuple[Comment, LazyRows]] = {}

    def of(self, comment: Comment, look: EntryLook) -> LazyRows:
        """Return those of a comment as it is now."""
        if look != self._look or len(self._kept) > _KEPT:
            self._look = look
            self._kept.clear()
        known = self._kept.get(comment.entry.id)
        if known is None or known[0] != comment:
            known = comment, LazyRows(_rows(comment, look))
            self._kept[comment.entry.id] = known
        return known[1]


def _rows(comment: Comment, look: EntryLook) -> Iterator[Row]:
    lead = _lead(comment, look)
    inner = replace(look, columns=max(2, look.columns - width(lead[1])))
    if not comment.depth or comment.is_apart:
        yield ()
    for row in _said(comment, inner, is_cut=width(lead[1]) < 2 * comment.depth):
        yield (lead, *row) if lead[1] else row


def _lead(comment: Comment, look: EntryLook) -> Segment:
    step = f"{look.symbols.border} "
    levels = min(comment.depth, look.columns // _MOST_PART // width(step))
    return LEAD, step * levels


def _said(comment: Comment, look: EntryLook, *, is_cut: bool) -> Iterator[Row]:
    entry = comment.entry
    yield from byline.segments(list(_head(comment, look, is_cut=is_cut)), look.columns)
    for text, style in byline.state(entry):
        yield from wrapped(text, [(style, len(text))], look.columns)
    says_more = bool(entry.body or entry.xhtml)
    if says_more and entry.title and not entry.body.startswith(entry.title.removesuffix("…")):
        yield from lay_out(read_text(entry.title), look.columns, look.symbols)
    said = document(entry)
    yield from lay_out(said, look.columns, look.symbols)
    for number, link in enumerate(said.links(), 1):
        if not link.is_told:
            yield from byline.link(f"[{number}]", link.url, look)
    if entry.truncated:
        yield (("hint", look.symbols.ellipsis),)


def _head(comment: Comment, look: EntryLook, *, is_cut: bool) -> Iterator[Segment]:
    """Yield who said it when; to whom as well, where the place of it doesn't say that."""
    entry, answered = comment.entry, comment.answered
    if comment.is_new:
        yield "line.new", f"{look.symbols.unread} "
    yield from byline.author(entry, look)
    yield from byline.when(entry)
    if likes := list(byline.counts(entry, look)):
        yield from (("default", "  "), *likes)
    if comment.is_apart:
        yield "message.info", "  " + tr("answers one that isn't here")
    elif is_cut and answered is not None:
        yield (
            "message.info",
            "  " + tr("to {who}", who=single_line(answered.author_name or answered.author)),
        )
