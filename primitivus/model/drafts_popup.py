"""The posts that are being written in an account, as a list to choose from."""

from collections.abc import Sequence
from typing import ClassVar

from backendd.api.records import Draft
from backendd.api.values import field
from primitivus.model.account import Account
from primitivus.model.blogs import blog_name
from primitivus.model.listing import Entry, Listing, Part
from primitivus.model.panes.pane import Focus
from primitivus.model.post_drafts import PostDrafts, feed_of_draft, name
from primitivus.model.quoting import quote
from primitivus.model.times import moment


class DraftsPopup(Listing):
    """The drafts there are, as they are now; Enter shows the chosen one."""

    account: Account = field(kw_only=True)
    _told: Sequence[Draft] = ()
    context: ClassVar[Focus] = "drafts"

    @property
    def marked(self) -> Draft | None:
        """Return the draft that is chosen."""
        chosen = self.chosen
        return self.account.of(PostDrafts).get(chosen.about) if chosen is not None else None

    def listed(self) -> Sequence[Part]:
        told = self.account.of(PostDrafts).listed()
        if told != self._told or not self.parts:
            self._told = told
            title = "What is being written" if told else "nothing is being written any more"
            self.parts = (Part(title, tuple(map(self._entry, told))),)
        return self.parts

    def _entry(self, draft: Draft) -> Entry:
        where = blog_name(self.account, feed_of_draft(draft, self.account.profile.jid))
        said = (
            f"changes a post in {where}" if draft.entry.get("id") else f"for {where}",
            moment(draft.updated),
        )
        line = (("popup", name(draft)), ("hint", f"  {', '.join(said)}"))
        run = f"draft {quote(draft.id)} {quote(self.account.profile.name)}"
        return Entry(line, run, draft.id)
