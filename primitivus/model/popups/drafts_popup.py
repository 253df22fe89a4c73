"""The posts and comments that are being written in an account, as a list to choose from."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from backendd.api.records import Draft
from backendd.api.values import field
from primitivus.model.accounts.account import Account
from primitivus.model.blogs.blogs import blog_name
from primitivus.model.blogs.comment_drafts import CommentDraft, CommentDrafts
from primitivus.model.blogs.post_drafts import PostDrafts, feed_of_draft, name
from primitivus.model.panes.pane import Focus
from primitivus.model.popups.listing import Entry, Listing, Part
from primitivus.model.wording.quoting import quote
from primitivus.model.wording.times import moment
from primitivus.sentences import tr


class DraftsPopup(Listing):
    """The drafts there are, as they are now; Enter shows the chosen one."""

    account: Account = field(kw_only=True)
    _told: Sequence[object] = ()
    context: ClassVar[Focus] = "drafts"

    @property
    def marked(self) -> Draft | CommentDraft | None:
        """Return the draft that is chosen."""
        if (chosen := self.chosen) is None:
            return None
        comments = self.account.of(CommentDrafts).listed()
        found = (each for each in comments if each.uri == chosen.about)
        return self.account.of(PostDrafts).get(chosen.about) or next(found, None)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is being written."""
        return not any(part.entries for part in self.listed())

    def listed(self) -> Sequence[Part]:
        posts = self.account.of(PostDrafts).listed()
        comments = self.account.of(CommentDrafts).listed()
        told = [
            *posts,
            *map(self._blog, posts),
            *((each.uri, each.drafted, each.updated) for each in comments),
        ]
        if told != self._told or not self.parts:
            self._told = told
            self.parts = tuple(self._parts(posts, comments))
        return self.parts

    def _parts(self, posts: Sequence[Draft], comments: Sequence[CommentDraft]) -> Iterator[Part]:
        if posts:
            yield Part(tr("What is being written"), tuple(map(self._post, posts)))
        if comments:
            yield Part(tr("What is to be said to posts"), tuple(map(self._comment, comments)))
        if not posts and not comments:
            yield Part(tr("nothing is being written any more"), ())

    def _post(self, draft: Draft) -> Entry:
        where = self._blog(draft)
        said = (
            tr('changes a post in "{where}"', where=where)
            if draft.entry.get("id")
            else tr('for "{where}"', where=where),
            moment(draft.updated),
        )
        return self._entry(name(draft), said, f"draft {quote(draft.id)}", draft.id)

    def _blog(self, draft: Draft) -> str:
        return blog_name(self.account, feed_of_draft(draft, self.account.profile.jid))

    def _comment(self, draft: CommentDraft) -> Entry:
        to = (
            tr("an answer below {what}", what=draft.called)
            if draft.answered.id
            else tr("to {what}", what=draft.called)
        )
        said = (to, moment(draft.updated))
        return self._entry(draft.begins, said, f"post {quote(draft.uri)}", draft.uri)

    def _entry(self, name: str, said: Sequence[str], run: str, about: str) -> Entry:
        line = (("popup", name), ("hint", f"  {', '.join(said)}"))
        return Entry(line, f"{run} {quote(self.account.profile.name)}", about)
