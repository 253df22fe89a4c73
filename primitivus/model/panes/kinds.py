"""What kind of pane one is: told without loading those kinds that few first screens have.

One that isn't loaded has no panes. Who deals with every pane asks here, who makes one loads it.
"""

from typing import TYPE_CHECKING, TypeGuard

from primitivus.model.panes.pane import Pane

if TYPE_CHECKING:
    from primitivus.model.panes.draft import DraftPane
    from primitivus.model.panes.post import PostPane
    from primitivus.model.panes.search import SearchPane
    from primitivus.model.panes.services import ServicesPane
    from primitivus.model.panes.timeline import TimelinePane


def is_draft(pane: Pane) -> TypeGuard["DraftPane"]:
    """Return whether a post is written in it."""
    return pane.context == "draft"


def is_post(pane: Pane) -> TypeGuard["PostPane"]:
    """Return whether it shows one post."""
    return pane.context == "post"


def is_search(pane: Pane) -> TypeGuard["SearchPane"]:
    """Return whether it shows messages that were found."""
    return pane.context == "search"


def is_services(pane: Pane) -> TypeGuard["ServicesPane"]:
    """Return whether it shows what services have."""
    return pane.context == "services"


def is_timeline(pane: Pane) -> TypeGuard["TimelinePane"]:
    """Return whether it is a list of posts."""
    return pane.context in ("timeline", "unpublished")
