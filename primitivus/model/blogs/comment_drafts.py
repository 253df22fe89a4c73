"""What one is about to say to posts: kept by the backend, and while one looks elsewhere."""

import os
from collections.abc import Iterable, Mapping

from backendd.api import records
from backendd.api.records import Entry
from backendd.api.tuples import NamedTuple
from primitivus.model.meanwhile import Meanwhile
from primitivus.model.messages.draft import Drafted
from primitivus.sentences import tr

Post = tuple[str, str, str]
"""Which post it is: at which service, in which node, as which item."""


class Said(NamedTuple):
    """What is said, and to which comment on the post by its id; empty: to the post."""

    text: str = ""
    parent: str = ""


class Answered(NamedTuple):
    """The comment that is answered, None as long as it isn't here; no `id`: it is the post."""

    id: str = ""
    entry: Entry | None = None


THE_POST = Answered()


class CommentDraft(Drafted[Said]):
    """What is typed to be said to one post, or to one comment on it."""

    def __init__(self, post: Post) -> None:
        super().__init__(Said())
        self.post = post
        self.answered = THE_POST
        # What that post is called, the link to it, and when the backend was given this.
        self.about = self.uri = ""
        self.updated = 0
        # Whether the comment that it answers was asked for.
        self.is_answered_asked = False
        # What was handed over last without an answer: once more it is the same comment.
        self._handed: tuple[str, str, str] = "", "", ""

    @property
    def drafted(self) -> Said:
        text = self.editor.text
        return Said(text, self.answered.id) if text else Said()

    @property
    def is_blank(self) -> bool:
        return not self.editor.text.strip()

    @property
    def begins(self) -> str:
        """Return how it begins, on one line."""
        return self.editor.text.strip().partition("\n")[0][:_CHARACTERS]

    @property
    def called(self) -> str:
        """Return what to call the post, in a sentence."""
        return f'"{self.about}"' if self.about else tr("a post that was never here")

    def begin(self, answered: Entry | None) -> None:
        """Say something to a comment, or to the post; what is typed stays."""
        self.answered = Answered(answered.id, answered) if answered is not None else THE_POST

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

    def give_back(self, text: str, answered: Answered) -> None:
        """Have a text typed again that isn't taken; what is typed meanwhile is a line behind it."""
        rest = self.editor.text
        self.answered = answered
        self.editor.reset(f"{text}\n{rest}" if rest else text)

    def follow(self, record: records.CommentDraft) -> bool:
        """Take over what another frontend typed; return whether what is typed here changed."""
        self.about, self.uri = record.title or self.about, record.uri
        self.updated = record.updated
        said = Said(record.text, record.parent) if record.text else Said()
        return self._replace(
            said,
            self.draft.told(said, record.revision, self.drafted, record.draft_id),
        )

    def lose(self) -> bool:
        """Take note that the backend keeps nothing; return as `follow` does."""
        return self._replace(Said(), self.draft.gone(Said(), self.drafted))

    def _replace(self, said: Said, is_so: bool) -> bool:
        if is_so:
            self.take_over(said.text)
            if self.answered.id != said.parent:
                self.answered, self.is_answered_asked = Answered(said.parent), False
        return is_so


class CommentDrafts:
    """Those of an account, by what each is to be said to."""

    def __init__(self) -> None:
        # Whether it was told which there are.
        self.are_known = False
        self._drafts: dict[Post, CommentDraft] = {}
        self._meanwhile: Meanwhile[records.CommentDraft] = Meanwhile()

    def of(self, post: Post, about: str = "", uri: str = "") -> CommentDraft:
        """Return that of a post, by where it is; what it is called, and the link to it if known."""
        if post not in self._drafts:
            self._drafts[post] = CommentDraft(post)
        draft = self._drafts[post]
        draft.about, draft.uri = about or draft.about, uri or draft.uri
        return draft

    def all(self) -> Mapping[Post, CommentDraft]:
        """Return those of all posts to which something is or was typed."""
        return self._drafts

    def begun(self, post: Post) -> CommentDraft | None:
        """Return that of a post to which something is typed; None where nothing is."""
        draft = self._drafts.get(post)
        return draft if draft is not None and not draft.is_blank else None

    def listed(self) -> list[CommentDraft]:
        """Return those with something typed, those first that were kept last."""
        begun = (each for each in self._drafts.values() if not each.is_blank)
        return sorted(begun, key=lambda each: -each.updated)

    def expect(self) -> None:
        """Note that a snapshot is asked for: what is told from here on wins over it."""
        self._meanwhile.begin()

    def reset(self, kept: Iterable[records.CommentDraft]) -> bool:
        """Take over all that the backend keeps; return whether what is typed here changed."""
        self.are_known = True
        found = {each.uri: each for each in kept}
        self._meanwhile.settle(found)
        posts = {_post(each) for each in found.values()}
        gone = sum(draft.lose() for post, draft in self._drafts.items() if post not in posts)
        return gone + sum(map(self._follow, found.values())) > 0

    def merge(self, told: Iterable[records.CommentDraft]) -> bool:
        """Take in what was told; return as `reset` does."""
        told = list(told)
        for each in told:
            self._meanwhile.told(each.uri, each if each.text else None)
        return sum(map(self._follow, told)) > 0

    def forget(self) -> None:
        """Keep what is typed alone: the backend has other data now."""
        self.are_known = False
        for draft in self._drafts.values():
            draft.forget()

    def _follow(self, record: records.CommentDraft) -> bool:
        return self.of(_post(record)).follow(record)


def _post(record: records.CommentDraft) -> Post:
    return record.service, record.node, record.id


_CHARACTERS = 100
