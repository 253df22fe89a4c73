"""The part that keeps drafts, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.core.entries import CommentDraftsChanged, DraftsChanged
from backendd.features.blog_drafts.bus import DraftMembers
from backendd.features.blog_drafts.comments import CommentDrafts
from backendd.features.blog_drafts.service import Drafts
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Outlet, Part


class DraftsPart(Part):
    """Serves drafts, and tells of them."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._members = DraftMembers(Drafts(home.store), CommentDrafts(home))

    def interfaces(self) -> Mapping[str, object]:
        return {names.BLOG: self._members}

    def tell(self, outlet: Outlet) -> None:
        def emit(event: DraftsChanged) -> None:
            outlet.emit(names.BLOG, "DraftsChanged", list(event.drafts), list(event.gone))

        def emit_comments(event: CommentDraftsChanged) -> None:
            outlet.emit(names.BLOG, "CommentDraftsChanged", list(event.drafts))

        self._home.events.subscribe(DraftsChanged, emit)
        self._home.events.subscribe(CommentDraftsChanged, emit_comments)


FEATURE = Feature("blog_drafts", DraftsPart)
