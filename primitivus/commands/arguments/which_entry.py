"""Which entry of a blog is meant: the one that is shown, or marked."""

from collections.abc import Callable

from backendd.api.records import Entry
from backendd.api.tuples import NamedTuple
from primitivus.client.blogs import BlogsPart
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.model.panes.post import PostPane
from primitivus.model.panes.timeline import TimelinePane
from primitivus.sentences import tr


class Meant(NamedTuple):
    """An entry, the pane in which one looks at it, and the part of the account that acts on it."""

    pane: PostPane | TimelinePane
    entry: Entry
    part: BlogsPart


def meant_entry(ctx: Context) -> Meant:
    """Return the marked comment or else the post that is shown, or the marked one of a list.

    CommandError where there is none.
    """
    pane = ctx.state.layout.main
    if not isinstance(pane, PostPane | TimelinePane):
        raise CommandError(tr("no post is shown here: :blog lists some, :post LINK shows one"))
    entry = entry_in(pane)
    if entry is None:
        why = pane.error if isinstance(pane, PostPane) else ""
        raise CommandError(why or tr("no post is there yet"))
    return Meant(pane, entry, ctx.at(pane.place).part(BlogsPart))


def entry_in(pane: PostPane | TimelinePane) -> Entry | None:
    """Return the entry that is meant while a pane is shown, if there is one."""
    return pane.meant if isinstance(pane, PostPane) else pane.chosen


def is_told(meant: Meant) -> Callable[[], bool]:
    """Return what tells whether an entry is another than it was, or gone, where one looks."""
    return lambda: entry_in(meant.pane) != meant.entry
