"""The messages of a conversation: the rows that show, wherever one has scrolled to."""

from primitivus.widgets.drawing import edges, finds
from primitivus.widgets.drawing.attributes import Attribute, restyled
from primitivus.widgets.drawing.cells import Row, fill
from primitivus.widgets.messages.message_rows import MessageRows
from primitivus.widgets.pointing import pointed_by
from primitivus.widgets.terminal.hyperlinks import Linked

# A row and the message it is of; -1: of none.
_Shown = tuple[Row, int]
_NONE = -1


def draw(shown: MessageRows) -> list[Row]:
    """Return the rows in view, from below; exactly as many as the height they are laid out for."""
    look, height, pane = shown.look, shown.height, shown.pane
    columns = look.columns
    if not len(pane.window):
        rows = shown.head()[-height:] if pane.window.is_loaded else []
        return [fill(row, columns) for row in (*rows, *[()] * (height - len(rows)))]
    sign = look.symbols.focus
    drawn = [
        _marked(sign, row, columns)
        if of == pane.selected and not _is_line(row)
        else fill(row, columns)
        for row, of in _in_view(shown, height - pane.viewport.tells_above)
    ]
    viewport = pane.viewport
    if viewport.tells_above:
        line = edges.above(look.rule, look.symbols, ("messages", viewport.skipped or 0), "unread")
        drawn.insert(0, fill(line, columns))
    drawn += [fill((), columns)] * (height - len(drawn))
    if viewport.tells_below:
        line = edges.below(look.rule, look.symbols, ("messages", viewport.below), "bottom")
        drawn[-1] = fill(line, columns)
    return drawn


def _in_view(shown: MessageRows, height: int) -> list[_Shown]:
    """Return so many rows in view, as wide as the messages unless they are of the selected one.

    The first tells who wrote it, wherever its group begins.
    """
    window, columns = shown.pane.window, shown.look.columns
    index, hidden = shown.pane.viewport.bottom()
    rows: list[_Shown] = []
    while index >= 0 and len(rows) < height:
        message_id, room = window[index].id, height - len(rows)
        block = shown.block(index) if message_id == shown.pane.selected else shown.filled(index)
        seen = block[: len(block) - hidden] if hidden else block
        first = max(0, len(seen) - room)
        rows.extend((row, message_id) for row in reversed(seen[first:]))
        if seen and len(rows) == height:
            rows[-1] = (fill(shown.named(index, first), columns), message_id)
        hidden = 0
        index -= 1
    if len(rows) < height:
        rows.extend((fill(row, columns), _NONE) for row in reversed(shown.head()))
    rows.reverse()
    return rows[-height:]


def _is_line(row: Row) -> bool:
    """Return whether a row parts a message from those above: it is none of the message's own."""
    return bool(row) and str(row[0][0]).startswith("line.")


def _marked(sign: str, row: Row, columns: int) -> Row:
    marked = tuple((restyled(attribute, _selected(attribute)), text) for attribute, text in row)
    return fill(pointed_by(sign, marked), columns)


def _selected(attribute: Attribute) -> str:
    style = attribute.style if isinstance(attribute, Linked) else attribute
    return finds.SELECTED if style == finds.STYLE else "message.selected"
