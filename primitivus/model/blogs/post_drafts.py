"""Posts that are being written, as the backend keeps them."""

import re
from collections.abc import Iterable, Mapping

from backendd.api.records import Draft, Entry
from backendd.api.signature import Plain
from primitivus.model.blogs.blogs import MICROBLOG, Feed
from primitivus.model.meanwhile import Meanwhile
from primitivus.sentences import tr


class PostDrafts:
    """Those of an account."""

    def __init__(self) -> None:
        # Whether it was told which there are.
        self.are_known = False
        self._known: dict[str, Draft] = {}
        self._meanwhile: Meanwhile[Draft] = Meanwhile()

    def get(self, id: str) -> Draft | None:
        return self._known.get(id)

    def listed(self) -> list[Draft]:
        """Return all, those first that were saved last."""
        return sorted(self._known.values(), key=lambda each: -each.updated)

    def of_post(self, post: Entry) -> Draft | None:
        """Return the draft that changes a post, if there is one."""
        key = (post.service, post.node, post.id)
        found = (
            each for each in self.listed() if (each.service, each.node, each.entry.get("id")) == key
        )
        return next(found, None)

    def expect(self) -> None:
        """Note that a snapshot is asked for: what is told from here on wins over it."""
        self._meanwhile.begin()

    def reset(self, known: Iterable[Draft], *, are_known: bool = True) -> None:
        """Hold these, and what was told meanwhile."""
        self.are_known = are_known
        self._known = {each.id: each for each in known}
        self._meanwhile.settle(self._known)

    def merge(self, told: Iterable[Draft], gone: Iterable[str]) -> None:
        """Take in what was told."""
        for each in told:
            self._known[each.id] = each
            self._meanwhile.told(each.id, each)
        for id in gone:
            self._known.pop(id, None)
            self._meanwhile.told(id, None)


def feed_of_draft(draft: Draft, own: str) -> Feed:
    """Return the blog that a draft is for; `own` is the address of the account."""
    return Feed(draft.service or own, draft.node or MICROBLOG)


def is_empty(entry: Mapping[str, Plain]) -> bool:
    """Return whether an entry says nothing yet."""
    is_said = any(str(entry.get(key, "")).strip() for key in ("title", "markdown", "body"))
    return not (is_said or entry.get("files") or entry.get("enclosures"))


def name(draft: Draft) -> str:
    """Return what to call a draft: its title, else how it begins, of links only their words."""
    entry = draft.entry
    said = str(entry.get("markdown") or entry.get("body") or "")[:_MOST].strip()
    begun = said.partition("\n")[0]
    if entry.get("markdown"):
        begun = _ESCAPED.sub(r"\1", _LINK.sub(r"\1", begun))
    begun = begun[:_CHARACTERS].strip()
    return (
        str(entry.get("title", "")) or begun or (tr("empty") if is_empty(entry) else tr("no title"))
    )


_CHARACTERS, _MOST = 100, 1000
# As Markdown writes a link to somewhere, and a sign that is no markup (CommonMark 6.3, 2.4).
_LINK = re.compile(r"\[((?:\\.|[^\\\]])*)\]\((?:<[^<>]*>|[^\s()<>]*)\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
