"""What stands before the text of a spoiler, or in its place."""

from backendd.api.records import Message
from primitivus.model.screen.touch import Choice
from primitivus.model.wording.spoilers import about, is_spoiler
from primitivus.sentences import tr
from primitivus.widgets.drawing.cells import Row, single_line
from primitivus.widgets.drawing.touching import row_of
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.messages.look import Look


def rows(message: Message, look: Look, columns: int, *, is_covered: bool) -> list[Row]:
    """Return what a spoiler is about, and how its text is shown; none of another message."""
    if not is_spoiler(message):
        return []
    subject = single_line(about(message))
    text = tr("spoiler: {subject}", subject=subject) if subject else tr("spoiler")
    if is_covered:
        text = f"{text} {look.symbols.ellipsis} {tr(':reveal shows it')}"
    shown = Choice(message.id, "reveal")
    return [row_of(shown, row) for row in wrap_runs(text, [("message.info", len(text))], columns)]
