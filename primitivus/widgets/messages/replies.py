"""What a message answers, on a line above it."""

from backendd.api.records import Message
from primitivus.model.messages.message import RETRACTED
from primitivus.model.messages.replies import Quote, quote
from primitivus.model.screen.touch import Choice
from primitivus.model.wording.address import occupant
from primitivus.widgets.drawing.cells import Row, clip, single_line
from primitivus.widgets.drawing.touching import row_of
from primitivus.widgets.messages.look import Look


def rows(message: Message, look: Look, columns: int) -> list[Row]:
    """Return how the message begins that this one answers; none where it answers none."""
    answered = quote(message)
    if answered is None:
        return []
    said = single_line(answered.text) or RETRACTED
    if answered.target:
        said = f"{_name(answered, message, look)}: {said}"
    row: Row = (("message.quote", clip(f"> {said}", columns, look.symbols.ellipsis)),)
    return [row_of(Choice(message.id, "quoted"), row) if answered.target else row]


def _name(answered: Quote, message: Message, look: Look) -> str:
    if answered.is_ours:
        return look.own_name
    nick = occupant(answered.sender)[1] if message.kind == "room" else ""
    return single_line(nick) or look.peer_name
