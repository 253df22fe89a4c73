"""A message that was taken back: one line, and nothing that stood with it."""

from backendd.api.records import Message
from primitivus.model.address import occupant
from primitivus.widgets.cells import Row, clip, single_line
from primitivus.widgets.look import Look


def rows(message: Message, look: Look, columns: int) -> list[Row]:
    """Return the row that says so, with who did it where that was a moderator, and why."""
    by, reason = (single_line(str(message.more.get(key, ""))) for key in ("retracted_by", "reason"))
    said = "retracted"
    if message.more.get("moderated"):
        said += f" by {_name(by)}, a moderator" if by else " by a moderator"
    said = f"({said}: {reason})" if reason else f"({said})"
    return [(("message.info", clip(said, columns, look.symbols.ellipsis)),)]


def _name(by: str) -> str:
    return occupant(by)[1] or by
