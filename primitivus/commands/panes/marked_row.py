"""What is marked in a list of rows, as that of what waits."""

from collections.abc import Container

from backendd.api.records import Message
from primitivus.commands.context import Context
from primitivus.model.panes.listed_row import ListedRow
from primitivus.model.panes.rows import RowsPane


def marked_row(ctx: Context) -> ListedRow | None:
    """Return the marked row, if that is where keys go, and there is one."""
    return ctx.pane.chosen if isinstance(ctx.pane, RowsPane) else None


def whose_row(ctx: Context, line: str) -> str:
    """Return whose the marked row is, where a command line is about that; empty: it isn't."""
    row = marked_row(ctx)
    is_about = row is not None and row.is_about(line)
    return row.place.account if is_about and row is not None else ""


def marked_message(ctx: Context, states: Container[str]) -> Message | None:
    """Return the message that the marked row is about, if it is in one of these `states`."""
    row = marked_row(ctx)
    item = row.item if row is not None else None
    return item if isinstance(item, Message) and item.state in states else None
