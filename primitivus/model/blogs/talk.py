"""Where one is in a post, which is the first part of it, and in the comments below it."""

from backendd.api.records import Entry
from primitivus.model.blogs.comments import Comments
from primitivus.model.scrolling.column import Column, Heights
from primitivus.model.scrolling.edges import Edges
from primitivus.model.wording.paging import Paging

POST = 0
"""The part that is the post; comments are those that follow, and behind them comes what is told."""

# So many at most for one count that was typed.
_MOST_STEPS = 1000


class Talk:
    """The comments on a post as far as they are loaded, which of them is marked, and what shows."""

    def __init__(self) -> None:
        self.comments = Comments()
        self.paging = Paging()
        self.column = Column()
        self.edges = Edges()
        # The marked one, and where it stood: it may be gone.
        self._marked = ""
        self._at = 0
        # Whether it is to be in view as soon as it is there.
        self._sought = ""
        # Whether comments are wanted that are where comments of others are not.
        self.is_wanted = False
        # The revision of the long comment that was asked for last.
        self._whole = 0
        # The comment that stays where it is, at which row, and as of which version of them.
        self._anchor = "", 0
        self._version = 0
        # Whether all of the marked one was in view.
        self._was_whole = False

    @property
    def marked(self) -> Entry | None:
        """Return the marked comment, if one is."""
        place = self._place
        return self.comments.listed()[place].entry if place is not None else None

    @property
    def marked_part(self) -> int:
        """Return which part is marked; the post where no comment is."""
        place = self._place
        return POST if place is None else place + 1

    @property
    def _place(self) -> int | None:
        return self.comments.place(self._marked) if self._marked else None

    @property
    def wants_more(self) -> bool:
        """Return whether older comments are to be loaded: one is near the end of what is held."""
        is_near = self.column.part + self.column.height >= len(self.comments)
        return bool(self.comments.next) and is_near and self.paging.may_go_on

    @property
    def is_on_the_way(self) -> bool:
        """Return whether the marked one isn't among its neighbours yet, for which one waits."""
        is_coming = self.wants_more or (self.paging.is_awaiting and not self.paging.error)
        return is_coming and self.comments.is_alone(self._marked)

    def wants_whole(self, comment: Entry) -> bool:
        """Return whether a long comment, of which only its beginning is here, wasn't asked for."""
        is_wanted = comment.truncated and comment.revision != self._whole
        self._whole = comment.revision if is_wanted else self._whole
        return is_wanted

    def seen(self) -> list[Entry]:
        """Return the comments that are unread and show to their end."""
        shown = [each.part for each in self.column.view() if self._is_comment(each.part)]
        entries = ((part, self.comments.listed()[part - 1].entry) for part in shown)
        return [each for part, each in entries if each.unread and self.column.shows_end(part)]

    def begin(self, *, is_online: bool) -> int:
        """Note that a page is asked for; return by what its answer is known."""
        self.comments.expect()
        return self.paging.begin(is_online=is_online)

    def seek(self, comment: Entry) -> None:
        """Mark a comment, and have it in view as soon as that can be."""
        self.comments.find(comment)
        self.look_for(comment.id)

    def look_for(self, id: str) -> None:
        """Mark the comment of this id, and have it in view as soon as it is there."""
        self._marked = self._sought = id

    def mark(self, id: str) -> None:
        """Mark the comment of this id, which is in view, and stays where it is."""
        self._marked = id
        self._remember()

    def reveal(self, id: str) -> None:
        """Have the comment of this id in view as soon as it is there; what is marked stays so.

        What is said to something is not what the next command is about.
        """
        self._sought = id

    def unmark(self) -> bool:
        """Mark no comment; return whether one was."""
        was_marked, self._marked = bool(self._marked), ""
        return was_marked

    def to_comments(self) -> bool:
        """Mark the first comment; return whether there is one."""
        if len(self.comments):
            self.look_for(self.comments.listed()[0].entry.id)
        return bool(len(self.comments))

    def measured(self, heights: Heights, height: int) -> None:
        """Take over how high things are now; what one looks at stays where it is."""
        column, edges = self.column, self.edges
        self._mend(edges.lift(column, heights, height))
        part, is_whole = self._kept()
        edges.lay(column, self._unread, part)
        # With the lines there is less room.
        self._have(part, is_whole=is_whole)
        edges.count(column, self._unread)
        self._remember()

    def _kept(self) -> tuple[int, bool]:
        """Have in view what is to be there, and return it, and whether that is all of it."""
        sought = self.comments.place(self._sought) if self._sought else None
        if sought is not None:
            self._sought = ""
            self.column.reveal(sought + 1)
            return sought + 1, True
        part = self.marked_part
        if part == POST or self._anchor[0] != self._marked:
            return POST, False
        self._have(part, is_whole=self._was_whole)
        return part, self._was_whole

    def _have(self, part: int, *, is_whole: bool) -> None:
        column = self.column
        if part != POST and not (column.shows_end(part) if is_whole else column.shows(part)):
            column.reveal(part)

    @property
    def _unread(self) -> list[int]:
        """Return which parts are unread."""
        return [place + 1 for place in self.comments.unread()]

    def to_unread(self, *, is_below: bool) -> bool:
        """Mark the first unread comment above what shows, or below; return whether there is one."""
        self.edges.count(self.column, self._unread)
        many = self.edges.below if is_below else self.edges.above
        if many:
            self.look_for(self._id(self._unread[-many if is_below else 0]))
        return bool(many)

    def step(self, by: int) -> None:
        """Go down by so many rows or comments, up if negative."""
        self._mend()
        for _ in range(min(abs(by), _MOST_STEPS)):
            self._on() if by > 0 else self._back()
        self._remember()

    def scroll(self, rows: int) -> None:
        """Go down by so many rows, up if negative, and mark what is in view then."""
        self._mend()
        column = self.column
        column.scroll(rows)
        shown = [each.part for each in column.view() if self._is_comment(each.part)]
        is_far = abs(rows) > column.height
        if shown and is_far and rows > 0:
            self._mark(shown[-1])
        elif not shown or column.part == POST:
            if is_far or self.marked_part not in shown:
                self._marked = ""
        elif self.marked_part not in shown:
            begin = (each for each in shown if column.top_of(each) is not None)
            self._mark(next(begin, shown[0]))
        self._remember()

    def copy(self) -> "Talk":
        """Return another one that stands at the same place, and loads for itself."""
        other = Talk()
        other.column.part, other.column.offset = self.column.part, self.column.offset
        other.edges = self.edges.copy()
        other.comments.add(self.comments.page(), self.comments.next)
        other._marked, other._at = self._marked, self._at
        return other

    def _on(self) -> None:
        column, here = self.column, self.marked_part
        if here == POST and column.part != POST:
            # None is marked: one goes on where one looks.
            here = column.part if column.offset else column.part - 1
        is_read, following = here < column.part or column.shows_end(here), here + 1
        if is_read and self._is_comment(following):
            self._mark(following)
            column.reveal(following)
        else:
            column.scroll(1)

    def _back(self) -> None:
        part, column = self.marked_part, self.column
        if part == POST or column.top_of(part) is None:
            column.scroll(-1)
        elif part == POST + 1:
            self._marked = ""
            column.scroll(-1)
        else:
            self._mark(part - 1)
            if column.top_of(part - 1) is None:
                column.put(part - 1) if column.fits(part - 1) else column.scroll(-1)

    def _is_comment(self, part: int) -> bool:
        return POST < part <= len(self.comments)

    def _mark(self, part: int) -> None:
        self._marked = self._id(part)

    def _id(self, part: int) -> str:
        return self.comments.listed()[part - 1].entry.id

    def _remember(self) -> None:
        """Keep the place of what is to stay where it is: the marked comment, or the first one."""
        column, marked = self.column, self.marked_part
        self._version = self.comments.version
        self._at = max(0, marked - 1)
        row = column.top_of(marked) if marked else None
        self._was_whole = row is not None and column.shows_end(marked)
        if row is not None:
            self._anchor = self._marked, row
        elif self._is_comment(column.part):
            self._anchor = self._id(column.part), -column.offset
        else:
            self._anchor = "", 0

    def _mend(self, moved: int = 0) -> None:
        """Have what one looked at be where it was, or so far down, among other comments now."""
        if self.comments.version == self._version:
            return
        if self._marked and self._place is None and self._sought != self._marked:
            last = len(self.comments) - 1
            self._marked = self._id(min(self._at, last) + 1) if last >= 0 else ""
        anchor, row = self._anchor
        place = self.comments.place(anchor) if anchor else None
        if place is not None:
            self.column.put(place + 1, row + moved)
