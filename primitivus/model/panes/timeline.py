"""Posts of blogs, one below the other: of all that are followed, of one, or those found."""

from collections.abc import Callable, Hashable, Sequence
from typing import Self

from backendd.api.records import Entry
from primitivus.model.blogs.blogs import Feed, blog_of, feed_of
from primitivus.model.blogs.post_sources import Followed, OneBlog, Source
from primitivus.model.blogs.posts import Posts, key_of
from primitivus.model.panes.pane import Pane
from primitivus.model.place import Place
from primitivus.model.scrolling.beyond import Beyond
from primitivus.model.scrolling.rolling import held, rolled
from primitivus.model.wording.paging import Paging
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr

# A list keeps at least so many rows.
_LEAST = 3


class TimelinePane(Pane):
    """A list to move in, newest first; more of it is loaded when one comes near its end."""

    context = "timeline"
    is_titled = True
    exit = "back"

    def __init__(self, place: Place, source: Source) -> None:
        self.place = place
        self.source = source
        self.posts = Posts()
        self.top = 0
        self.paging = Paging()
        # Whom it is for, as far as that is told, and whether that is to be asked.
        self.readers = ""
        self.asks_readers = True
        # Whether all that the marked one says is on the screen.
        self.is_read_through = False
        self._height = 1
        # What came above what shows and wasn't in view yet, how much of that is unread, and whether
        # a line tells of it, in place of the first row.
        self._come: set[str] = set()
        self.above = 0
        self.tells_above = False
        # The marked one, and where it stood: it may be gone.
        self._marked = ""
        self._at = 0

    @property
    def view(self) -> Hashable:
        return self.context, self.place.account, self.source.view

    def reopened(self, anew: Self) -> None:
        super().reopened(anew)
        self.reload()  # nobody tells of a blog that isn't followed

    @property
    def caption(self) -> str:
        whom = f", {self.readers}" if self.readers else ""
        # A narrow screen has the first words of it alone; below the last post it stands whole.
        old = tr("can't be read any more") if self.paging.refusal else self.paging.age
        age = f" ({old})" if old else ""
        return f"{self.source.title}{whom}{age}"

    @property
    def beyond(self) -> Beyond:
        return Beyond.of(len(self.posts), self.top, self._height)

    @property
    def page(self) -> int:
        return max(1, self._height - 1)

    @property
    def feed(self) -> Feed | None:
        """Return the blog that is shown, or that of the marked post."""
        if isinstance(self.source, OneBlog):
            return self.source.feed
        return blog_of(self.chosen) if self.chosen is not None else None

    @property
    def selected(self) -> int:
        """Return the place of the marked one, or of what stands there now."""
        listed = self.posts.listed()
        if self._at < len(listed) and key_of(listed[self._at]) == self._marked:
            return self._at
        found = (at for at, each in enumerate(listed) if key_of(each) == self._marked)
        self._at = next(found, max(0, min(self._at, len(listed) - 1)))
        return self._at

    @property
    def chosen(self) -> Entry | None:
        """Return the marked post."""
        listed = self.posts.listed()
        return listed[self.selected] if listed else None

    def scroll(self, rows: int) -> None:
        self._hold(self.selected + rows)

    def roll(self, rows: int, first: Hashable = None) -> None:
        many = len(self.posts.listed())
        self.top, at = rolled(self.top, self.selected, self._height, many, rows)
        self._hold(at)

    def point(self, what: Hashable) -> bool | None:
        for at, each in enumerate(self.posts.listed()):
            if key_of(each) == what:
                was_marked = at == self.selected
                self._hold(at)
                return was_marked
        return None

    def _hold(self, at: int) -> None:
        """Have the one marked that stands there now."""
        listed = self.posts.listed()
        if listed:
            self._at = max(0, min(len(listed) - 1, at))
            self._marked = key_of(listed[self._at])

    def enter(self) -> str:
        chosen = self.chosen
        return f"post {quote(chosen.uri)} {quote(self.place.account)}" if chosen else ""

    def arranged(self, height: int) -> None:
        self.top -= self.tells_above
        self._height = max(1, height)
        selected = self.selected
        if not self._marked and self.posts.listed() and not self.paging.is_awaiting:
            # What was seen marked stays so when another one comes above it.
            self._marked = key_of(self.posts.listed()[selected])
        self.top = held(self.top, selected, self._height, len(self.posts))
        self._tell_above()

    def _tell_above(self) -> None:
        """Have a line tell what has come above, where nothing that shows moves for it."""
        self.tells_above = self._height > _LEAST and self._count_above() > 0
        if self.tells_above:
            self._height -= 1
            self.top += self.selected != self.top
        self.above = self._count_above()
        self._come &= {key_of(each) for each in self.posts.listed()[: self.top]}

    def _count_above(self) -> int:
        if not self._come:
            return 0
        above = self.posts.listed()[: self.top]
        return sum(each.unread and key_of(each) in self._come for each in above)

    def in_view(self) -> Sequence[Entry]:
        """Return those that show."""
        return self.posts.listed()[self.top : self.top + self._height]

    @property
    def wants_more(self) -> bool:
        """Return whether the page below is to be loaded: one is near the end of what is held."""
        is_near = self.top + 2 * self._height >= len(self.posts)
        return bool(self.posts.next) and is_near and self.paging.may_go_on

    def begin(self, *, is_online: bool) -> int:
        """Note that a page is asked for; return by what its answer is known."""
        self.posts.expect()
        return self.paging.begin(is_online=is_online)

    def reload(self) -> None:
        """Have it read anew."""
        self.paging.reload()
        self.asks_readers = True

    def hear(self, told: Sequence[Entry], is_followed: Callable[[Feed], bool]) -> None:
        """Take in what was told of entries."""
        above = len(self.posts) and key_of(self.posts.listed()[self.top])

        def belongs(entry: Entry) -> bool:
            return self.source.takes(entry, is_followed=is_followed(feed_of(entry)))

        fresh = {key for key in map(key_of, told) if key not in self.posts}
        self.posts.merge(told, belongs, self.source.keeps)
        self._come |= {key for key in fresh if key in self.posts}
        if self.paging.error and any(map(belongs, told)):
            self.reload()  # why there was nothing to be read is over
        if above and self.top:
            # What is new above moves nothing of what one looks at.
            listed = self.posts.listed()
            found = (at for at, each in enumerate(listed) if key_of(each) == above)
            self.top = next(found, self.top)

    def unfollow(self, feed: Feed) -> None:
        """Show no more of a blog that is followed no more."""
        if isinstance(self.source, Followed):
            self.posts.drop(feed)

    def forget(self, account: str) -> None:
        if self.place.account == account:
            self.posts = Posts()
            self._come.clear()
            self.reload()

    def copy(self) -> "TimelinePane":
        return type(self)(self.place, self.source)


class UnpublishedPane(TimelinePane):
    """What was written here and waits or has failed: nothing in it can be unread, or followed."""

    context = "unpublished"
