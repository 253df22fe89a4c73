"""What one is about to say to posts: kept as messages are, and handed over."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from backendd.api import records
from backendd.api.contract import Blog
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.names import BLOG
from backendd.api.wire import from_wire
from primitivus.client.drafts import Keeper
from primitivus.client.part import Access, Handlers
from primitivus.model.area import Area
from primitivus.model.attention import posts_seen
from primitivus.model.blogs.comment_drafts import (
    Answered,
    CommentDraft,
    CommentDrafts,
    Post,
    Said,
)
from primitivus.model.blogs.post_titles import title
from primitivus.model.messages.draft import Drafted
from primitivus.model.panes.kinds import is_post
from primitivus.model.panes.pane import Pane
from primitivus.sentences import tr

if TYPE_CHECKING:
    from primitivus.model.panes.post import PostPane


class CommentDraftsPart(Keeper[Post, Said]):
    """Keeps what is typed below posts, by which of them it is."""

    def __init__(self, access: Access) -> None:
        super().__init__(access.state, access.tasks)
        self._blog = access.interface(Blog)
        self._account = access.account
        # What is kept of a comment must not be overtaken by what is said, which ends it.
        self._turns: defaultdict[Post, asyncio.Lock] = defaultdict(asyncio.Lock)

    @property
    def known(self) -> CommentDrafts:
        """Return what is about to be said in the account."""
        return self._account.of(CommentDrafts)

    def typed(self) -> Mapping[Post, Drafted[Said]]:
        return self.known.all()

    async def keep(self, key: Post, said: Said, id: str) -> None:
        async with self._turns[key]:
            await self._blog.set_comment_draft(*key, said.text, parent=said.parent, draft_id=id)

    def signals(self) -> Handlers:
        return {(BLOG, "CommentDraftsChanged"): self._changed, (BLOG, "Retracted"): self._retracted}

    async def fetch(self) -> None:
        self.known.expect()
        self._follow(self.known.reset(await self._blog.comment_drafts()))

    def forget(self) -> None:
        self.known.forget()

    def fill(self, pane: Pane) -> None:
        if not is_post(pane) or self._state.at(pane.place) is not self._account:
            return
        if self._account.is_locked:
            return
        if pane.draft is None:
            pane.draft = self._of(pane)
            if pane.draft is not None:
                self._state.changed(Area.VIEW, Area.INPUT)
        if pane.draft is not None:
            self._look_for_answered(pane, pane.draft)
            if pane.draft.has_unsaved_draft:
                self.edited(pane.draft.post)

    async def say(self, draft: CommentDraft, text: str, parent: str, *, made_of: str) -> str:
        """Say something to a post, or to a comment on it; return the id of the new comment.

        `made_of` is the id of the draft that it was until now.
        """
        token = draft.token(text, parent)
        async with self._turns[draft.post]:
            id = await self._blog.comment(
                *draft.post, text, parent=parent, token=token, draft=made_of
            )
        draft.settle()
        return id

    async def discard(self, draft: CommentDraft) -> None:
        """Have nothing be typed any more to a post."""
        draft.editor.reset()
        self._state.changed(Area.INPUT)
        await self.save(draft.post)

    def _of(self, pane: "PostPane") -> CommentDraft | None:
        """Return what is typed to a post: also where nothing can be said to it any more."""
        if pane.entry is not None and pane.can_be_commented and self._state.is_attached:
            return self.known.of(pane.key, title(pane.entry), pane.entry.uri)
        return self.known.begun(pane.key)

    def _look_for_answered(self, pane: "PostPane", draft: CommentDraft) -> None:
        """Find the comment that is answered, where another frontend or an earlier one began."""
        id, entry = draft.answered
        if not id or entry is not None:
            return
        comments = pane.talk.comments
        if (place := comments.place(id)) is not None:
            draft.answered = Answered(id, comments.listed()[place].entry)
            self._state.changed(Area.INPUT)
        elif not draft.is_answered_asked and pane.can_be_commented:
            draft.is_answered_asked = True
            self._tasks.start(self._load_answered(pane, draft), name="load what is answered")

    async def _load_answered(self, pane: "PostPane", draft: CommentDraft) -> None:
        post, id = pane.entry, draft.answered.id
        if post is None:
            return
        try:
            entry = await self._blog.get(post.comments_service, post.comments_node, id)
        except (BackendError, LinkError):
            return  # it is said all the same that a comment is answered
        if draft.answered.id == id:
            draft.answered = Answered(id, entry)
            self._state.changed(Area.INPUT)

    def _changed(self, told: Iterable[Mapping[str, Any]]) -> None:
        self._follow(self.known.merge(from_wire(records.CommentDraft, each) for each in told))

    def _follow(self, is_new: bool) -> None:
        if is_new:
            self._state.changed(Area.INPUT)
        self._state.changed(Area.VIEW)

    def _retracted(self, service: str, node: str, ids: Sequence[str]) -> None:
        """Say where that is which one was about to say to a post that is no more."""
        seen = [each.key for each in posts_seen(self._state)]
        for post in ((service, node, id) for id in ids):
            draft = self.known.begun(post)
            if draft is not None and post not in seen:
                said = tr(
                    "{who} was taken back; :drafts has what you wrote to it", who=draft.called
                )
                self._state.say(said, account=self._account)
