"""Posts that are being written: kept by the backend, shown as they will be, and published."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backendd.api.contract import Blog
from backendd.api.descriptors import Descriptor
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.names import BLOG
from backendd.api.records import Draft
from backendd.api.values import Mutable
from backendd.api.wire import from_wire
from primitivus.client import unkept
from primitivus.client.local_files import look
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.area import Area
from primitivus.model.blogs.post_drafts import PostDrafts
from primitivus.model.panes.kinds import is_draft
from primitivus.model.panes.pane import Pane
from primitivus.sentences import tr

if TYPE_CHECKING:
    from primitivus.model.panes.draft import DraftPane

FILE = "post.md"
"""What a file is called in which a post is written."""

Read = Callable[[Path], Awaitable[str]]

log = logging.getLogger(__name__)


class _Edit(Mutable):
    """A draft that is in an editor, as which text it began, and in which file it is.

    `read` returns what is in a file. `is_begun`: it is kept also where nothing is added to it.
    """

    draft: Draft
    text: str
    read: Read
    is_begun: bool = False
    path: Path | None = None

    def begin(self, path: Path) -> None:
        self.path = path

    async def written(self) -> str:
        """Return what the editor has written so far."""
        try:
            return await self.read(self.path) if self.path is not None else self.text
        except OSError:
            return self.text


class PostDraftsPart(Part):
    """Keeps which drafts of posts an account has, and fills their panes."""

    def __init__(self, access: Access) -> None:
        self._calls = access.interface(Blog)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks
        # Those that end by what is done here.
        self._ending: set[str] = set()
        # What is in an editor.
        self._edits: list[_Edit] = []

    @property
    def known(self) -> PostDrafts:
        """Return the drafts of the account."""
        return self._account.of(PostDrafts)

    @property
    def has_unsaved(self) -> bool:
        """Return whether something was written that the backend doesn't keep."""
        return any(not pane.is_saved for pane in self._panes())

    def signals(self) -> Handlers:
        return {(BLOG, "DraftsChanged"): self._changed}

    async def fetch(self) -> None:
        self.known.expect()
        self.known.reset(await self._calls.drafts())
        for pane in self._panes():
            if (draft := self.known.get(pane.draft.id)) is not None:
                pane.take_over(draft)
        self._tell()

    async def attached(self) -> None:
        for pane in self._panes():
            pane.is_asked = False
            if not pane.is_saved:
                await self.save(pane)

    async def farewell(self) -> None:
        for pane in self._panes():
            if not pane.is_saved:
                await self.save(pane)
        for edit in self._edits:
            await self._save_edited(edit)

    def forget(self) -> None:
        self.known.reset((), are_known=False)

    def fill(self, pane: Pane) -> None:
        if not is_draft(pane) or self._state.at(pane.place) is not self._account:
            return
        if not pane.is_asked and not self._account.is_locked and self._state.is_attached:
            pane.is_asked = True
            self._tasks.start(self._preview(pane), name="preview a draft")
            self._tasks.start(self.look(pane), name="look at the files of a draft")

    async def save(self, pane: "DraftPane") -> None:
        """Have the backend keep what a pane holds, else a file: leaving it then loses nothing.

        Where the backend doesn't, the pane says why.
        """
        draft = pane.draft
        try:
            id = await self._calls.save_draft(
                draft.id, draft.service, draft.node, draft.entry, revision=draft.revision
            )
        except (BackendError, LinkError) as error:
            pane.error = tr("this is not kept as a draft: {why}", why=error)
            await self._leave(pane)
        else:
            pane.saved(self.known.get(id) or replace(draft, id=id))
            if draft.id not in ("", id):
                said = tr("it was changed elsewhere meanwhile: this is a draft of its own now")
                self._state.say(said, account=self._account)
            await self.take_away(pane)
        self._tell()

    async def take_away(self, pane: "DraftPane") -> None:
        """Have no file have what a pane holds: it is kept elsewhere, or no more wanted."""
        if pane.left is not None:
            await unkept.take_away(pane.left)
            pane.left = None
            self._state.left.drop(pane)

    async def _leave(self, pane: "DraftPane") -> None:
        from primitivus.model.blogs.post_text import write  # late: few write posts

        text = pane.text or write(pane.draft, self._account.profile.jid)
        pane.left = await unkept.leave(text, FILE, pane.left)
        self._state.left.put(pane, pane.left)

    @contextmanager
    def editing(
        self, draft: Draft, text: str, read: Read, *, is_begun: bool
    ) -> Iterator[Callable[[Path], object]]:
        """Keep what is edited as a draft where the program ends meanwhile.

        Yields what is told in which file it is, once it is there. `is_begun`: it is kept also
        where nothing is added to it.
        """
        edit = _Edit(draft, text, read, is_begun)
        self._edits.append(edit)
        try:
            yield edit.begin
        finally:
            self._edits.remove(edit)

    async def _save_edited(self, edit: _Edit) -> None:
        text = await edit.written()
        if text.rstrip() == edit.text.rstrip() and not edit.is_begun:
            return
        from primitivus.model.blogs.post_text import read

        draft = edit.draft
        found = read(text, draft, self._account.profile.jid)
        if not found.is_empty:
            await self._calls.save_draft(
                draft.id, found.service, found.node, found.entry, revision=draft.revision
            )

    async def publish(
        self, pane: "DraftPane", files: Sequence[Descriptor] = (), names: Sequence[str] = ()
    ) -> str:
        """Publish what a pane holds; return the id of the post.

        With `files` its files are these, which are open, and called so.
        """
        draft, calls = pane.draft, self._calls
        at, how = (draft.service, draft.node), {"token": pane.token, "draft": draft.id}
        self._ending.add(draft.id)
        try:
            if files:
                entry = {key: each for key, each in draft.entry.items() if key != "files"}
                id = await calls.publish_handles(*at, entry, files, names, **how)
            else:
                id = await calls.publish(*at, draft.entry, **how)
            await self.take_away(pane)
            return id
        finally:
            self._ending.discard(draft.id)

    async def delete(self, id: str) -> None:
        """Have a draft be no more."""
        self._ending.add(id)
        try:
            await self._calls.delete_draft(id)
        finally:
            self._ending.discard(id)

    async def look(self, pane: "DraftPane") -> None:
        """See how the files of this machine are now that a pane names."""
        if paths := pane.draft.entry.get("files", ()):
            entry = pane.draft.entry
            found = await look(map(str, paths))
            if pane.draft.entry == entry:
                pane.files = found
                self._tell()

    async def _preview(self, pane: "DraftPane") -> None:
        entry, body = pane.draft.entry, str(pane.draft.entry.get("body", ""))
        markdown = str(entry.get("markdown", ""))
        try:
            body, xhtml = (body, "") if body else await self._calls.preview(markdown)
        except (BackendError, LinkError) as error:
            pane.error = pane.error or str(error)
        else:
            if pane.draft.entry == entry:
                pane.preview(xhtml, body)
        self._tell()

    def _changed(self, records: Iterable[Mapping[str, Any]], gone: Sequence[str]) -> None:
        self.known.merge((from_wire(Draft, each) for each in records), gone)
        for pane in self._panes():
            id = pane.draft.id
            if (draft := self.known.get(id)) is not None:
                pane.take_over(draft)
            elif id in gone and id not in self._ending:
                pane.gone()
        self._tell()

    def _panes(self) -> Iterator["DraftPane"]:
        found = dict.fromkeys(each for trail in self._state.layout.trails for each in trail.panes())
        for pane in found:
            if is_draft(pane) and self._state.at(pane.place) is self._account:
                yield pane

    def _tell(self) -> None:
        self._state.changed(Area.VIEW)
