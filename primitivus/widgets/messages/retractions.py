"""A message that was taken back: that it was, and nothing that stood with it."""

from backendd.api.records import Message
from primitivus.model.wording.address import occupant
from primitivus.sentences import tr
from primitivus.widgets.drawing.cells import Row, single_line
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.messages.look import Look


def rows(message: Message, look: Look, columns: int) -> list[Row]:
    """Return the rows that say so, with who did it where that was a moderator, and why."""
    by, reason = (single_line(str(message.more.get(key, ""))) for key in ("retracted_by", "reason"))
    if not message.more.get("moderated"):
        said = tr("retracted")
    elif by:
        said = tr("retracted by {who}, a moderator", who=_name(by))
    else:
        said = tr("retracted by a moderator")
    said = f"({said}: {reason})" if reason else f"({said})"
    return wrap_runs(said, [("message.info", len(said))], columns)


def _name(by: str) -> str:
    return occupant(by)[1] or by
