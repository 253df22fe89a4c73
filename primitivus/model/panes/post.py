"""One post of a blog, from its title to the last of what others say to it."""

from collections.abc import Hashable

from backendd.api.records import Entry
from primitivus.model.blogs.blogs import is_comments
from primitivus.model.blogs.comment_drafts import CommentDraft
from primitivus.model.blogs.discussion import commented
from primitivus.model.blogs.post_titles import title
from primitivus.model.blogs.posts import is_whole, key_of
from primitivus.model.blogs.siblings import Siblings
from primitivus.model.blogs.talk import POST, Talk
from primitivus.model.editing.editor import Editor
from primitivus.model.panes.pane import Pane
from primitivus.model.panes.timeline import TimelinePane
from primitivus.model.place import Place
from primitivus.model.scrolling.beyond import ALL_SHOWS, Beyond
from primitivus.model.scrolling.column import Heights
from primitivus.model.xhtml.document import Document
from primitivus.model.xhtml.reading import read, read_text
from primitivus.sentences import tr


class PostPane(Pane):
    """A post, and below it what others say to it, to scroll in; loaded when it is in view.

    Where one goes on line by line, it is from comment to comment once one is among those.
    """

    context = "post"
    is_titled = True
    exit = "back"

    def __init__(self, place: Place, service: str, node: str, id: str) -> None:
        self.place = place
        self.service = service
        self.node = node
        self.id = id
        self.entry: Entry | None = None
        # Why it can't be shown, and whether that is for good.
        self.error = ""
        self.is_gone = False
        self.is_asked = False
        # Whether there was a connection when it was asked for last.
        self.was_online = False
        # Whether it was told that it is read.
        self.is_read = False
        self.siblings = Siblings()
        # The list from which one came to it, and what it is there.
        self.listed_in: TimelinePane | None = None
        self.listed_as = ""
        self.talk = Talk()
        # What is typed to be said to it, where it can be commented on.
        self.draft: CommentDraft | None = None
        self.laid_out: Heights | None = None
        self._document: tuple[Entry, Document] | None = None

    @property
    def is_kept(self) -> bool:  # type: ignore[override]
        return not self.is_gone or bool(self.kept)

    @property
    def key(self) -> tuple[str, str, str]:
        """Return which post it is."""
        return self.service, self.node, self.id

    @property
    def is_new(self) -> bool:
        """Return whether it shows to its end, and nobody was told yet that it is read."""
        if self.entry is None or self.laid_out is None or self.is_passing:
            return False
        is_due = self.entry.unread and not self.is_read
        return is_due and self.talk.column.shows_end(POST)

    @property
    def caption(self) -> str:
        return (
            tr("Post: {title}", title=title(self.entry)) if self.entry is not None else tr("Post")
        )

    @property
    def beyond(self) -> Beyond:
        if self.laid_out is None:
            return ALL_SHOWS
        return Beyond(self.talk.column.has_above, self.talk.column.has_below)

    @property
    def can_be_commented(self) -> bool:
        return self.entry is not None and bool(self.entry.comments_node)

    @property
    def wants_comments(self) -> bool:
        """Return whether to ask for comments: where anything may be, only if somebody says so."""
        entry = self.entry
        if entry is None or not entry.comments_node:
            return False
        return self.talk.is_wanted or is_comments(entry.comments_node)

    @property
    def is_passing(self) -> bool:
        """Return whether it goes on to a comment by itself: what shows till then isn't seen."""
        return self.wants_comments and self.talk.is_on_the_way

    @property
    def has_input(self) -> bool:  # type: ignore[override]
        return self.draft is not None

    @property
    def editor(self) -> Editor | None:
        return self.draft.editor if self.draft is not None else None

    @property
    def prompt(self) -> str:
        if self.draft is None:
            return ""
        return tr("answer") if self.draft.answered.id else tr("comment")

    @property
    def purpose(self) -> str:
        if self.draft is None or not self.draft.answered.id:
            return ""
        answered = self.draft.answered.entry
        if answered is None:
            return tr("answer to a comment")
        who = answered.author_name or answered.author
        return tr("answer to {who}: {title}", who=who, title=title(answered))

    @property
    def kept(self) -> str:
        """Return how it goes on where the post can't be shown, and something is typed to it."""
        if not self.error or self.draft is None or self.draft.is_blank:
            return ""
        what = self.draft.called
        return tr("what you wrote to {what} is below, and kept until you delete it", what=what)

    def enter(self) -> str:
        if self.draft is not None and self.draft.editor.text:
            return "comment"
        return "reply" if self.talk.marked is not None else ""

    @property
    def page(self) -> int:
        return max(1, self.talk.column.height - 2)

    @property
    def document(self) -> Document:
        """Return what the post says, taken apart."""
        entry = self.entry
        if entry is None:
            return Document()
        if self._document is None or self._document[0] is not entry:
            self._document = entry, document(entry)
        return self._document[1]

    @property
    def meant(self) -> Entry | None:
        """Return the marked comment, or where none is the post."""
        return self.talk.marked or self.entry

    def show(self, entry: Entry | None, error: str = "", *, is_gone: bool = False) -> None:
        """Show a post as it is now, or why it isn't there, and whether it won't be again."""
        self.entry, self.error, self.is_gone = entry, error, is_gone
        if entry is not None:
            # As the backend writes them.
            self.service, self.node, self.id = entry.service, entry.node, entry.id

    def lead_to(self, key: tuple[str, str, str], comment: Entry) -> None:
        """Show the post of this key, for it is what a comment is on, and mark that."""
        self.service, self.node, self.id = key
        self.entry = None  # it may be the comment, told of before it was known to be one here
        self.talk.seek(comment)

    def come_from(self, pane: Pane) -> None:
        """Go on from it in the list that was shown, if it is of that; else it is in its blog."""
        key = " ".join(self.key)
        if isinstance(pane, TimelinePane) and key in pane.posts:
            self.listed_in, self.listed_as = pane, key

    def beside(self, id: str, entry: Entry | None) -> "PostPane":
        """Return the pane of another post of the blog."""
        other = PostPane(self.place, self.service, self.node, id)
        other.siblings = self.siblings
        other._hold(entry)
        return other

    def beside_in(self, pane: TimelinePane, entry: Entry) -> "PostPane":
        """Return the pane of another post of a list."""
        other = PostPane(self.place, entry.service, entry.node, entry.id)
        other.listed_in, other.listed_as = pane, key_of(entry)
        other._hold(entry)
        return other

    def _hold(self, entry: Entry | None) -> None:
        if entry is not None and is_whole(entry):
            self.entry, self.is_asked = entry, True

    def step(self, by: int) -> None:
        self.talk.step(by)

    def scroll(self, rows: int) -> None:
        self.talk.scroll(rows)

    def measured(self, laid_out: Heights, height: int) -> None:
        """Take over how high things are now."""
        self.laid_out = laid_out
        self.talk.measured(laid_out, height)

    def point(self, what: Hashable) -> bool | None:
        """Mark a comment by its id."""
        if not isinstance(what, str) or what not in self.talk.comments:
            return None
        was_marked = self.talk.marked is not None and self.talk.marked.id == what
        self.talk.mark(what)
        return was_marked

    def leave(self) -> bool:
        return self.talk.unmark()

    def forget(self, account: str) -> None:
        if self.place.account == account:
            self.show(None)
            self.laid_out, self._document, self.siblings = None, None, Siblings()
            self.talk, self.draft = Talk(), None
            self.is_asked = False

    def copy(self) -> "PostPane":
        other = PostPane(self.place, *self.key)
        other.entry, other.error, other.is_asked = self.entry, self.error, self.is_asked
        other.siblings, other.is_gone = self.siblings, self.is_gone
        other.listed_in, other.listed_as = self.listed_in, self.listed_as
        other.talk, other.draft = self.talk.copy(), self.draft
        return other


def document(entry: Entry) -> Document:
    """Return what an entry says, taken apart; of a comment that may be its title alone."""
    is_comment = commented(entry) is not None
    return read(entry.xhtml) or read_text(entry.body or (entry.title if is_comment else ""))
