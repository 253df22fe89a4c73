"""What one is about to say to posts, kept while one looks elsewhere."""

import os

from backendd.api.records import Entry
from primitivus.model.editor import Editor


class CommentDraft:
    """What is typed to be said to one post, and to which comment on it, if it answers one."""

    def __init__(self) -> None:
        self.editor = Editor()
        self.answered: Entry | None = None
        # What that post is called.
        self.about = ""
        # What was handed over last without an answer: once more it is the same comment.
        self._handed: tuple[str, str, str] = "", "", ""

    @property
    def parent(self) -> str:
        """Return the id of the comment that it answers; empty: it answers the post."""
        return self.answered.id if self.answered is not None else ""

    def begin(self, answered: Entry | None) -> None:
        """Say something to a comment, or to the post; what is typed stays."""
        self.answered = answered

    def take(self) -> str:
        """Return what was typed, and be empty."""
        return self.editor.take().strip()

    def token(self, text: str, parent: str) -> str:
        """Return by what it is known that this is handed over, the same until that is settled."""
        if self._handed[:2] != (text, parent):
            self._handed = text, parent, os.urandom(8).hex()
        return self._handed[2]

    def settle(self) -> None:
        """Note that it is taken."""
        self._handed = "", "", ""

    def give_back(self, text: str, answered: Entry | None) -> None:
        """Have a text typed again that isn't taken; what is typed meanwhile is a line behind it."""
        rest = self.editor.text
        self.answered = answered
        self.editor.reset(f"{text}\n{rest}" if rest else text)


class CommentDrafts:
    """Those of an account, by what each is to be said to."""

    def __init__(self) -> None:
        self._drafts: dict[tuple[str, str, str], CommentDraft] = {}

    def of(self, post: tuple[str, str, str], about: str = "") -> CommentDraft:
        """Return that of a post, by where it is, and what it is called, where that is known."""
        draft = self._drafts.setdefault(post, CommentDraft())
        draft.about = about or draft.about
        return draft

    def unsaid(self) -> list[str]:
        """Return what the posts are called to which something is typed that was not said."""
        return [each.about for each in self._drafts.values() if each.editor.text.strip()]
