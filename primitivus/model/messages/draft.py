"""Drafts: what the backend keeps of what is typed somewhere, beside what is typed here."""

import os
from typing import Generic, TypeVar

from primitivus.model.editing.editor import Editor

Said = TypeVar("Said")


class Draft(Generic[Said]):
    """Knows whether what is typed is saved, and whether another frontend typed something else.

    `nothing`: what is so where nothing is typed.
    """

    def __init__(self, nothing: Said) -> None:
        # By which id the backend has what is typed, or had what that was made of; empty: by none.
        self.id = ""
        self._nothing = nothing
        # None: the backend did not take the last one, so nobody knows what it has.
        self._kept: Said | None = nothing
        self._before = ""
        self._revision = -1
        self._under_way = 0

    def is_saved(self, said: Said) -> bool:
        """Return whether the backend has this, or is being given it."""
        return said == self._kept

    def begin(self, said: Said) -> str:
        """Note that the backend is being given this; return by which id."""
        self._kept = said
        # Of our own making: what is sent a moment later is sent by it, before it is told.
        self._before, self.id = self.id, "" if said == self._nothing else os.urandom(8).hex()
        self._under_way += 1
        return self.id

    def end(self, *, is_taken: bool) -> None:
        """Note that it has answered."""
        self._under_way -= 1
        if not is_taken:
            self._kept, self.id = None, self._before

    def gone(self, nothing: Said, typed: Said) -> bool:
        """Return as `told` does, where the backend has a draft no more that it had."""
        return self.told(nothing, self._revision + 1, typed)

    def told(self, draft: Said, revision: int, typed: Said, id: str = "") -> bool:
        """Return whether the draft of a record is to replace what is typed here.

        It is if it is news, and nothing was typed here since the last one that was. While the
        backend is being given a draft, its records may be older than that.
        """
        if self._under_way or revision <= self._revision:
            return False
        self._revision = revision
        is_news, is_untouched = draft != self._kept, typed == self._kept
        self._kept = draft
        # What is typed beside another draft was not made of that one.
        self.id = id if not is_news or is_untouched or typed == draft else ""
        return is_news and is_untouched


class Drafted(Generic[Said]):
    """Somewhere where one types, of which the backend keeps a draft."""

    def __init__(self, nothing: Said) -> None:
        self.editor = Editor()
        self.draft = Draft(nothing)
        self._nothing = nothing

    @property
    def drafted(self) -> Said:
        """Return what is typed to be said, which the backend is to keep."""
        raise NotImplementedError

    @property
    def is_blank(self) -> bool:
        """Return whether nothing of that would be missed."""
        raise NotImplementedError

    @property
    def has_unsaved_draft(self) -> bool:
        return not self.draft.is_saved(self.drafted)

    def forget(self) -> None:
        """Keep what is typed alone: the backend has other data now, and none of it."""
        self.draft = Draft(self._nothing)

    def take_over(self, text: str) -> None:
        """Have a text be typed here that another frontend has typed."""
        if self.editor.text:
            # It was typed here a moment ago, and perhaps not for another's to take its place.
            self.editor.replace(text)
        else:
            self.editor.reset(text)
